"""Cells by their type: text is only ever written as text, money and days as what they are."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.reading_order import kept_in_order
from stackaudit.outputs.report.tables.model import Amount, Lines, Share
from stackaudit.outputs.report.workbook.entries import Entry, SheetCell
from stackaudit.outputs.report.workbook.styles import Styles
from stackaudit.rules.severity import Severity

_SEVERAL: Final = re.compile(" → |[,;:] ")
"""What stands between names."""
_FIRST_YEAR: Final = 1901
"""Excel's calendar begins in 1900, with a day that never was."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Writes cells of one sheet."""

    page: Any
    styles: Styles
    language: Language

    def text(self, row: int, column: int, text: str, style: Any) -> None:
        """Text, whatever it looks like."""
        self.page.write_string(row, column, sheet_cells.cell(text), style)

    def write(self, row: int, column: int, cell: SheetCell, style: Any = None) -> None:
        """A cell of a table; a style for what is text in it."""
        page, styles = self.page, self.styles
        text = style or styles.text
        if isinstance(cell, Entry):
            self._entry(row, column, cell)
        elif cell is None or cell == "":
            page.write_blank(row, column, None, text)
        elif isinstance(cell, Severity):  # before int, which it is too
            self.text(row, column, self.language.severity(cell), styles.strong)
        elif isinstance(cell, Amount):
            money = styles.money_at_least if cell.at_least else styles.money
            page.write_number(row, column, cell.value, money)
        elif isinstance(cell, Share):
            page.write_number(row, column, cell.value, styles.share)
        elif isinstance(cell, dt.date):
            self._day(row, column, cell)
        elif isinstance(cell, int):
            page.write_number(row, column, cell, styles.number)
        elif isinstance(cell, Lines):
            page.write_string(row, column, ordered(sheet_cells.lines(cell.texts)), text)
        else:
            page.write_string(row, column, ordered(sheet_cells.cell(cell)), text)

    def across(self, row: int, first: int, last: int, text: str, style: Any = None) -> None:
        """A sentence over several columns."""
        style, shown = style or self.styles.text, sheet_cells.cell(text)
        self.page.merge_range(row, first, row, last, "", style)
        self.page.write_string(row, first, ordered(shown), style)

    def _day(self, row: int, column: int, day: dt.date) -> None:
        """A day; as text where Excel's calendar does not have it."""
        if day.year < _FIRST_YEAR:
            self.text(row, column, day.isoformat(), self.styles.text)
        else:
            self.page.write_datetime(row, column, day, self.styles.day)

    def _entry(self, row: int, column: int, entry: Entry) -> None:
        style = self.styles.entry_day if entry.key == "due" else self.styles.entry
        if entry.value:
            self.text(row, column, entry.value, style)
        else:
            self.page.write_blank(row, column, None, style)


def ordered(text: str) -> str:
    """A way or a list, shown from its first name to its last.

    Single names are searched for and compared, and have no marks.
    """
    marked = kept_in_order(text) if _SEVERAL.search(text) else text
    return marked if len(marked) <= sheet_cells.LONGEST else text
