"""How the sheets are written: heads, filters, drop-down lists, colors, pages to print."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.tables.model import Column, Pages
from stackaudit.outputs.report.workbook.cells import Cells
from stackaudit.outputs.report.workbook.contents import Sheet
from stackaudit.outputs.report.workbook.entries import Filled
from stackaudit.outputs.report.workbook.heights import LINE, height
from stackaudit.outputs.report.workbook.lists import FIRST_ROW, Choices
from stackaudit.outputs.report.workbook.styles import Styles

if TYPE_CHECKING:
    from stackaudit.outputs.report.look import Look

_A4: Final = 9
_LETTERS: Final = string.ascii_uppercase
"""Of columns; those to fill in are among the first."""
_HEADING: Final = 24.0
"""Points."""
_ON_ONE_PAGE: Final = 240.0
"""Signs in width that can be read on one page; Excel makes columns as narrow as it takes."""
_RIGHT: Final = ("number", "money", "share", "day")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes sheets into one workbook."""

    workbook: Any
    styles: Styles
    pages: Pages
    look: Look
    lists: Choices

    def write(self, sheet: Sheet) -> None:
        """One sheet: a table that can be filtered, or several below one another."""
        cells = self._page(sheet.key)
        if len(sheet.tables) > 1:
            self._several(cells, sheet)
            return
        found = sheet.tables[0]
        self._widths(cells, found)
        self._table(cells, 0, found)
        frozen = 2 if found.column("severity") == 1 else 1
        cells.page.freeze_panes(1, frozen)
        self._for_print(cells, found, sheet.key)
        if found.rows:
            cells.page.autofilter(0, 0, len(found.rows), len(found.table.columns) - 1)
            self._to_fill_in(cells, found)

    def write_lists(self) -> None:
        """The choices of the drop-down lists."""
        cells, lists = self._page("lists"), self.lists
        cells.page.set_column(0, 1, 34)
        cells.page.fit_to_pages(1, 0)
        cells.text(0, 0, self.pages.word("sheet.lists_note"), self.styles.note)
        for column, (key, words) in enumerate(
            (("progress", lists.progress), ("owner", lists.owners))
        ):
            cells.text(FIRST_ROW - 2, column, self.pages.word(f"column.{key}"), self.styles.head)
            for row, each in enumerate(words, FIRST_ROW - 1):
                cells.text(row, column, each, self.styles.text)

    # -- pages

    def _page(self, key: str) -> Cells:
        name = self.pages.word(f"sheet.{key}")
        page = self.workbook.add_worksheet(name)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(0.4, 0.4, 0.5, 0.6)
        self._foot(page, key)
        return Cells(page, self.styles, self.pages.language)

    def _several(self, cells: Cells, sheet: Sheet) -> None:
        """Several tables below one another; no filter, since a sheet has only one."""
        row = self._cover(cells) if sheet.cover else 0
        cells.page.fit_to_pages(1, 0)
        largest = max(sheet.tables, key=lambda each: len(each.table.columns))
        self._widths(cells, largest)
        for found in sheet.tables:
            cells.text(row, 0, found.table.title, self.styles.heading)
            cells.page.set_row(row, _HEADING)
            below = self._table(cells, row + 1, found)
            self._spread(cells, row + 2, found, largest.table.columns)
            row = below + 1

    def _spread(self, cells: Cells, top: int, found: Filled, widest: Sequence[Column]) -> None:
        """Sentences in the last column of a narrower table reach to the end of the widest."""
        own, end = found.table.columns, len(widest) - 1
        last = len(own) - 1
        if last >= end or own[last].kind != "long":
            return
        before = [each.width for each in widest[:last]]
        room = sum(each.width for each in widest[last:])
        columns = [
            replace(each, width=width)
            for each, width in zip(own, (*before, room), strict=True)
        ]  # fmt: skip
        for row, line in enumerate(found.rows, top):
            said = line[last]
            if isinstance(said, str):
                cells.across(row, last, end, said)
                cells.page.set_row(row, height(line, columns))

    def _cover(self, cells: Cells) -> int:
        """What was audited, for whom, and the verdict; the row below it."""
        look, word = self.look, self.pages.word
        cells.text(0, 0, look.title or word("report.title"), self.styles.title)
        cells.page.set_row(0, 30)
        author = look.author and f"{word('report.prepared_by')} {look.author}"
        row = 1
        anonymous = word("report.anonymized") if look.anonymous else None
        for each in (self._subtitle(), author, look.confidentiality, anonymous):
            if each:
                cells.text(row, 0, each, self.styles.subtitle)
                row += 1
        verdict = self.pages.book.kpis.verdict
        said = self.pages.language.outcome(verdict.outcome, verdict.gating)
        cells.text(row + 1, 0, said, self.styles.heading)
        cells.page.set_row(row + 1, _HEADING)
        cells.text(row + 2, 0, self._decided(), self.styles.subtitle)
        return row + 4

    def _subtitle(self) -> str:
        book, language = self.pages.book, self.pages.language
        client = self.look.client or book.organization or language.word("report.no_organization")
        date = language.date(book.as_of)
        return language.word("report.subtitle", organization=client, date=date)

    def _decided(self) -> str:
        book, language = self.pages.book, self.pages.language
        verdict = book.kpis.verdict
        share, checks = language.share(verdict.decided_share), language.number(verdict.checks)
        decided = language.word("verdict.decided", share=share, checks=checks)
        if book.currency is None:
            return f"{decided} {language.word('report.amounts_without_currency')}"
        return f"{decided} {language.word('report.all_amounts', currency=book.currency)}"

    def _for_print(self, cells: Cells, found: Filled, key: str) -> None:
        """On one page in width, with its head on each; columns beyond that are for the screen."""
        cells.page.repeat_rows(0)
        cells.page.fit_to_pages(1, 0)
        widths = [each.width for each in found.table.columns]
        shown = sum(whole <= _ON_ONE_PAGE for whole in accumulate(widths))
        if shown == len(widths):
            return
        cells.page.print_area(0, 0, max(len(found.rows), 1), shown - 1)
        of = {"shown": str(shown), "whole": str(len(widths))}
        self._foot(cells.page, key, self.pages.language.word("sheet.printed", **of))

    def _foot(self, page: Any, key: str, note: str = "") -> None:
        """What stands below each printed page."""
        mark = sheet_cells.margin(self.look.confidentiality or "")
        name = self.pages.word(f"sheet.{key}")
        said = sheet_cells.margin(f"{name} · {note}" if note else name)
        left = f"&L{mark}" if mark else ""
        page.set_footer(f"{left}&C{said}&R&P / &N")

    # -- tables

    def _widths(self, cells: Cells, found: Filled) -> None:
        for number, column in enumerate(found.table.columns):
            cells.page.set_column(number, number, column.width)

    def _table(self, cells: Cells, top: int, found: Filled) -> int:
        """A table whose head is at `top`; the row below it."""
        for number, column in enumerate(found.table.columns):
            right = column.kind in _RIGHT and not column.key.startswith("entry_")
            style = self.styles.head_right if right else self.styles.head
            cells.text(top, number, column.title, style)
        cells.page.set_row(top, 2 * LINE + 4)
        if not found.rows:
            cells.text(top + 1, 0, found.table.empty or "", self.styles.note)
            return top + 2
        for row, line in enumerate(found.rows, top + 1):
            cells.page.set_row(row, height(line, found.table.columns))
            for number, each in enumerate(line):
                cells.write(row, number, each)
        last = top + len(found.rows)
        for number, column in enumerate(found.table.columns):
            if column.kind == "severity":
                self._color(cells, top + 1, last, number)
        return last + 1

    def _color(self, cells: Cells, first: int, last: int, column: int) -> None:
        """A ground for each severity, by the word in the cell, so that it follows edits."""
        for severity, style in self.styles.severity.items():
            word = _quoted(self.pages.language.severity(severity))
            rule = {"type": "cell", "criteria": "==", "value": word, "format": style}
            cells.page.conditional_format(first, column, last, column, rule)

    # -- what people fill in

    def _to_fill_in(self, cells: Cells, found: Filled) -> None:
        """Drop-down lists for progress and owner, a day for the deadline, done rows in grey."""
        last = len(found.rows)
        for key in ("progress", "owner", "due"):
            column = found.column(f"entry_{key}")
            if column is not None:
                cells.page.data_validation(1, column, last, column, self._choice(key))
        progress = found.column("entry_progress")
        if progress is not None:
            done = _quoted(self.pages.word("progress.done"))
            rule = {
                "type": "formula",
                "criteria": f"=${_LETTERS[progress]}2={done}",
                "format": self.styles.done,
            }
            cells.page.conditional_format(1, 0, last, len(found.table.columns) - 1, rule)

    def _choice(self, key: str) -> dict[str, object]:
        """Progress only from the list; an owner may also be somebody else."""
        if key == "due":
            return {"validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1)}
        hint = {} if key == "progress" else {
            "input_message": self.pages.word("sheet.choose"), "show_error": False,
        }  # fmt: skip
        return {"validate": "list", "source": self.lists.source(key), **hint}


def _quoted(word: str) -> str:
    """A word of ours as text in a formula."""
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
