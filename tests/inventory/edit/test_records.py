"""A record is written where it belongs, and all else stays byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stackaudit.errors import InventoryError
from stackaudit.inventory.edit.records import recorded

KEYS: Final = ("state", "on", "by", "until", "evidence", "conditions", "scope")
ENTRY: Final[dict[str, Any]] = {"state": "approved", "on": "2026-11-02", "by": "security"}
SCOPED: Final[dict[str, Any]] = {
    **ENTRY,
    "scope": {"holds": ["contact"], "classes": {"contact": "personal"}, "region": "eu"},
}


def put(text: str, name: str, entry: dict[str, Any] | None = None, *order: str) -> str:
    return recorded(text, "reviews", name, entry or ENTRY, keys=KEYS, order=order)


def test_among_sorted_entries_it_stands_in_its_place() -> None:
    text = "reviews:\n  a: {state: requested}\n  c: {state: requested}   # c's\n"
    line = "  b: {state: approved, on: 2026-11-02, by: security}\n"
    assert put(text, "b") == text.replace("  c:", f"{line}  c:")
    assert put(text, "d") == text + line.replace("b:", "d:")
    assert put(text, "0") == text.replace("  a:", f"{line.replace('b:', '0:')}  a:")


def test_a_scope_has_lines_of_its_own_with_the_indent_of_the_others() -> None:
    text = "reviews:\n    a:\n        state: requested\n"
    assert put(text, "b", SCOPED) == text + (
        "    b:\n        state: approved\n        on: 2026-11-02\n        by: security\n"
        "        scope:\n            holds: [contact]\n            classes: {contact: personal}\n"
        "            region: eu\n"
    )


def test_entries_in_another_order_keep_it() -> None:
    text = "reviews:\n  shop: {state: requested}\n  crm: {state: requested}\n"
    assert list(yaml.safe_load(put(text, "cms", None, "shop", "cms", "crm"))["reviews"]) == [
        "shop", "cms", "crm",
    ]  # fmt: skip
    among_none = yaml.safe_load(put("reviews:\n  z: {state: requested}\n" + text[9:], "d"))
    assert list(among_none["reviews"]) == ["z", "shop", "crm", "d"]


def test_comments_stay_with_what_they_are_about() -> None:
    text = (
        "reviews:\n  # about a\n  a:\n    state: requested   # asked\n    # still a\n"
        "  # about c\n  c: {state: requested}\n"
    )
    result = put(text, "b")
    assert result == text.replace(
        "  # about c", "  b: {state: approved, on: 2026-11-02, by: security}\n  # about c"
    ).replace(
        "  b: {state: approved, on: 2026-11-02, by: security}\n",
        "  b:\n    state: approved\n    on: 2026-11-02\n    by: security\n",
    )
    first = put(text, "0")
    assert first.startswith("reviews:\n  0:\n")
    assert first.endswith(text.removeprefix("reviews:\n"))


@pytest.mark.parametrize("empty", ["reviews:", "reviews: ~", "reviews: {}", "reviews: {}  # none"])
def test_the_first_of_a_section(empty: str) -> None:
    result = put(f"tools: {{}}\n{empty}\nroadmap: []\n", "b")
    assert result.endswith("\n  b:\n    state: approved\n    on: 2026-11-02\n    by: security\n"
                           "roadmap: []\n")  # fmt: skip
    assert ("# none" in result) == ("# none" in empty)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "tools: {}", "{tools: {}}"])
def test_where_there_is_no_section(text: str) -> None:
    result = put(text, "b")
    assert yaml.load(result, yaml.BaseLoader)["reviews"] == {"b": ENTRY}


def test_over_a_record_in_lines_only_what_differs_changes() -> None:
    text = (
        "reviews:\n  a:\n    state: approved   # a note\n    on: 2025-01-01   # long ago\n"
        "    by: security\n    until: 2026-01-01\n    notes: |\n      kept\n    x-ticket: 12\n"
        "    scope:\n      holds: [x]   # then\n      region: us\n  b: {state: requested}\n"
    )
    result = put(text, "a", SCOPED)
    assert result == (
        "reviews:\n  a:\n    state: approved   # a note\n    on: 2026-11-02   # long ago\n"
        "    by: security\n    notes: |\n      kept\n    x-ticket: 12\n"
        "    scope:\n      # then\n      holds: [contact]\n      classes: {contact: personal}\n"
        "      region: eu\n  b: {state: requested}\n"
    )


def test_over_a_record_in_braces() -> None:
    text = "reviews:\n  a: {state: requested, on: 2026-01-01, notes: kept}   # beside\n"
    assert put(text, "a") == (
        "reviews:\n  a: {notes: kept, state: approved, on: 2026-11-02, by: security}   # beside\n"
    )
    folded = "reviews:\n  a: {state: requested,   # why\n    notes: 'a # b'}\n  b: {state: x}\n"
    assert put(folded, "a", SCOPED).startswith(
        'reviews:\n  a:\n    # why\n    notes: "a # b"\n    state: approved\n'
    )


def test_the_same_again_changes_nothing() -> None:
    text = put("reviews:\n  a:\n    state: requested\n", "b", SCOPED)
    assert put(text, "b", SCOPED) == text


def test_after_a_text_in_a_block_at_the_end_of_a_file() -> None:
    text = "reviews:\n  a:\n    state: requested\n    notes: |\n      last"
    assert put(text, "b").startswith(f"{text}\n  b:\n")


def test_aliases_are_refused() -> None:
    with pytest.raises(InventoryError, match="alias"):
        put("a: &x {state: requested}\nreviews: {b: *x}\n", "c")


# Many layouts


NAMES: Final = st.sampled_from(["ads", "crm", "cms", "hub", "mail", "shop", "zap"])


@st.composite
def entries(draw: st.DrawFn, step: int) -> tuple[str, list[str]]:
    """An entry: its name, and its lines."""
    name, column = draw(NAMES), " " * step
    inner = column * 2
    shapes = [
        [f"{column}{name}: {{state: requested}}"],
        [f"{column}{name}: {{state: approved, on: 2026-01-01,   # when",
         f"{inner}by: 'a b', scope: {{holds: [x, y]}}}}"],
        [f"{column}{name}:   # beside", f"{inner}state: approved", f"{inner}# inside",
         f"{inner}on: 2026-01-01", "", f"{inner}by: \"x\"", f"{inner}scope:",
         f"{inner}{column}region: eu", f"{inner}{column}holds:", f"{inner}{column}- a"],
        [f"{column}{name}:", f"{inner}state: rejected", f"{inner}notes: |",
         f"{inner}  first", "", f"{inner}  # no comment"],
    ]  # fmt: skip
    before = draw(st.sampled_from([[], [""], [f"{column}# about {name}"], ["# far out"]]))
    return name, [*before, *draw(st.sampled_from(shapes))]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An inventory with a section of reviews, and the names in it."""
    step = draw(st.sampled_from([1, 2, 4]))
    listed = draw(st.lists(entries(step), max_size=5, unique_by=lambda pair: pair[0]))
    head = draw(st.sampled_from([[], ["# stack", "stackaudit: 1"], ["tools:", "  a: {}  # x", ""]]))
    tail = draw(st.sampled_from([[], ["", "# flows", "flows: []"], ["roadmap: []   # none"]]))
    section = ["reviews:" if listed else draw(st.sampled_from(["reviews:", "reviews: {}"]))]
    lines = [*head, *section, *(line for _, own in listed for line in own), *tail]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    last = draw(st.sampled_from([end, ""]))
    return draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + last, [n for n, _ in listed]


@given(files(), NAMES, st.sampled_from([ENTRY, SCOPED]))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_many_layouts_everything_else_stays(
    file: tuple[str, list[str]], name: str, entry: dict[str, Any]
) -> None:
    text, names = file
    result = put(text, name, entry)
    read = yaml.load(result.removeprefix("\ufeff"), yaml.BaseLoader)["reviews"]
    assert {key: value for key, value in read[name].items() if key in KEYS} == entry
    assert ("\r\n" in result) == ("\r\n" in text) or "\n" not in text
    if name not in names:
        assert is_insertion(text, result, bare=not names)
    else:
        for other in names:
            if other != name:
                assert lines_of(text, other) == lines_of(result, other)
        assert result.count("#") == text.count("#")


def is_insertion(before: str, after: str, *, bare: bool) -> bool:
    """Whether `after` is `before` with whole lines put in at one place (`{}` apart)."""
    before = before.replace("reviews: {}", "reviews:") if bare else before
    start = 0
    while start < len(before) and start < len(after) and before[start] == after[start]:
        start += 1
    rest = len(before) - start
    return before[:start] + (after[len(after) - rest :] if rest else "") == before


def lines_of(text: str, name: str) -> list[str]:
    """The lines of one entry, as they stand."""
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if line.lstrip().startswith(f"{name}:")]
    start = next(n for n in starts if lines[n].startswith(" "))
    indent = len(lines[start]) - len(lines[start].lstrip())
    found = [lines[start]]
    for line in lines[start + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        found.append(line)
    return found


# Branches


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(("ours", "theirs"), [("b", "g"), ("a", "z"), ("d", "f"), ("c", "z")])
def test_two_branches_that_each_add_one_merge(tmp_path: Path, ours: str, theirs: str) -> None:
    file = tmp_path / "reviews.yaml"

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True,
                       capture_output=True)  # fmt: skip

    names = ["bb", "cc", "ee", "hh"]
    start = "reviews:\n" + "".join(f"  {each}: {{state: requested}}\n" for each in names)
    git("init", "-q", "-b", "main")
    file.write_text(start, "utf-8")
    git("add", ".")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "theirs")
    file.write_text(put(start, theirs, SCOPED), "utf-8")
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    file.write_text(put(start, ours, SCOPED), "utf-8")
    git("commit", "-qam", "ours")
    git("merge", "-q", "theirs")
    merged = yaml.safe_load(file.read_text("utf-8"))["reviews"]
    assert sorted(merged) == sorted([*names, ours, theirs])
    assert list(merged) == sorted(merged)
