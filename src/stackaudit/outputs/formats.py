"""The formats an audit can be written in: one module each, loaded when it is asked for.

Each is made of the report alone, so that `stackaudit render` gives the same bytes later. Those
that can be made of the audit without that detour are, for speed.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.outputs.document import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the file suffixes that mean it, where it is made."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    doc: str
    direct: str | None = None
    """The module that makes it of an audit, without a report between."""

    def render(self, report: Report) -> str:
        """The report in this format."""
        text: str = importlib.import_module(self.module).render(report)
        return text


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format(
                "text",
                (".txt",),
                "stackaudit.outputs.terminal.again",
                "for people at a terminal",
                direct="stackaudit.outputs.terminal",
            ),
            Format(
                "json",
                (".json",),
                "stackaudit.outputs.json_again",
                "for programs, and for `stackaudit render`",
                direct="stackaudit.outputs.json_report",
            ),
            Format(
                "sarif",
                (".sarif", ".sarif.json"),
                "stackaudit.outputs.sarif",
                "for code scanning",
            ),
            Format("junit", (".xml",), "stackaudit.outputs.junit", "for the test views of CI"),
            Format("github", (), "stackaudit.outputs.github", "annotations in GitHub Actions"),
            Format(
                "github-summary",
                (),
                "stackaudit.outputs.github_summary",
                "the summary of a step in GitHub Actions",
            ),
            Format("gitlab", (), "stackaudit.outputs.gitlab", "code quality in GitLab"),
            Format("azure", (), "stackaudit.outputs.azure", "issues in Azure Pipelines"),
            Format(
                "markdown",
                (".md", ".markdown"),
                "stackaudit.outputs.markdown_comment",
                "a comment on a pull request",
            ),
            Format("csv", (".csv",), "stackaudit.outputs.csv_report", "for spreadsheets"),
        )
    }
)


class Source:
    """What formats are made of: an audit, or a report that was read; the report is made once."""

    def __init__(self, result: AuditResult | None = None, report: Report | None = None) -> None:
        self._result = result
        self._report = report

    def render(self, format_: Format) -> str:
        """The whole output in a format."""
        if self._result is not None and format_.direct is not None:
            text: str = importlib.import_module(format_.direct).render(self._result)
            return text
        return format_.render(self.report())

    def report(self) -> Report:
        """The report as a typed value."""
        if self._report is None:
            from stackaudit.outputs.json_report import document
            from stackaudit.outputs.report_file import report_of

            if self._result is None:
                raise ValueError("an audit or a report is needed")
            self._report = report_of(document(self._result))
        return self._report
