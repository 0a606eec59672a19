"""What could not be decided, and the few facts that would decide the most."""

from __future__ import annotations

from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.figures.summary import Summary
from stackaudit.figures.unknowns import UsefulUnknown, most_useful
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.table import Column, gap_of, width_of, write_table
from stackaudit.outputs.terminal.words import asked, named, number, where

INDENT: Final = 4


def write_open(page: Page, result: AuditResult, summary: Summary) -> None:
    """How many checks wait, in which categories, for which facts first."""
    if not result.open:
        return
    page.blank()
    share = int(summary.completeness * 100)
    page.write(
        f"{number(summary.open, 'check')} of {result.verdict.checks:,} "
        f"{'waits' if summary.open == 1 else 'wait'} for facts nobody stated; "
        f"{share} % of what rules ask of the tools in use is stated",
        lead=("Open  ", "strong"),
    )
    counts: list[list[Part]] = [
        [f"{each.category} {each.open:,}"] for each in summary.categories if each.open
    ]
    page.flow(counts, indent=2)
    _write_useful(page, most_useful(result))
    command = f"stackaudit questions {named(result.stack.origins.main_file)}"
    purpose = "  whom to ask, as a sheet to fill in"
    page.write((command, "type"), (purpose, "label"), indent=2, hang=2)


def _write_useful(page: Page, useful: tuple[UsefulUnknown, ...]) -> None:
    if not useful:
        return
    page.write(("Most useful to state next", "label"), indent=2)
    rows = [_row(each) for each in useful]
    columns = [Column(least=12), Column(), Column(), Column(least=12)]
    gap = gap_of(page)
    if width_of(page, columns, rows, gap) + INDENT > page.width:
        columns, rows = columns[:3], [row[:3] for row in rows]
    write_table(page, columns, rows, indent=INDENT, gap=gap)


def _row(each: UsefulUnknown) -> list[Part]:
    return [
        asked(each.missing),
        number(len(each.rules), "rule"),
        (f"up to {each.worst.word}", of_severity(each.worst)),
        (where(each.place), "faint"),
    ]
