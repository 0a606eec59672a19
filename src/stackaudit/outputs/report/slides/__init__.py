"""The report as slides: ten whose headlines are the findings, and cards for the discussion.

Everything on them is native: tables, charts, shapes, and connectors that stay at the shapes they
join. The notes of each slide say how its figures were made, and have in full what was cut.
"""

from __future__ import annotations

from stackaudit.errors import Problem, UsageError
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look


def render(book: Book, language: Language, look: Look) -> bytes:
    """The slides as a PPTX file; raises UsageError if the package that writes it is missing."""
    _check()
    from stackaudit.outputs.report.slides.build import built

    return built(book, language, look)


def _check() -> None:
    try:
        import pptx  # noqa: F401
    except ImportError:
        message = "a report as pptx needs one more package"
        hint = "pip install 'stackaudit[pptx]'; 'stackaudit[report]' has all"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
