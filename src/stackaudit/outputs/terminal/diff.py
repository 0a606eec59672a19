"""The difference of two stacks for a person at a terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from rich.console import Console

from stackaudit.figures.diff.difference import Difference, FindingChange
from stackaudit.figures.diff.entries import EntryChange
from stackaudit.figures.diff.words import (
    HEADS,
    cost_row,
    lines,
    missing_side,
    money_words,
    named,
    outline,
    title,
)
from stackaudit.outputs.terminal.console import HEIGHT, PIPE_WIDTH
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.table import Column, gap_of, write_table

_INDENT: Final = 2
_HANG: Final = 9
_BELOW: Final = _INDENT + _HANG


def report_diff(found: Difference, console: Console) -> None:
    """Print what is different: entries by section, money, findings."""
    with Page(console) as page:
        page.write((title(found), "strong"))
        page.write(outline(found))
        if (words := missing_side(found)) is not None:
            page.write(words)
        for section, head in HEADS.items():
            if entries := found.sections[section]:
                page.blank()
                page.write((head, "strong"))
                for each in entries:
                    _write_entry(page, section, each)
        _write_money(page, found)
        _write_findings(page, found)


def render(found: Difference, *, width: int = PIPE_WIDTH) -> str:
    """The same as plain text, for a file."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        height=HEIGHT,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    report_diff(found, console)
    return file.getvalue()


def _write_entry(page: Page, section: str, entry: EntryChange) -> None:
    page.write(
        (named(section, entry), "strong"), indent=_INDENT, lead=(entry.kind, "label"), hang=_HANG
    )
    if entry.widened:
        page.write("; ".join(entry.widened), indent=_BELOW, lead=("wider  ", "gates"))
    if entry.narrowed:
        page.write("; ".join(entry.narrowed), indent=_BELOW, lead=("less   ", "label"))
    for words in lines(section, entry):
        page.write(words, indent=_BELOW, hang=2)


def _write_money(page: Page, found: Difference) -> None:
    words = money_words(found.money)
    if words is None:
        return
    page.blank()
    page.write(("Cost", "strong"), f"  {words}")
    columns = [
        Column("contract", least=8),
        Column("before", right=True),
        Column("after", right=True),
        Column("difference", right=True),
    ]
    rows = [cost_row(each, found.money) for each in found.money.contracts]
    if rows:
        write_table(page, columns, rows, indent=_INDENT, gap=gap_of(page))


def _write_findings(page: Page, found: Difference) -> None:
    findings = found.findings
    page.blank()
    page.write(("Findings", "strong"), f"  {findings.same:,} as before")
    _write_changes(page, "new", findings.new)
    _write_changes(page, "worse", findings.worse)
    _write_changes(page, "open", findings.open)
    _write_changes(page, "cleared", findings.cleared)


def _write_changes(page: Page, word: str, findings: Sequence[FindingChange]) -> None:
    for each in findings:
        was = f", was {each.was.word}" if word == "worse" and each.was else ""
        page.write(
            (each.severity.word, of_severity(each.severity)),
            f"{was} ",
            (each.rule, "label"),
            f"  {_said(word, each)}",
            indent=_INDENT,
            lead=(word, "label"),
            hang=_HANG,
        )


def _said(word: str, finding: FindingChange) -> str:
    if word == "open":
        return f"{finding.label}: found before; now not stated: {', '.join(finding.missing)}"
    return finding.message
