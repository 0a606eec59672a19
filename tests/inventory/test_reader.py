"""The tree of a file knows where everything stands, however its lines end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.errors import Problem, StackauditError
from stackaudit.inventory.nodes import Lines, Map, Seq, pack, unpack, walk, walk_value
from stackaudit.inventory.reader import read_document
from tests.inventory.reading import full_text, read

TEXT = """\
# comment
a: text
"b": {c: [x, 'y z', ~], ü: "ä", d: 1}
e:
  - f: |
      two
      lines
    g:
"""


def tree(text: str) -> Map:
    document = read_document(text.encode(), "f")
    assert document.problems == ()
    assert isinstance(document.root, Map)
    return document.root


def test_scalars_are_text_and_nothing_is_none() -> None:
    assert tree(TEXT) == {
        "a": "text",
        "b": {"c": ["x", "y z", None], "ü": "ä", "d": "1"},
        "e": [{"f": "two\nlines\n", "g": None}],
    }


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_a_quoted_null_elsewhere_does_not_make_text_of_nothing(word: str) -> None:
    text = f"before: {word}\ntext: '{word}'\nafter: {word}\nlist: ['{word}']\nlast: {word}"
    assert tree(text) == {
        "before": None,
        "text": word,
        "after": None,
        "list": [word],
        "last": None,
    }


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("a",), (2, 1), (2, 4)),
        (("b",), (3, 1), (3, 6)),
        (("b", "c"), (3, 7), (3, 10)),
        (("b", "c", 1), (3, 14), (3, 14)),
        (("b", "ü"), (3, 25), (3, 28)),
        (("b", "d"), (3, 33), (3, 36)),
        (("e", 0), (5, 5), (5, 5)),
        (("e", 0, "f"), (5, 5), (5, 8)),
        (("e", 0, "g"), (8, 5), (8, 7)),
    ],
)
def test_every_key_and_value_has_its_place(
    path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]
) -> None:
    root = tree(TEXT)
    at, value_at = walk(root, path), walk_value(root, path)
    assert at is not None
    assert value_at is not None
    assert (unpack(at), unpack(value_at)) == (key, value)


def test_a_path_that_leads_nowhere_ends_at_the_nearest_place() -> None:
    root = tree(TEXT)
    assert walk(root, ("b", "no", "c")) == walk(root, ("b", "c"))
    assert walk_value(root, ("no",)) is None
    assert walk("text", ()) is None
    with pytest.raises(KeyError):
        root.key_position("no")


def test_a_mapping_of_very_many_keys_is_as_exact() -> None:
    root = tree("".join(f"k{n}: v{n}\n" for n in range(500)))
    assert [unpack(root.key_position(f"k{n}")) for n in (0, 63, 499)] == [(1, 1), (64, 1), (500, 1)]
    assert root.drop("k100") == "v100"
    assert unpack(root.value_position("k101")) == (102, 7)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str, mark: str) -> None:
    def everything(node: Any) -> Any:
        if isinstance(node, Map):
            places = [(node.key_position(key), node.value_position(key)) for key in node]
            return (node.position, places, [(k, everything(v)) for k, v in node.items()])
        if isinstance(node, Seq):
            places = [(node.item_position(n), 0) for n in range(len(node))]
            return (node.position, places, [("", everything(each)) for each in node])
        return node

    text = full_text()
    changed = mark + text.replace("\n", end)
    assert everything(tree(changed)) == everything(tree(text))
    assert read(changed) == read(text)


@settings(deadline=None)
@given(st.text(alphabet="ab \n\r\u00e4\U0001f600"), st.data())
def test_an_offset_becomes_the_line_and_column_that_people_count(
    text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    if text[offset - 1 : offset + 1] == "\r\n" and offset:
        before = text[: offset - 1]  # between CR and LF: still on the line they end
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = unpack(Lines(text).position(offset))
    assert line == len(lines)
    assert column >= len(lines[-1]) + 1


@settings(deadline=None)
@given(st.integers(0, 2**26), st.integers(0, 2**26))
def test_a_packed_position_is_counted_from_one(line: int, column: int) -> None:
    assert unpack(pack(line, column)) == (line + 1, column + 1)


def test_a_repeated_section_still_declares_its_names() -> None:
    document = read_document(b"tools: {a: }\ntools: {b: }\n", "f")
    assert [name for name, _ in document.repeated] == ["tools"]
    assert document.root == {"tools": {"a": None}}


YAML_LIKE = st.text(
    alphabet=st.sampled_from(list("abt:-[]{},#&*!|>'\"%@`?~<. \n\r\t0é\u00a0\u2028\x00\ud800")),
    max_size=80,
)
SECTIONS = st.sampled_from(["tools", "flows", "datasets", "reviews", "include", "roadmap", "x-a"])


def refused(text: str) -> tuple[Problem, ...]:
    """What is wrong with the text, if anything; any other error than our own goes through."""
    try:
        read(text)
    except StackauditError as error:
        return error.problems
    return ()


@settings(deadline=None)
@given(st.one_of(YAML_LIKE, st.text(max_size=80)))
def test_no_text_raises_anything_but_our_own_error(text: str) -> None:
    assert all(problem.hint for problem in refused(text))


@settings(deadline=None)
@given(SECTIONS, YAML_LIKE, SECTIONS, YAML_LIKE)
def test_no_section_raises_anything_but_our_own_error(
    one: str, text: str, other: str, more: str
) -> None:
    assert all(problem.place for problem in refused(f"{one}: {text}\n{other}: {{a: {more}}}\n"))


KEYS = [
    "a",
    "b",
    "from",
    "to",
    "on",
    "id",
    "state",
    "tools",
    "flows",
    "reviews",
    "datasets",
    "contracts",
    "roadmap",
    "contract",
    "cost",
    "amount",
    "period",
    "covers",
    "holds",
    "data",
    "grants",
    "access",
    "sso",
    "usage",
    "metric",
    "scope",
    "key",
    "pilot",
    "subprocessors",
    "previously",
]
VALUES = st.recursive(
    st.none() | st.sampled_from(["a", "none", "5/year", "2026-01-01", "true", "A", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(SECTIONS, VALUES, max_size=4))
def test_no_shape_raises_anything_but_our_own_error(stack: dict[str, Any]) -> None:
    assert all(problem.place and problem.hint for problem in refused(json.dumps(stack)))
