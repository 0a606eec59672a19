"""Edits change the lines they must, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.inventory.edit import Append, edited
from stackaudit.inventory.edit.splice import Set

STACK = """\
# our stack
stackaudit: 1

tools:
  hubspot:   # bought in a hurry
    name: "HubSpot"   # quotes stay
    access: {sso: enforced}
    notes: |
      first line

      last line

  # between the two
  drift: {}
  pos:

flows:
  - {from: hubspot, to: drift}   # by hand
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        (
            {"tools": {"hubspot": {"name": "HubSpot Pro"}}},
            '    name: "HubSpot"   # quotes stay\n',
            "    name: HubSpot Pro   # quotes stay\n",
        ),
        (
            {"tools": {"hubspot": {"access": {"mfa": "enforced"}}}},
            "{sso: enforced}",
            "{sso: enforced, mfa: enforced}",
        ),
        (
            {"tools": {"hubspot": {"region": "eu"}}},
            "      last line\n\n  # between the two\n",
            "      last line\n\n    region: eu\n  # between the two\n",
        ),
        ({"tools": {"drift": {"region": "eu"}}}, "drift: {}", "drift: {region: eu}"),
        (
            {"tools": {"pos": {"access": {"mfa": "none"}}}},
            "  pos:\n",
            "  pos:\n    access: {mfa: none}\n",
        ),
        (
            {"tools": {"new": {"owner": {"business": "cmo"}, "holds": ["contact", "visitor"]}}},
            "  pos:\n",
            "  pos:\n  new:\n    owner: {business: cmo}\n    holds: [contact, visitor]\n",
        ),
        (
            {"flows": Append([{"from": "drift", "to": "pos", "every": "1d"}])},
            "to: drift}   # by hand\n",
            "to: drift}   # by hand\n  - {from: drift, to: pos, every: 1d}\n",
        ),
        (
            {"flows": {0: {"last_success": "2026-10-01"}}},
            "{from: hubspot, to: drift}",
            "{from: hubspot, to: drift, last_success: 2026-10-01}",
        ),
        (
            {"reviews": {"drift": {"state": "approved", "on": "2026-11-02"}}},
            "   # by hand\n",
            "   # by hand\nreviews:\n  drift:\n    state: approved\n    on: 2026-11-02\n",
        ),
        (
            {"tools": {"hubspot": {"access": Set({"mfa": "none"})}}},
            "{sso: enforced}",
            "{mfa: none}",
        ),
    ],
)
def test_only_the_place_itself_changes(changes: Any, old: str, new: str) -> None:
    assert STACK.count(old) == 1
    assert edited(STACK, changes) == STACK.replace(old, new)


def test_several_changes_at_once() -> None:
    result = edited(
        STACK,
        {
            "tools": {
                "hubspot": {"region": "eu", "dpa": "signed", "access": {"mfa": "none"}},
                "drift": {"region": "us", "dpa": "none"},
            }
        },
    )
    assert "drift: {region: us, dpa: none}" in result
    assert "{sso: enforced, mfa: none}" in result
    assert "    region: eu\n    dpa: signed\n" in result


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_are_kept(newline: str) -> None:
    text = STACK.replace("\n", newline)
    result = edited(text, {"tools": {"new": {"region": "eu"}}})
    assert result.count("\n") == text.count("\n") + 2
    assert result.count("\r") == (result.count("\n") if newline == "\r\n" else 0)


def test_a_byte_order_mark_and_umlauts_are_kept() -> None:
    text = "\ufefftools:\n  ärger-tool: {name: Straße}\n  b: {}\n"
    result = edited(text, {"tools": {"b": {"name": "Größe"}}})
    assert result == text.replace("b: {}", "b: {name: Größe}")


def test_a_file_without_a_last_line_end() -> None:
    assert edited("tools:\n  a: {}", {"tools": {"b": {"region": "eu"}}}) == (
        "tools:\n  a: {}\n  b:\n    region: eu\n"
    )


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file(text: str) -> None:
    result = edited(text, {"tools": {"a": {"region": "eu"}}})
    assert result.startswith(text)
    assert yaml.safe_load(result) == {"tools": {"a": {"region": "eu"}}}


@pytest.mark.parametrize(
    "value",
    ["yes: no", "# not a comment", "- item", "null", "", "a\nb", "{x}", "x, y]", "@home", "'", '"',
     "\x85", "\u2028", "☃ snow", "key: ", "https://example.com/a?b=c#d", " lead", "trail ", "~"],
)  # fmt: skip
def test_any_text_reads_back_as_itself(value: str) -> None:
    for text in ("t: {a: {name: x}}\n", "t:\n  a:\n    name: x\n"):
        result = edited(text, {"t": {"a": {"name": value, "more": value}}})
        loaded = yaml.load(result, Loader=yaml.BaseLoader)["t"]["a"]
        assert loaded == {"name": value, "more": value}


names = st.sampled_from(["alpha", "beta-2", "c"])
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
leaves = st.one_of(texts, st.lists(texts.filter(str.strip), max_size=2))
trees = st.dictionaries(
    names, st.one_of(leaves, st.dictionaries(names, leaves, max_size=3)), max_size=3
)


def laid_out(tree: Any, draw: Any, indent: int = 0) -> str:
    """The same tree in a random layout: block or flow, comments, blank lines, indents."""
    lines = []
    for key, value in tree.items():
        pad = " " * indent
        comment = draw(st.sampled_from(["", "   # why", " #x: y"]))
        lines += draw(st.sampled_from([[], [""], [f"{pad}# about {key}"], ["# far left", ""]]))
        if isinstance(value, dict) and value and draw(st.booleans()):
            lines.append(f"{pad}{key}:{comment}")
            step = draw(st.sampled_from([2, 4]))
            lines.append(laid_out(value, draw, indent + step).rstrip("\n"))
        elif isinstance(value, list) and value and draw(st.booleans()):
            lines.append(f"{pad}{key}:{comment}")
            dash = pad + draw(st.sampled_from(["", "  "]))
            lines += [f"{dash}- {json.dumps(each, ensure_ascii=False)}" for each in value]
        else:
            lines.append(f"{pad}{key}: {json.dumps(value, ensure_ascii=False)}{comment}")
    return "\n".join(lines) + "\n"


def merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


def replaces_a_block(old: Any, new: Any) -> bool:
    """Whether a whole mapping or list gives way, with the comments inside it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return any(replaces_a_block(old[key], value) for key, value in new.items() if key in old)
    return isinstance(old, dict | list) and old != new


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_every_layout_says_what_was_asked_for_and_keeps_the_rest(data: st.DataObject) -> None:
    tree = data.draw(trees)
    text = laid_out(tree, data.draw) if tree else "{}\n"
    changes = data.draw(trees.filter(bool))
    result = edited(text, changes)
    assert yaml.load(result, Loader=yaml.BaseLoader) == merged(tree, changes)
    for line in text.splitlines() if not replaces_a_block(tree, changes) else ():
        if line.strip().startswith("#"):
            assert line in result.splitlines()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_other_entries_stay_byte_for_byte(data: st.DataObject) -> None:
    entries = data.draw(
        st.dictionaries(names, st.dictionaries(names, leaves, max_size=3), min_size=2)
    )
    head, *rest = entries
    parts = {key: laid_out({key: entries[key]}, data.draw) for key in entries}
    text = "".join(parts.values())
    result = edited(text, {head: {"new-key": "value"}})
    assert result.endswith("".join(parts[key] for key in rest))
