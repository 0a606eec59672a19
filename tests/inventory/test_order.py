"""Order means nothing: not of keys, entries or files; neither for the stack nor its digest."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.inventory.nodes import Map
from stackaudit.inventory.stack import digest_of
from tests.inventory.reading import FULL, full_text, read, read_file

UNORDERED = ("flows", "roadmap")


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(each) for each in node] if isinstance(node, list) else node


def full() -> dict[str, Any]:
    root = read(full_text()).origins.documents[0].root
    assert isinstance(root, Map)
    return {key: value for key, value in _plain(root).items() if key != "include"}


def shuffled(node: Any, chance: random.Random) -> Any:
    """The same mappings in another order; lists keep theirs, but for those of entries."""
    if isinstance(node, list):
        return [shuffled(each, chance) for each in node]
    if not isinstance(node, dict):
        return node
    keys = list(node)
    chance.shuffle(keys)
    new = {key: shuffled(node[key], chance) for key in keys}
    for section in UNORDERED:
        if isinstance(new.get(section), list):
            chance.shuffle(new[section])
    return new


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_and_entries_changes_nothing(chance: random.Random) -> None:
    stack = read(json.dumps(full()))
    other = read(json.dumps(shuffled(full(), chance)))
    assert other == stack
    assert digest_of(other) == digest_of(stack)
    assert repr(other) == repr(stack)


@pytest.mark.parametrize("seed", range(10))
def test_neither_does_the_file_in_which_an_entry_stands(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    parts: list[dict[str, Any]] = [{}, {}, {}]
    for section, node in full().items():
        if section in ("tools", "datasets", "capabilities", "contracts", "reviews"):
            for name, entry in node.items():
                chance.choice(parts).setdefault(section, {})[name] = entry
        elif section in UNORDERED:
            for entry in node:
                chance.choice(parts).setdefault(section, []).append(entry)
        else:
            chance.choice(parts)[section] = node
    names = ["a.json", "b.json"]
    chance.shuffle(names)
    parts[0]["include"] = names
    for name, part in zip(["stack.json", "a.json", "b.json"], parts, strict=True):
        (tmp_path / name).write_text(json.dumps(shuffled(part, chance)), encoding="utf-8")
    stack = read(full_text())
    split = read_file(tmp_path / "stack.json")
    assert split == stack
    assert digest_of(split) == digest_of(read(json.dumps(full())))


def test_layout_and_quotes_change_nothing_of_the_digest() -> None:
    assert digest_of(read(full_text())) == digest_of(read(json.dumps(full())))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seats: 60", "seats: 61"),
        ("48000/year", "4000/month"),
        ("lifecycle: active", "lifecycle: pilot"),
        ("x-cost-center: 4711", "x-cost-center: 4712"),
        ("roadmap:", "x-roadmap:"),
        ("brands: [northwind]", "brands: [northwind, x]"),
        ("[email, landing-pages, forms]", "[forms, landing-pages, email]"),
        ("notes: text nobody's rule reads", "notes: text"),
        ("  marketo: {}", "  marketo: {}\n  another: {}"),
        ("every: 1mo, ", ""),
    ],
)
def test_every_statement_counts_in_the_digest(old: str, new: str) -> None:
    text = full_text()
    assert text.count(old) == 1
    assert digest_of(read(text.replace(old, new))) != digest_of(read(text))


def test_a_section_without_entries_is_a_statement() -> None:
    digests = {digest_of(read(f"tools: {{a: }}\n{more}")) for more in ("", "flows: []", "flows: ~")}
    assert len(digests) == 3


def test_the_digest_is_the_same_everywhere() -> None:
    assert (
        digest_of(read("tools: {a: {name: ä}}"))
        == digest_of(read("# x\ntools:\n  a:\n    'name': \"\\u00e4\"\n"))
        == "0b43a5f65b3824d71b52f61102bc8c3c19efdb18c27eb8d0636fe193db341302"
    )


def test_the_full_example_reads_from_files_as_from_text(tmp_path: Path) -> None:
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "a.yaml").write_text("tools: {}")
    (tmp_path / "reviews.yaml").write_text("reviews: {}")
    main = tmp_path / "stack.yaml"
    main.write_bytes(FULL.read_bytes())
    assert read_file(main) == read(full_text())
