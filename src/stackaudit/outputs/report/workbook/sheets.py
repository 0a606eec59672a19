"""How the sheets are written: heads, filters, drop-down lists, colors, pages to print."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.report.tables.model import Column, Pages
from stackaudit.outputs.report.workbook.cells import Cells
from stackaudit.outputs.report.workbook.contents import Sheet
from stackaudit.outputs.report.workbook.entries import Filled, SheetCell
from stackaudit.outputs.report.workbook.heights import BOLD, head_height, height, is_cut, wrapped
from stackaudit.outputs.report.workbook.lists import FIRST_ROW, Choices
from stackaudit.outputs.report.workbook.paper import Paper
from stackaudit.outputs.report.workbook.styles import Styles
from stackaudit.outputs.report.workbook.widths import below_one_another, is_spread, with_heads

if TYPE_CHECKING:
    from stackaudit.outputs.report.look import Look

_LETTERS: Final = string.ascii_uppercase
"""Of columns; those to fill in are among the first."""
_HEADING: Final = 24.0
"""Points."""
_TITLE: Final = 2.0
"""So much wider than others are the letters of the title."""
_CHOICE: Final = 34.0
"""Signs in width."""
_AT_REST: Final = 76.0
"""Signs in width that stay where they are while the rest of a table is moved."""
_EVERYWHERE: Final = "A1:XFD1048576"
_RIGHT: Final = ("number", "money", "share", "day")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes sheets into one workbook."""

    workbook: Any
    styles: Styles
    pages: Pages
    look: Look
    lists: Choices

    @property
    def paper(self) -> Paper:
        """How the sheets are printed."""
        return Paper(self.pages, self.look.confidentiality)

    def write(self, sheet: Sheet) -> None:
        """One sheet: a table that can be filtered, or several below one another."""
        cells = self._page(sheet.key)
        if len(sheet.tables) > 1:
            self._several(cells, sheet)
            return
        found = with_heads(sheet.tables[0])
        self._widths(cells, found)
        self._table(cells, 0, found, filtered=True)
        cells.page.freeze_panes(1, _frozen(found))
        self.paper.shown(cells.page, sheet.key, found)
        if found.rows:
            self._to_fill_in(cells, found)

    def write_lists(self) -> None:
        """The choices of the drop-down lists."""
        cells, lists = self._page("lists"), self.lists
        cells.page.set_column(0, 1, _CHOICE)
        cells.page.freeze_panes(FIRST_ROW - 1, 0)
        self.paper.head(cells.page, FIRST_ROW - 2)
        cells.text(0, 0, self.pages.word("sheet.lists_note"), self.styles.note)
        for column, (key, words) in enumerate(
            (("progress", lists.progress), ("owner", lists.owners))
        ):
            cells.text(FIRST_ROW - 2, column, self.pages.word(f"column.{key}"), self.styles.head)
            for row, each in enumerate(words, FIRST_ROW - 1):
                cells.text(row, column, each, self.styles.text)
                cells.page.set_row(row, height((each,), (Column(key, "", "text", _CHOICE),)))

    # -- pages

    def _page(self, key: str) -> Cells:
        name = self.pages.word(f"sheet.{key}")
        page = self.workbook.add_worksheet(name)
        page.hide_gridlines(2)
        page.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        self.paper.set_up(page, key)
        return Cells(page, self.styles, self.pages.language)

    def _several(self, cells: Cells, sheet: Sheet) -> None:
        """Several tables below one another; the last, which is the longest, can be filtered."""
        tables = below_one_another([with_heads(each) for each in sheet.tables])
        largest = max(tables, key=lambda each: len(each.table.columns))
        row = self._cover(cells, largest.table.columns) if sheet.cover else 0
        self._widths(cells, largest)
        for found in tables:
            cells.text(row, 0, found.table.title, self.styles.heading)
            cells.page.set_row(row, _HEADING)
            below = self._table(cells, row + 1, found, filtered=found is tables[-1])
            self._spread(cells, row + 2, found, largest.table.columns)
            row = below + 1

    def _spread(self, cells: Cells, top: int, found: Filled, widest: Sequence[Column]) -> None:
        """Sentences in the last column of a narrower table reach to the end of the widest."""
        own, end = found.table.columns, len(widest) - 1
        last = len(own) - 1
        if last >= end or not is_spread(own):
            return
        room = sum(each.width for each in widest[last:])
        columns = (*own[:last], replace(own[last], width=room))
        for row, line in enumerate(found.rows, top):
            said = line[last]
            if isinstance(said, str):
                cells.across(row, last, end, said)
                cells.page.set_row(row, height(line, columns))

    def _cover(self, cells: Cells, columns: Sequence[Column]) -> int:
        """What was audited, for whom, and the verdict; the row below it."""
        look, word = self.look, self.pages.word
        whole = sum(each.width for each in columns)
        title = look.title or word("report.title")
        cells.across(0, 0, len(columns) - 1, title, self.styles.title)
        cells.page.set_row(0, 30 * wrapped(title, whole / _TITLE))
        author = look.author and f"{word('report.prepared_by')} {look.author}"
        row = 1
        anonymous = word("report.anonymized") if look.anonymous else None
        for each in (self._subtitle(), author, look.confidentiality, anonymous):
            if each:
                cells.across(row, 0, len(columns) - 1, each, self.styles.subtitle)
                cells.page.set_row(row, 18 * wrapped(each, whole / BOLD))
                row += 1
        verdict = self.pages.book.kpis.verdict
        said = self.pages.language.outcome(verdict.outcome, verdict.gating)
        cells.text(row + 1, 0, said, self.styles.heading)
        cells.page.set_row(row + 1, _HEADING)
        cells.across(row + 2, 0, len(columns) - 1, self._decided(), self.styles.subtitle)
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

    # -- tables

    def _widths(self, cells: Cells, found: Filled) -> None:
        for number, column in enumerate(found.table.columns):
            cells.page.set_column(number, number, column.width)

    def _table(self, cells: Cells, top: int, found: Filled, *, filtered: bool) -> int:
        """A table whose head is at `top`; the row below it."""
        self._head(cells, top, found, filtered=filtered)
        if not found.rows:
            cells.text(top + 1, 0, found.table.empty or "", self.styles.note)
            cells.page.set_row(top + 1, _HEADING)
            return top + 2
        for row, line in enumerate(found.rows, top + 1):
            cells.page.set_row(row, height(line, found.table.columns))
            for number, (each, column) in enumerate(zip(line, found.table.columns, strict=True)):
                cells.write(row, number, each, self._style(each, column))
        last = top + len(found.rows)
        for number, column in enumerate(found.table.columns):
            if column.kind == "severity":
                self._color(cells, top + 1, last, number)
        return last + 1

    def _head(self, cells: Cells, top: int, found: Filled, *, filtered: bool) -> None:
        columns, styles = found.table.columns, self.styles
        filtered = filtered and bool(found.rows)
        for number, column in enumerate(columns):
            right = column.kind in _RIGHT and not column.key.startswith("entry_")
            figures = styles.head_filtered if filtered else styles.head_right
            cells.text(top, number, column.title, figures if right else styles.head)
        cells.page.set_row(top, head_height(columns))
        if filtered:
            cells.page.autofilter(top, 0, top + len(found.rows), len(columns) - 1)
            self.paper.head(cells.page, top)

    def _style(self, cell: SheetCell, column: Column) -> Any:
        """How text looks: from its top where it is cut, on the right among figures."""
        if column.kind in _RIGHT:
            return self.styles.text_right
        return self.styles.text_top if is_cut(cell, column) else self.styles.text

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


def _frozen(found: Filled) -> int:
    """The columns that say what a row is about, as many as leave room for the others."""
    before = [each.key for each in found.table.columns].index
    entries = [each.key for each in found.table.columns if each.key.startswith("entry_")]
    first = before(entries[0]) if entries else 1
    widths = accumulate(each.width for each in found.table.columns[:first])
    return max(1, sum(whole <= _AT_REST for whole in widths))


def _quoted(word: str) -> str:
    """A word of ours as text in a formula."""
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
