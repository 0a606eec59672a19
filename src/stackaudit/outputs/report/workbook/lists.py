"""The choices of the drop-down lists, on a sheet of their own so that people can add to them."""

from __future__ import annotations

from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.parts import names_of
from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.tables.model import Pages

PROGRESS: Final = ("open", "in_progress", "done", "accepted")
"""How far the work on something is."""
FIRST_ROW: Final = 3
"""Of the choices, from 1: below a note and the heads."""
_SPARE: Final = 30
"""Blank lines below the owners that the list takes in: for names that are not there yet."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, as the cells have it."""

    progress: tuple[str, ...]
    owners: tuple[str, ...]
    """Everybody whom the inventory names as an owner, sorted."""
    sheet: str
    """The name of the sheet they are on."""

    def source(self, key: str) -> str:
        """The range of a list, as a data validation names it."""
        column, count = ("A", len(self.progress)) if key == "progress" else ("B", self._owners())
        quoted = self.sheet.replace("'", "''")
        return f"='{quoted}'!${column}${FIRST_ROW}:${column}${FIRST_ROW + count - 1}"

    def _owners(self) -> int:
        return len(self.owners) + _SPARE


def choices(pages: Pages) -> Choices:
    """The lists of a book."""
    inventory, steps = pages.book.inventory, pages.book.roadmap
    tools = [name for row in inventory.tools for name in (row.business, row.technical)]
    flows = [row.owner for row in inventory.flows]
    planned = [e for s in (*steps.now, *steps.next, *steps.later) for e in s.owners.all]
    found = [name for card in pages.book.register.cards for name in card.owners.all]
    shown = map(sheet_cells.cell, names_of((*tools, *flows, *planned, *found)))
    return Choices(
        progress=tuple(pages.word(f"progress.{each}") for each in PROGRESS),
        owners=tuple(dict.fromkeys(shown)),
        sheet=pages.word("sheet.lists"),
    )
