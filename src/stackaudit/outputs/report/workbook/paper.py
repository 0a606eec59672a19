"""How sheets are printed: on pages of one width, with the heads on each."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.tables.model import Pages
from stackaudit.outputs.report.workbook.entries import Filled
from stackaudit.outputs.report.workbook.heights import is_cut

_A4: Final = 9
_ON_ONE_PAGE: Final = 245.0
"""Signs in width that can be read on one page; Excel makes columns as narrow as it takes."""

_SAID: Final = 120
"""Signs in the middle of the foot."""
_IN_ALL: Final = 230
"""Signs in a foot, without its commands."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Sets up the sheets of one workbook for print."""

    pages: Pages
    confidentiality: str | None

    def set_up(self, page: Any, key: str) -> None:
        """Format, margins, foot."""
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        page.fit_to_pages(1, 0)
        self._foot(page, key)

    def head(self, page: Any, row: int) -> None:
        """The head of a table that goes on over pages is on each of them."""
        page.repeat_rows(row)

    def shown(self, page: Any, key: str, found: Filled) -> None:
        """As many columns as can be read on one page; the foot says what is not to be seen."""
        columns = found.table.columns
        shown = sum(whole <= _ON_ONE_PAGE for whole in accumulate(e.width for e in columns))
        notes = []
        if shown < len(columns):
            page.print_area(0, 0, max(len(found.rows), 1), shown - 1)
            of = {"shown": str(shown), "whole": str(len(columns))}
            notes.append(self.pages.language.word("sheet.printed", **of))
        if any(any(map(is_cut, row, columns[:shown])) for row in found.rows):
            notes.append(self.pages.word("sheet.cut"))
        self._foot(page, key, *notes)

    def _foot(self, page: Any, key: str, *notes: str) -> None:
        mark = sheet_cells.margin(self.confidentiality or "")
        said = " · ".join((self.pages.word(f"sheet.{key}"), *notes))
        said = sheet_cells.margin(said, min(_SAID, _IN_ALL - len(mark)))
        left = f"&L{mark}" if mark else ""
        page.set_footer(f"{left}&C{said}&R&P / &N")
