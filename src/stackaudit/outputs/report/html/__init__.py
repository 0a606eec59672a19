"""The report as one page: offline, readable without scripts, the same bytes for the same audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stackaudit.figures.report.book import Book
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look


def render(book: Book, language: Language, look: Look) -> bytes:
    """The page in UTF-8.

    Raises UsageError for what is wrong in a template of somebody's own.
    """
    from stackaudit.outputs.report.html.page import page

    return page(book, language, look).encode("utf-8")
