"""The report as XLSX: sheets of tables, in which nothing is a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

from stackaudit.errors import Problem, UsageError
from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.tables.model import Pages
from stackaudit.outputs.report.workbook.contents import sheets
from stackaudit.outputs.report.workbook.lists import choices
from stackaudit.outputs.report.workbook.sheets import Writer
from stackaudit.outputs.report.workbook.styles import styles

if TYPE_CHECKING:
    from stackaudit.figures.report.book import Book
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look

_TEXT_ONLY: Final = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}


def render(book: Book, language: Language, look: Look) -> bytes:
    """The workbook: the same bytes for the same book, language and look.

    Raises UsageError if the package that writes it is not installed.
    """
    content = io.BytesIO()
    pages = Pages.of(book, language)
    workbook = _library().Workbook(content, {"in_memory": True, **_TEXT_ONLY})
    workbook.set_properties(_properties(pages, look))
    lists = choices(pages)
    writer = Writer(workbook, styles(workbook, language, book.currency, look), pages, look, lists)
    for each in sheets(pages):
        writer.write(each)
    writer.write_lists()
    workbook.close()
    return content.getvalue()


def _library() -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        message = "a report as xlsx needs one more package"
        hint = "pip install 'stackaudit[xlsx]'; 'stackaudit[report]' has all"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
    return xlsxwriter


def _properties(pages: Pages, look: Look) -> dict[str, object]:
    """What a file manager shows; made at midnight of the day of the audit, on every machine."""
    book = pages.book
    shown = {
        "title": look.title or pages.word("report.title"),
        "author": look.author,
        "company": look.client or book.organization,
        "category": look.confidentiality,
    }
    made = dt.datetime.combine(max(book.as_of, dt.date(1980, 1, 1)), dt.time())
    texts = {key: sheet_cells.cell(text) for key, text in shown.items() if text}
    return {"created": made, **texts}
