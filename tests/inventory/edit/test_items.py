"""An item goes into a list in its order; everything else stays byte for byte."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.errors import InventoryError
from stackaudit.inventory.edit.items import with_item

ITEM: Final = {"rule": "security/m", "subject": "m*", "reason": "a: b # c"}
LINES: Final = '  - rule: security/m\n    subject: "m*"\n    reason: "a: b # c"\n'
ORDER: Final = ("rule", "subject")


def put(text: str, item: dict[str, str] = ITEM) -> str:
    return with_item(text, "waivers", item, ORDER)


@pytest.mark.parametrize("empty", ["waivers:", "waivers: ~", "waivers: []", "waivers: []  # none"])
def test_the_first_of_a_list(empty: str) -> None:
    head = empty.replace(" ~", "").replace(" []", "")
    assert put(f"a: b\n{empty}\nz: y\n") == f"a: b\n{head}\n{LINES}z: y\n"


@pytest.mark.parametrize("text", ["", "# nothing\n", "a: b\n", "a:\n  b: c   # d\n", "a: b"])
def test_where_there_is_no_list(text: str) -> None:
    newline = "" if not text or text.endswith("\n") else "\n"
    assert put(text) == f"{text}{newline}waivers:\n{LINES}"


def test_in_braces() -> None:
    item = '{rule: security/m, subject: "m*", reason: "a: b # c"}'
    assert put("{a: b}") == f"{{a: b, waivers: [{item}]}}"
    assert put("{waivers: [], a: b}") == f"{{waivers: [{item}], a: b}}"
    one, two = "{rule: security/a, subject: x}", "{rule: security/z, subject: x}"
    assert put(f"waivers: [{one}, {two}]") == f"waivers: [{one}, {item}, {two}]"
    assert put(f"waivers: [{one}]  # c\n") == f"waivers: [{one}, {item}]  # c\n"


def test_comments_stay_with_what_stands_below_them() -> None:
    text = (
        "waivers:   # ours\n  # about a\n  - rule: security/a\n    subject: x   # why\n"
        "  # about z\n  - rule: security/z\n    subject: x\n# the end\n"
    )
    assert put(text) == text.replace("  # about z", f"{LINES}  # about z")
    first = {**ITEM, "rule": "bloat/a"}
    assert put(text, first).startswith("waivers:   # ours\n  - rule: bloat/a\n")


def test_aliases_and_other_shapes_are_refused() -> None:
    with pytest.raises(InventoryError, match="alias"):
        put("a: &x [b]\nwaivers: *x\n")
    with pytest.raises(InventoryError, match="bad-value"):
        put("waivers: {a: b}\n")
    with pytest.raises(InventoryError, match="bad-value"):
        put("- a\n")


names = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
comments = st.sampled_from(["", "  # why", "   #"])
before = st.sampled_from(["", "\n", "# note\n", "  # deep\n\n"])


@st.composite
def items(draw: st.DrawFn, indent: str, step: int) -> str:
    rule = f"security/{draw(names)}"
    if draw(st.booleans()):
        return f"{indent}- {{rule: {rule}, 'subject': x}}{draw(comments)}\n"
    pad = indent + " " * step
    dash = f"{indent}-{' ' * (step - 1)}"
    reason = draw(
        st.sampled_from(["r", '"q # r"', "|\n{0}  one\n\n{0}  two", ">-\n{0}  folded", ""])
    )
    return (
        f"{dash}rule: {rule}{draw(comments)}\n{pad}subject: x\n"
        f"{draw(before)}{pad}reason: {reason.format(pad)}\n"
    )


@st.composite
def layouts(draw: st.DrawFn) -> str:
    indent, step = draw(st.sampled_from(["", "  ", "    "])), draw(st.sampled_from([2, 4]))
    entries = draw(st.lists(items(indent, step), min_size=0, max_size=4))
    body = "".join(draw(before) + each for each in entries)
    head = draw(
        st.sampled_from(["", "# ours\n", "---\n", "gate: {security: high}\n", "x-a:\n  - b\n"])
    )
    tail = draw(st.sampled_from(["", "\n", "# end\n", "x-z: 1\n", "\n\nx-z: {a: b}  # c\n"]))
    text = f"{head}waivers:{draw(comments)}\n{body}{tail}"
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline)


@given(layouts(), names)
def test_in_any_layout_only_lines_are_added(text: str, name: str) -> None:
    item = {"rule": f"security/{name}", "subject": "hub*", "reason": "it's: fine"}
    result = put(text, item)
    old, new = text.splitlines(keepends=True), result.splitlines(keepends=True)
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    if at < len(old) and old[at] == new[at].rstrip("\r\n"):
        at += 1  # the last line got the end that it lacked
    count = len(new) - len(old)
    assert count in (1, 3)
    kept = new[:at] + new[at + count :]
    assert "".join(kept).rstrip("\r\n") == text.rstrip("\r\n")
    said = yaml.safe_load(result.removeprefix("\ufeff"))
    ended = text if text.endswith("\n") else f"{text}\n"  # a block text at the end gets its end
    was = [yaml.safe_load(each.removeprefix("\ufeff"))["waivers"] or [] for each in (text, ended)]
    assert [each for each in said["waivers"] if each != item] in was
    assert item in said["waivers"]


@given(st.lists(names, unique=True, min_size=1, max_size=8))
def test_items_put_in_one_by_one_are_sorted(rules: list[str]) -> None:
    text = ""
    for each in rules:
        text = put(text, {"rule": f"security/{each}", "subject": "x", "reason": "r"})
    found = [each["rule"] for each in yaml.safe_load(text)["waivers"]]
    assert found == sorted(found)


def test_two_branches_that_each_add_one_merge_with_git(tmp_path: Path) -> None:
    base = ""
    for rule in "bdfhjl":
        base = put(base, {"rule": f"security/{rule}", "subject": "x", "reason": "r"})
    sides = [
        put(base, {"rule": f"security/{rule}", "subject": "x", "reason": "r"}) for rule in "ci"
    ]
    for name, text in zip(("base", "ours", "theirs"), (base, *sides), strict=True):
        (tmp_path / name).write_text(text)
    merged = subprocess.run(
        ["git", "merge-file", "--stdout", "ours", "base", "theirs"],
        cwd=tmp_path, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    found = [each["rule"] for each in yaml.safe_load(merged)["waivers"]]
    assert found == [f"security/{rule}" for rule in "bcdfhijl"]
