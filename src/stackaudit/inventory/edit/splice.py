"""Changes to an inventory as insertions and replacements in its text.

Everything that a change does not name stays byte for byte: comments, order, layout, line ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.edit import spans as shapes
from stackaudit.inventory.edit.render import Append, Value, block, inline
from stackaudit.inventory.edit.spans import Span, spans
from stackaudit.inventory.reader import NULLS, read_document

Changes = Mapping[Any, Any]
"""Nested: keys lead down to a Value (set or replaced), an Append, or more changes.

A whole number leads to an item of a list. A mapping where the file has none yet is added.
"""

BOM: Final = "\ufeff"


class Set(dict[str, Value]):
    """A mapping that replaces what is there, instead of being merged into it."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Characters to replace; an insertion where start and end are the same."""

    start: int
    end: int
    text: str


def edited(text: str, changes: Changes, file: str = "<text>") -> str:
    """The text with the changes made.

    Raises InventoryError if the text is not an inventory to begin with; a result that does not
    say what was asked for is a bug and raises AssertionError, before anything is written.
    """
    bom, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    newline = newline_of(body)
    root = spans(body, file)
    writer = _Writer(body, newline)
    if root is None or (isinstance(root, shapes.Scalar) and root.text in NULLS):
        patches = [Patch(len(body), len(body), writer.lines(_section_lines(changes)))]
    else:
        patches = list(writer.changed(root, changes))
    result = bom + applied(body, patches)
    _check(result, changes, file)
    return result


def newline_of(text: str) -> str:
    """How the lines of the text end."""
    if "\r\n" in text:
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"


def line_end(text: str, at: int) -> int:
    """The start of the line after `at`, or the end of the text; `at` itself if a line begins."""
    if at > 0 and text[at - 1] in "\r\n":
        return at
    ends = [place for sign in "\r\n" if (place := text.find(sign, at)) >= 0]
    if not ends:
        return len(text)
    end = min(ends)
    return end + (2 if text[end : end + 2] == "\r\n" else 1)


def applied(text: str, patches: Sequence[Patch]) -> str:
    """The text with the characters replaced."""
    pieces, at = [], 0
    for patch in sorted(patches, key=lambda each: (each.start, each.end)):
        pieces += [text[at : patch.start], patch.text]
        at = patch.end
    return "".join([*pieces, text[at:]])


def _check(result: str, changes: Changes, file: str) -> None:
    """The new text must say what was asked for; anything else is a mistake of this module."""
    document = read_document(result.encode("utf-8"), file)
    assert not document.problems, f"splicing made an invalid file: {document.problems[0]}"
    assert _says(document.root, changes), "splicing did not write what was asked for"


def _says(node: Any, wanted: Any) -> bool:
    if isinstance(wanted, Append):
        return isinstance(node, list) and all(
            _says(here, item)
            for here, item in zip(node[-len(wanted.items) :], wanted.items, strict=True)
        )
    if isinstance(wanted, str):
        return bool(node == wanted)
    if isinstance(wanted, Mapping):
        if isinstance(wanted, Set) and set(node) != set(wanted):
            return False
        return all(_says(node[key], value) for key, value in wanted.items())
    return len(node) == len(wanted) and all(map(_says, node, wanted))


def _section_lines(changes: Changes) -> list[str]:
    return [line for key, value in changes.items() for line in _entry(str(key), value, 0)]


_DEPTH: Final = {0: 2, 2: 1}
"""How far a new mapping is opened, by its indent: sections and entries are, parts are not."""


def _entry(key: str, value: Any, indent: int) -> list[str]:
    if isinstance(value, Append):
        start = f"{' ' * indent}{key}:"
        return [start, *(f"{' ' * indent}  - {inline(each)}" for each in value.items)]
    return block(key, value, indent, _DEPTH.get(indent, 0))


@dataclass(frozen=True, slots=True)
class _Writer:
    text: str
    newline: str

    def lines(self, lines: Sequence[str], at: int | None = None) -> str:
        """Lines to insert at a place that is, or is made, the start of a line."""
        at = len(self.text) if at is None else at
        starts_line = at == 0 or self.text[at - 1] in "\r\n"
        before = "" if starts_line else self.newline
        return before + "".join(line + self.newline for line in lines)

    def changed(
        self, span: Span, changes: Any, key: shapes.Scalar | None = None
    ) -> Iterator[Patch]:
        """The patches that make the changes to what stands on a span, under a key if it has one."""
        if isinstance(changes, Append):
            yield from self._appended(span, changes, key)
        elif isinstance(span, shapes.Mapping) and _merges(changes):
            yield from self._merged(span, changes)
        elif isinstance(span, shapes.Sequence) and _numbered(changes):
            for number, inner in changes.items():
                yield from self.changed(span.items[number], inner)
        else:
            yield from self._replaced(span, changes, key)

    def _merged(self, mapping: shapes.Mapping, changes: Changes) -> Iterator[Patch]:
        new: dict[str, Any] = {}
        for key, value in changes.items():
            if key not in mapping.entries:
                new[key] = value
                continue
            name, span = mapping.entries[key]
            if isinstance(span, shapes.Scalar) and (span.empty or span.text in NULLS):
                yield self._filled(name, span, value, mapping)
            else:
                yield from self.changed(span, value, name)
        if new:
            yield self._added(mapping, new)

    def _filled(
        self, key: shapes.Scalar, span: shapes.Scalar, value: Any, mapping: shapes.Mapping
    ) -> Patch:
        """A value for a key that has none: `hubspot:` or `hubspot: ~`."""
        colon = self.text.index(":", key.end) + 1
        end = span.end if not span.empty else colon
        if isinstance(value, Append):
            value = list(value.items)
        if mapping.flow or isinstance(value, str):
            return Patch(colon, end, f" {inline(value)}")
        lines = _entry(key.text, value, mapping.column)
        head, *rest = [line[mapping.column :] if n == 0 else line for n, line in enumerate(lines)]
        after = head.partition(":")[2]
        text = after + "".join(f"{self.newline}{line}" for line in rest)
        return Patch(colon, end, text)

    def _added(self, mapping: shapes.Mapping, new: Mapping[str, Any]) -> Patch:
        if mapping.flow:
            last = max((value.end for _, value in mapping.entries.values()), default=None)
            parts = [f"{inline(key)}: {inline(_plain(value))}" for key, value in new.items()]
            if last is None:
                return Patch(mapping.start + 1, mapping.start + 1, ", ".join(parts))
            last = self._past_colon(last, mapping)
            return Patch(last, last, "".join(f", {part}" for part in parts))
        at = self._line_end(mapping.end)
        lines = [line for key, value in new.items() for line in _entry(key, value, mapping.column)]
        return Patch(at, at, self.lines(lines, at))

    def _past_colon(self, at: int, mapping: shapes.Mapping) -> int:
        """After a last key without a value in flow style, `{a: 1, b: }`, past its colon."""
        key, value = max(mapping.entries.values(), key=lambda pair: pair[0].start)
        if isinstance(value, shapes.Scalar) and value.empty:
            colon = self.text.find(":", key.end, mapping.end)
            return colon + 1 if colon >= 0 else key.end
        return at

    def _appended(self, span: Span, more: Append, key: shapes.Scalar | None) -> Iterator[Patch]:
        if not isinstance(span, shapes.Sequence):
            yield from self._replaced(span, list(more.items), key)
            return
        items = [inline(each) for each in more.items]
        if span.flow:
            at = span.items[-1].end if span.items else span.start + 1
            yield Patch(at, at, ("" if not span.items else ", ") + ", ".join(items))
            return
        at = self._line_end(span.end)
        yield Patch(at, at, self.lines([f"{' ' * span.column}- {item}" for item in items], at))

    def _replaced(self, span: Span, value: Any, key: shapes.Scalar | None) -> Iterator[Patch]:
        """A value in place of another; a comment beside the key of a block value stays."""
        text = inline(_plain(value))
        if isinstance(span, shapes.Scalar) or span.flow or key is None:
            ends_line = isinstance(span, shapes.Scalar) and span.style in ("|", ">")
            yield Patch(span.start, span.end, text + (self.newline if ends_line else ""))
            return
        colon = self.text.index(":", key.end) + 1
        yield Patch(colon, colon, f" {text}")
        yield Patch(self._line_end(colon), self._line_end(span.end), "")

    def _line_end(self, at: int) -> int:
        """The start of the line after `at`, or the end of the text; comments stay before it."""
        return line_end(self.text, at)


def _merges(changes: Any) -> bool:
    return isinstance(changes, Mapping) and not isinstance(changes, Set)


def _numbered(changes: Any) -> bool:
    """Whether the changes are to items of a list."""
    return isinstance(changes, Mapping) and bool(changes) and all(type(k) is int for k in changes)


def _plain(value: Any) -> Any:
    return list(value.items) if isinstance(value, Append) else value
