"""Problems and failures: one line each that a person, an editor and `grep` can use."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from stackaudit.errors import Problem
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.words import number
from stackaudit.rules.finding import Failure

HINT_INDENT = 4


def report_problems(problems: Iterable[Problem], console: Console) -> None:
    """`file:line:col code message`, below it the hint; at the end their number."""
    page, found = Page(console), list(problems)
    for problem in found:
        _write_problem(page, problem)
    if len(found) > 1:
        page.whole((number(len(found), "problem"), "strong"))


def _write_problem(page: Page, problem: Problem) -> None:
    parts: list[Part] = []
    if problem.place:
        parts += [(str(problem.place), "strong"), " "]
    parts += [(problem.code, "gates"), f" {problem.message}"]
    hint: list[Part] = [("hint: ", "label"), problem.hint or ""]
    if not page.console.is_terminal:
        page.whole(*parts)
        if problem.hint:
            page.whole(*hint, indent=HINT_INDENT)
        return
    page.write(*parts, hang=HINT_INDENT)
    if problem.hint:
        page.write(problem.hint, indent=HINT_INDENT, lead=hint[0])


def report_failures(failures: Iterable[Failure], console: Console) -> None:
    """Rules that failed while they ran: a bug each."""
    page, found = Page(console), list(failures)
    for failure in found:
        page.write(
            ("rule-failed", "gates"),
            f" {failure.rule} on {failure.subject}: {failure.error}",
            hang=HINT_INDENT,
        )
    if found:
        page.write(
            f"{number(len(found), 'failure')} while rules ran: a bug in stackaudit, not in your "
            "files; the other rules were run. Please report it with the lines above."
        )
