"""The columns that people fill in: how far it is, who does it, by when, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.outputs.report.tables.model import Cell, Column, Kind, Pages, Table

EntryKey = Literal["progress", "owner", "due", "comment", "answer"]
WORK: Final[tuple[EntryKey, ...]] = ("progress", "owner", "due", "comment")
ANSWERS: Final[tuple[EntryKey, ...]] = ("answer", "progress", "owner")
_KINDS: Final[dict[EntryKey, tuple[Kind, float]]] = {
    "progress": ("text", 12),
    "owner": ("text", 18),
    "due": ("day", 13),
    "comment": ("long", 24),
    "answer": ("long", 34),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell to fill in, and what stands in it before."""

    key: EntryKey
    value: str | None = None


SheetCell = Cell | Entry


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with columns to fill in among its own."""

    table: Table
    """Its columns only: the rows are those below."""
    rows: tuple[tuple[SheetCell, ...], ...]

    def column(self, key: str) -> int | None:
        """The number of a column, from 0; None if there is none."""
        keys = [each.key for each in self.table.columns]
        return keys.index(key) if key in keys else None


def plain(table: Table) -> Filled:
    """A table as it is."""
    return Filled(table, table.rows)


def filled(table: Table, after: str, keys: Sequence[EntryKey], pages: Pages) -> Filled:
    """The table with columns to fill in behind the one that says what a row is about."""
    if not table.rows:
        return plain(table)
    at = [each.key for each in table.columns].index(after) + 1
    mine = tuple(Column(f"entry_{each}", pages.word(f"column.{each}"), *_KINDS[each])
                 for each in keys)  # fmt: skip
    columns = (*table.columns[:at], *mine, *table.columns[at:])
    begun = pages.word("progress.open")
    cells = tuple(Entry(each, begun if each == "progress" else None) for each in keys)
    rows = tuple((*row[:at], *cells, *row[at:]) for row in table.rows)
    return Filled(replace(table, columns=columns), rows)
