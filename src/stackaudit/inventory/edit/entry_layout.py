"""How an entry of a section is laid out: as lines of its own, or on one line in braces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stackaudit.dataclass import dataclass
from stackaudit.inventory.edit import spans as shapes
from stackaudit.inventory.edit.render import WIDTH, Value, inline, scalar
from stackaudit.inventory.edit.spans import Span

Entry = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where keys of entries stand in a section in block style, and how its entries look."""

    column: int
    """The column of the ids of entries."""
    step: int = 2
    """How much further in the keys of an entry stand."""
    braces: bool = False
    """Whether the other entries are written in braces."""

    @classmethod
    def of(cls, section: shapes.Mapping) -> Layout:
        """The layout that the entries of a section have."""
        entries = [value for _, value in section.entries.values()]
        blocks = [each for each in entries if isinstance(each, shapes.Mapping) and not each.flow]
        step = blocks[0].column - section.column if blocks else 2
        return cls(section.column, max(step, 1), bool(entries) and not blocks)

    def lines(self, name: str, entry: Entry) -> list[str]:
        """The lines of a new entry; in braces only where the others are and it fits on a line."""
        start = f"{' ' * self.column}{scalar(name)}:"
        short = f"{start} {inline(entry)}"
        parts = any(isinstance(value, Mapping) for value in entry.values())
        if self.braces and not parts and len(short) <= WIDTH:
            return [short]
        return [start, *self.inner(entry)]

    def inner(self, entry: Entry) -> list[str]:
        """The lines of the keys of an entry."""
        column = self.column + self.step
        return [line for key, value in entry.items() for line in self.key(key, value, column)]

    def key(self, key: str, value: Value, column: int) -> list[str]:
        """The lines of one key: a mapping that says a lot is opened, as is a list that is long."""
        start = f"{' ' * column}{scalar(key)}:"
        text = inline(value)
        if isinstance(value, str) or not value:
            return [f"{start} {text}"]
        if isinstance(value, Mapping):
            short = len(start) + 1 + len(text) <= WIDTH and not _deep(value)
            if short:
                return [f"{start} {text}"]
            inner = (self.key(name, each, column + self.step) for name, each in value.items())
            return [start, *(line for lines in inner for line in lines)]
        if len(start) + 1 + len(text) <= WIDTH:
            return [f"{start} {text}"]
        return [start, *(f"{' ' * (column + self.step)}- {inline(each)}" for each in value)]


def _deep(value: Mapping[str, Value]) -> bool:
    """Whether anything in it is a mapping or a list, so that lines of its own read better."""
    return any(not isinstance(each, str) for each in value.values())


def comments_in(text: str, span: Span) -> list[str]:
    """The comments between the values of a span, without what stands before and after it."""
    found: list[str] = []
    at = span.start
    for value in sorted(_scalars(span), key=lambda each: each.start):
        found += _comments(text[at : value.start])
        at = max(at, value.end)
    return found + _comments(text[at : span.end])


def _comments(gap: str) -> list[str]:
    return [line[line.index("#") :].rstrip() for line in gap.splitlines() if "#" in line]


def _scalars(span: Span) -> Iterator[shapes.Scalar]:
    if isinstance(span, shapes.Scalar):
        yield span
    elif isinstance(span, shapes.Mapping):
        for key, value in span.entries.values():
            yield key
            yield from _scalars(value)
    else:
        for item in span.items:
            yield from _scalars(item)
