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
    found = list(problems)
    with Page(console) as page:
        for problem in found:
            _write_problem(page, problem)
        if len(found) > 1:
            page.whole((number(len(found), "problem"), "strong"))


def _write_problem(page: Page, problem: Problem) -> None:
    parts: list[Part] = []
    if problem.place:
        parts += [(str(problem.place), "strong"), " "]
    parts += [(problem.code, "gates"), f" {problem.message}"]
    _write_line(page, *parts)
    if problem.hint:
        _write_line(page, ("hint: ", "label"), problem.hint, indent=HINT_INDENT)


def _write_line(page: Page, *parts: Part, indent: int = 0) -> None:
    """Wrapped for a person at a terminal; whole for whatever reads a pipe."""
    if page.console.is_terminal:
        page.write(*parts, indent=indent, hang=HINT_INDENT)
    else:
        page.whole(*parts, indent=indent)


def report_failures(failures: Iterable[Failure], console: Console) -> None:
    """Rules that failed while they ran: a bug each."""
    found = list(failures)
    with Page(console) as page:
        for failure in found:
            _write_line(
                page,
                ("rule-failed", "gates"),
                f" {failure.rule} on {failure.subject}: {failure.error}",
            )
        if found:
            page.write(
                f"{number(len(found), 'failure')} while rules ran: a bug in stackaudit, not in "
                "your files; all other checks were made. Please report it with what is above."
            )
