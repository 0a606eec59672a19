"""The questions as a spreadsheet: choices where words are fixed, grey where nothing is asked."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Final

from stackaudit.errors import Problem, UsageError
from stackaudit.figures.questions import Interview
from stackaudit.outputs.answer_sheet import Sheet, sheet_of
from stackaudit.outputs.asked_words import AskedWords
from stackaudit.rules.asking import FIRST, NOT_ASKED

_WIDTHS: Final = (12, 24, 28, 22)
_ANSWER: Final = 26
_CREATED: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The same for every file: the same questions give the same bytes."""


def render(found: Interview) -> bytes:
    """An XLSX file in which every cell is text, never a formula or a link.

    Raises UsageError if the package that writes it is not installed.
    """
    library = _library()
    content = io.BytesIO()
    text_only = dict.fromkeys(("formulas", "urls", "numbers"), False)
    options = {f"strings_to_{kind}": value for kind, value in text_only.items()}
    book = library.Workbook(content, {"in_memory": True, **options})
    book.set_properties({"created": _CREATED, "title": AskedWords.of(found).text("title")})
    _fill(book, sheet_of(found), AskedWords.of(found).text("sheet"))
    book.close()
    return content.getvalue()


def _library() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        message = "writing XLSX needs one more package"
        hint = "pip install 'stackaudit[xlsx]', or write CSV"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
    return xlsxwriter


def _fill(book: Any, sheet: Sheet, name: str) -> None:
    page = book.add_worksheet(name)
    wrap = {"text_wrap": True, "valign": "top"}
    styles = {
        "head": book.add_format({**wrap, "bold": True, "bottom": 1}),
        "note": book.add_format({**wrap, "italic": True, "font_color": "#555555"}),
        "name": book.add_format({"bg_color": "#F2F2F2", "num_format": "@"}),
        "none": book.add_format({"bg_color": "#D9D9D9", "align": "center", "num_format": "@"}),
        "open": book.add_format({"bg_color": "#FFF9E5", "num_format": "@", "border": 1}),
    }
    for number, line in enumerate(sheet.lines()):
        for column, cell in enumerate(line):
            style = styles[_style(number, column, cell, len(sheet.notes))]
            # write_string and write_blank only: nothing is ever taken for a formula
            if cell:
                page.write_string(number, column, cell, style)
            else:
                page.write_blank(number, column, None, style)
    _lay_out(page, sheet)


def _style(row: int, column: int, cell: str, notes: int) -> str:
    if row == 0:
        return "head"
    if row <= notes:
        return "note"
    if column < len(FIRST):
        return "name"
    return "none" if cell == NOT_ASKED else "open"


def _lay_out(page: Any, sheet: Sheet) -> None:
    """Widths, the part that stays when scrolling, and choices for answers in fixed words."""
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    first, last = 1 + len(sheet.notes), len(sheet.notes) + len(sheet.rows)
    page.freeze_panes(first, len(FIRST) - 1)
    if not sheet.topics or not sheet.rows:
        return
    page.set_column(len(FIRST), len(sheet.header) - 1, _ANSWER)
    for column, topic in enumerate(sheet.topics, len(FIRST)):
        if topic.words:
            choice = {"validate": "list", "source": list(topic.answers), "error_type": "warning"}
            page.data_validation(first, column, last, column, choice)
