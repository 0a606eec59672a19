"""The audit for a person at a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from stackaudit.audit import AuditResult
from stackaudit.figures.groups import grouped, left_out
from stackaudit.figures.summary import summarize
from stackaudit.outputs.terminal.console import HEIGHT, PIPE_WIDTH
from stackaudit.outputs.terminal.findings import FindingsView
from stackaudit.outputs.terminal.next import write_next
from stackaudit.outputs.terminal.open import write_open
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.records import write_fixed, write_notes, write_settled
from stackaudit.outputs.terminal.summary import write_summary
from stackaudit.outputs.terminal.verdict import write_failures, write_stack, write_verdict
from stackaudit.outputs.terminal.words import number
from stackaudit.rules.severity import Severity


def report_audit(
    result: AuditResult,
    console: Console,
    *,
    show_all: bool = False,
    min_severity: Severity | None = None,
) -> None:
    """Print the report: verdict, figures, findings by rule, what is open, what to do next.

    `show_all` lists every finding where otherwise only the worst of each rule are listed;
    `min_severity` leaves out what is less severe, but never what gates.
    """
    summary, listable = summarize(result), grouped(result, min_severity)
    less = not show_all and any(each.settled for each in result.findings)
    groups = grouped(result, min_severity, settled=False) if less else listable
    with Page(console) as page:
        write_verdict(page, result)
        write_stack(page, result, summary)
        write_failures(page, result)
        write_notes(page, result)
        write_summary(page, result, summary)
        view = FindingsView(page, result, show_all)
        for group in groups:
            page.blank()
            view.write(group)
        write_settled(page, listable, groups)
        _write_left_out(page, left_out(result, listable), min_severity)
        if show_all:
            write_fixed(page, result)
        write_open(page, result, summary)
        write_next(page, result, groups, show_all=show_all)


def render(
    result: AuditResult,
    *,
    width: int = PIPE_WIDTH,
    show_all: bool = True,
    min_severity: Severity | None = None,
) -> str:
    """The report as plain text, for a file: every finding, the same whatever the terminal."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        height=HEIGHT,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    report_audit(result, console, show_all=show_all, min_severity=min_severity)
    return file.getvalue()


def _write_left_out(page: Page, count: int, min_severity: Severity | None) -> None:
    if count and min_severity:
        page.blank()
        page.write(
            f"{number(count, 'finding')} below {min_severity.word} "
            f"{'is' if count == 1 else 'are'} counted above and not listed"
        )
