"""A record into a list of a YAML file, in its order: all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stackaudit.errors import InventoryError, Place, Problem
from stackaudit.inventory.edit import spans as shapes
from stackaudit.inventory.edit.render import inline, scalar
from stackaudit.inventory.edit.spans import Span, spans
from stackaudit.inventory.edit.splice import BOM, Patch, applied, edited, line_end, newline_of
from stackaudit.inventory.reader import NULLS, read_document


def with_item(
    text: str, section: str, item: Mapping[str, str], order: Sequence[str], file: str = "<text>"
) -> str:
    """The text with one more item in the list `section`, made if it is not there.

    The item stands before the first whose values of the keys `order` come after its own, so that
    a list that is sorted stays so, and two branches seldom write at the same place. A comment
    belongs to what stands below it. Raises InventoryError for what is no such file.
    """
    bom, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    root = spans(body, file)
    if isinstance(root, shapes.Mapping) and section in root.entries:
        patch = _into(body, root, section, item, order, file)
        result = bom + applied(body, [patch])
    elif isinstance(root, shapes.Mapping) and root.flow:
        result = edited(text, {section: [item]}, file)
    elif root is None or isinstance(root, shapes.Mapping):
        at = len(body) if root is None else line_end(body, root.end)
        column = 0 if root is None else root.column
        lines = [f"{' ' * column}{section}:", *_block(item, column + 2, 2)]
        result = bom + applied(body, [_lines(body, at, lines)])
    else:
        raise InventoryError(
            Problem("bad-value", "a mapping is meant here", Place(file, 1, 1), f"write {section}:")
        )
    _check(text, result, section, item, file)
    return result


def _into(
    text: str,
    root: shapes.Mapping,
    section: str,
    item: Mapping[str, str],
    order: Sequence[str],
    file: str,
) -> Patch:
    key, span = root.entries[section]
    if _empty(span):
        return _first(text, root, key, span, item)
    if not isinstance(span, shapes.Sequence):
        line = text.count("\n", 0, key.start) + 1
        hint = f"write `{section}:` and a list below it"
        problem = Problem("bad-value", "a list is meant here", Place(file, line, 1), hint)
        raise InventoryError(problem)
    number = _place_among(span.items, item, order)
    if span.flow:
        return _in_brackets(span, number, item)
    # After what stands before it: above its own comments, the next item keeps those.
    before = key.end if number == 0 else span.items[number - 1].end
    return _lines(text, line_end(text, before), _like(span, item))


def _empty(span: Span) -> bool:
    if isinstance(span, shapes.Scalar):
        return span.empty or span.text in NULLS
    return isinstance(span, shapes.Sequence) and not span.items


def _first(
    text: str, root: shapes.Mapping, key: shapes.Scalar, span: Span, item: Mapping[str, str]
) -> Patch:
    """In place of `[]`, of `~` or of nothing; a comment on that line stays there."""
    colon = text.index(":", key.end) + 1
    written = isinstance(span, shapes.Sequence) or span.end > span.start
    end = span.end if written else colon
    if root.flow:
        return Patch(colon, end, f" [{inline(item)}]")
    stop = line_end(text, end)
    rest = text[end:stop]
    newline = newline_of(text)
    if not rest.endswith(("\n", "\r")):
        rest += newline
    lines = "".join(f"{line}{newline}" for line in _block(item, root.column + 2, 2))
    return Patch(colon, stop, rest + lines)


def _place_among(items: Sequence[Span], item: Mapping[str, str], order: Sequence[str]) -> int:
    wanted = [item[key] for key in order]
    for number, each in enumerate(items):
        if isinstance(each, shapes.Mapping) and _values(each, order) > wanted:
            return number
    return len(items)


def _values(span: shapes.Mapping, order: Sequence[str]) -> list[str]:
    found = (span.entries[key][1] if key in span.entries else None for key in order)
    return [each.text if isinstance(each, shapes.Scalar) else "" for each in found]


def _in_brackets(span: shapes.Sequence, number: int, item: Mapping[str, str]) -> Patch:
    if number == len(span.items):
        at = span.items[-1].end
        return Patch(at, at, f", {inline(item)}")
    at = span.items[number].start
    return Patch(at, at, f"{inline(item)}, ")


def _like(span: shapes.Sequence, item: Mapping[str, str]) -> list[str]:
    """As its neighbours are written: in braces on one line, or a key a line."""
    first = span.items[0]
    if not isinstance(first, shapes.Mapping):
        return _block(item, span.column, 2)
    if first.flow:
        return [f"{' ' * span.column}- {inline(item)}"]
    return _block(item, span.column, first.column - span.column)


def _block(item: Mapping[str, str], column: int, step: int) -> list[str]:
    pairs = [f"{scalar(key)}: {scalar(value)}" for key, value in item.items()]
    dash = f"{' ' * column}-".ljust(column + step)
    return [f"{dash}{pairs[0]}", *(f"{' ' * (column + step)}{each}" for each in pairs[1:])]


def _lines(text: str, at: int, lines: Sequence[str]) -> Patch:
    """Lines to insert at a place that is, or is made, the start of a line."""
    newline = newline_of(text)
    before = "" if at == 0 or text[at - 1] in "\r\n" else newline
    return Patch(at, at, before + "".join(f"{line}{newline}" for line in lines))


def _check(before: str, after: str, section: str, item: Mapping[str, str], file: str) -> None:
    """The list has the item more, and nothing else changed; otherwise that is a bug here.

    A block text at the end of a file without a final line end gets one when something follows:
    so may the text itself.
    """
    new = read_document(after.encode("utf-8"), file)
    assert not new.problems, f"splicing made an invalid file: {new.problems[0]}"
    said = (_said(before, file), _said(before + newline_of(before), file))
    assert any(_one_more(old, _said(after, file), section, item) for old in said), (
        "splicing changed something else"
    )


def _said(text: str, file: str) -> dict[str, Any]:
    root = read_document(text.encode("utf-8"), file).root
    return dict(root) if isinstance(root, dict) else {}


def _one_more(
    was: dict[str, Any], now: dict[str, Any], section: str, item: Mapping[str, str]
) -> bool:
    rest = list(now.pop(section))
    rest.remove(dict(item))
    return rest == list(was.pop(section, None) or ()) and now == was
