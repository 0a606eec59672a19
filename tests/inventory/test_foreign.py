"""Other people's YAML: anchors, tags and merge keys are understood, within limits."""

from __future__ import annotations

from typing import Any

import pytest

from stackaudit.inventory.nodes import unpack
from stackaudit.inventory.reader import read_document


def foreign(text: str) -> Any:
    document = read_document(text.encode(), "f", foreign=True)
    assert document.problems == ()
    return document.root


def test_aliases_are_written_out() -> None:
    assert foreign("a: &x {b: [1, &y 2]}\nc: *x\nd: *y\n") == {
        "a": {"b": ["1", "2"]},
        "c": {"b": ["1", "2"]},
        "d": "2",
    }


def test_tags_are_left_aside() -> None:
    assert foreign("a: !!str 1\nb: !include other.yaml\nc: !x {d: ~}\n") == {
        "a": "1",
        "b": "other.yaml",
        "c": {"d": None},
    }


def test_a_mapping_goes_before_what_it_merges() -> None:
    text = "x: &x {a: 1, b: 1}\ny: &y {a: 2, c: 2}\nz:\n  <<: [*x, *y]\n  b: 3\n"
    root = foreign(text)
    assert root["z"] == {"b": "3", "a": "1", "c": "2"}
    assert unpack(root["z"].key_position("b")) == (5, 3)
    assert unpack(root["z"].key_position("a")) == (4, 3)


def test_merges_within_merges() -> None:
    assert foreign("x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}\n")["z"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [*x]\n", "alias"),
        ("a: *y\n", "alias"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: 1\n---\nb: 2\n", "second-document"),
        ("? [a]\n: 1\n", "complex-key"),
        ("a: {" * 70 + "}" * 70 + "\n", "too-deep"),
    ],
)
def test_what_stays_a_problem(text: str, code: str) -> None:
    problems = read_document(text.encode(), "f", foreign=True).problems
    assert code in [each.code for each in problems]


def test_an_alias_bomb_is_stopped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (problem,) = read_document("\n".join(lines).encode(), "f", foreign=True).problems
    assert (problem.code, problem.message) == ("alias", "aliases that grow into too much")


def test_an_inventory_still_refuses_them() -> None:
    codes = [each.code for each in read_document(b"a: &x 1\nb: *x\nc: {<<: 1}\n", "f").problems]
    assert codes == ["anchor", "alias", "merge-key"]
