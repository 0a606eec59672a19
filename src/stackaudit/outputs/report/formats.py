"""The formats of the report: one module each, loaded when it is asked for."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from stackaudit.errors import Problem, UsageError, did_you_mean

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


@dataclass(frozen=True, slots=True)
class ReportTarget:
    """A file to write, and in which format."""

    format: ReportFormat
    path: Path


def report_targets(given: Sequence[str]) -> tuple[ReportTarget, ...]:
    """The files of every `-o`: `FORMAT:FILE`, or a file whose suffix says the format.

    Raises UsageError where one names no format, or two name one file.
    """
    targets = tuple(_target(text) for text in given)
    names = [os.path.normcase(os.path.realpath(each.path)) for each in targets]
    for number, target in enumerate(targets):
        if names[number] in names[:number]:
            message = f"-o {target.path} is named twice"
            raise UsageError(Problem("same-file", message, None, "name another file"))
    return targets


def _target(text: str) -> ReportTarget:
    name, colon, rest = text.partition(":")
    if colon and rest and name in FORMATS:
        return ReportTarget(FORMATS[name], Path(rest))
    if colon and re.fullmatch("[a-z][a-z-]+", name):  # one letter is a drive
        hint = did_you_mean(name, FORMATS, f"the formats are {', '.join(FORMATS)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    path = Path(text)
    for each in FORMATS.values():
        if path.suffix.lower() in each.suffixes:
            return ReportTarget(each, path)
    known = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    hint = f"use one of {known}, or write FORMAT:FILE as in html:report.txt"
    message = f"the suffix of `{path.name}` says no format"
    raise UsageError(Problem("unknown-format", message, None, hint))
