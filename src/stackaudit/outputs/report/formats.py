"""The formats of the report: one module each, loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, UsageError
from stackaudit.outputs.naming import files_in

if TYPE_CHECKING:
    from stackaudit.figures.report.book import Book
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format: its name, the file suffixes that mean it, where it is made, what it needs."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    """Has `render(book, language, look) -> bytes`."""
    doc: str
    needs: tuple[str, ...] = ()
    """The packages that it imports, beside those that stackaudit always has."""
    extra: str | None = None
    """The extra of stackaudit that brings them."""

    def render(self, book: Book, language: Language, look: Look) -> bytes:
        """The report in this format; raises UsageError where an extra is missing."""
        self.check()
        made: bytes = importlib.import_module(self.module).render(book, language, look)
        return made

    def check(self) -> None:
        """Raises UsageError if a package is missing, with the command that installs it."""
        for name in self.needs:
            try:
                importlib.import_module(name)
            except ImportError:
                message = f"a report as {self.name} needs one more package"
                hint = f"pip install 'stackaudit[{self.extra}]'; 'stackaudit[report]' has all"
                raise UsageError(Problem("missing-extra", message, None, hint)) from None


FORMATS: Final[Mapping[str, ReportFormat]] = MappingProxyType(
    {
        each.name: each
        for each in (
            ReportFormat(
                "html",
                (".html", ".htm"),
                "stackaudit.outputs.report.html",
                "one page for the screen, offline",
                ("jinja2", "babel"),
                "html",
            ),
            ReportFormat(
                "xlsx",
                (".xlsx",),
                "stackaudit.outputs.report.workbook",
                "a workbook with the findings as a register to work with",
                ("xlsxwriter", "babel"),
                "xlsx",
            ),
            ReportFormat(
                "pptx",
                (".pptx",),
                "stackaudit.outputs.report.slides",
                "ten slides, with cards for the discussion",
                ("pptx", "babel"),
                "pptx",
            ),
            ReportFormat(
                "pdf",
                (".pdf",),
                "stackaudit.outputs.report.pdf",
                "pages to print and to hand out, readable by screen readers",
                ("typst", "babel"),
                "pdf",
            ),
            ReportFormat(
                "md",
                (".md", ".markdown"),
                "stackaudit.outputs.report.markdown",
                "one page of Markdown for a wiki",
                ("babel",),
                "report",
            ),
        )
    }
)


def report_targets(given: Sequence[str]) -> tuple[tuple[ReportFormat, Path], ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    return files_in(FORMATS, given, "html:report.txt")
