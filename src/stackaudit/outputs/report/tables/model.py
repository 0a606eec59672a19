"""A table: columns with a kind and cells with a type, before any format writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import Final, Generic, Literal, TypeVar

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.findings.money import Total
from stackaudit.inventory.values import Duration
from stackaudit.outputs.report.language import Language
from stackaudit.rules.severity import Severity

T = TypeVar("T")
Kind = Literal["text", "long", "facts", "number", "money", "day", "share", "severity"]
"""What a column mostly holds, for its width and where it is aligned; long: sentences; facts: what
may go on for many lines, and is there to be looked up."""
_UNITS: Final[Mapping[str, str]] = {
    "min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year",
}  # fmt: skip
_ROOM: Final = 1_500
"""Signs of a list of names where not all are listed."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, in the currency of the book."""

    value: float
    at_least: bool = False
    """Whether it may be more."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one: 0 and up."""

    value: float


@dataclass(frozen=True, slots=True)
class Lines:
    """Several texts in one cell, each on a line of its own."""

    texts: tuple[str, ...]


Cell = str | int | dt.date | Amount | Share | Severity | Lines | None
"""None: nothing belongs there. What is unknown is a word that says so."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    key: str
    """Stable, whatever the language."""
    title: str
    kind: Kind
    width: float
    """In signs."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has a cell for each column."""

    id: str
    """Stable, whatever the language."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str | None = None
    """Why it has no rows, as a sentence."""

    def only(self, *keys: str) -> Table:
        """The same with these columns, in this order."""
        places = [[each.key for each in self.columns].index(key) for key in keys]
        return replace(
            self,
            columns=tuple(self.columns[each] for each in places),
            rows=tuple(tuple(row[each] for each in places) for row in self.rows),
        )

    def without(self, *keys: str) -> Table:
        """The same without these columns."""
        return self.only(*(each.key for each in self.columns if each.key not in keys))

    def filled(self) -> Table:
        """The same without the columns in which no row has anything."""
        columns = enumerate(self.columns)
        blank = {e.key for n, e in columns if all(row[n] in (None, "") for row in self.rows)}
        return self.without(*blank)

    def first(self, count: int) -> Table:
        """The same with at most so many rows."""
        return replace(self, rows=self.rows[:count])


@dataclass(frozen=True, slots=True)
class Pages:
    """What cells are made from: the book, and the language to say it in."""

    book: Book
    language: Language
    places: Mapping[str, int]
    """Fingerprint → the number that the finding has in the register."""
    most: int | None = None
    """So many numbers of findings, and tools of a decision, are listed; None: all."""
    short: bool = False
    """Whether no list of names is longer than that, nor than a cell of a page can take."""

    @classmethod
    def of(
        cls, book: Book, language: Language, most: int | None = None, *, short: bool = False
    ) -> Pages:
        """The pages of a book in a language."""
        places = {each.fingerprint: each.number for each in book.register.cards}
        return cls(book, language, places, most, short)

    def word(self, key: str) -> str:
        """A text of the language."""
        return self.language.word(key)

    def names(self, items: Iterable[Item]) -> str:
        """Names, parted by commas."""
        names = [each.name for each in items]
        return self._few(names) if self.short else ", ".join(names)

    def tools(self, items: Iterable[Item]) -> str:
        """Names of tools, as many as there is room for."""
        return self._few([each.name for each in items])

    def numbers(self, fingerprints: Iterable[str]) -> str:
        """The numbers that findings have in the register, in their order, parted by commas."""
        found = sorted(self.places[each] for each in fingerprints if each in self.places)
        return self._few([str(each) for each in found])

    def _few(self, texts: Sequence[str]) -> str:
        shown = len(texts) if self.most is None else self.most
        if self.short:
            ends = accumulate(len(each) + 2 for each in texts[:shown])
            shown = max(sum(end <= _ROOM for end in ends), 1)
        if len(texts) <= shown:
            return ", ".join(texts)
        more = self.language.count("more", len(texts) - shown)
        return ", ".join((*texts[:shown], more))

    def total(self, total: Total | None) -> Cell:
        """A sum of money; the word for unknown where nothing is known of it."""
        if total is None or total.nothing:
            return None
        if total.at_least and not total.amount:
            return self.word("unknown")
        return Amount(total.amount, total.at_least)

    def every(self, every: Duration) -> str:
        """How often something runs, in the unit that was stated."""
        return _every(every, self.language.locale)

    def reason(self, reason: Reason | None) -> str | None:
        """Why there is nothing, as a sentence."""
        return None if reason is None else self.language.reason(reason)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """How one column is made of the things that the rows are."""

    key: str
    kind: Kind
    width: float
    cell: Callable[[T, Pages], Cell]


def table(
    id_: str,
    title: str,
    fields: Sequence[Field[T]],
    things: Iterable[T],
    pages: Pages,
    empty: str | None = None,
) -> Table:
    """A row for each thing."""
    columns = tuple(Column(e.key, pages.word(f"column.{e.key}"), e.kind, e.width) for e in fields)
    rows = tuple(tuple(each.cell(thing, pages) for each in fields) for thing in things)
    return Table(id_, title, columns, rows, None if rows else empty)


@lru_cache(maxsize=512)
def _every(every: Duration, locale: str) -> str:
    """A few intervals come again for thousands of flows."""
    from babel.units import format_unit

    return str(format_unit(every.amount, f"duration-{_UNITS[every.unit]}", locale=locale))
