"""The figures as a table: categories by severity, what is open, money; then who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackaudit.audit import AuditResult
from stackaudit.figures.summary import CategoryFigures, Summary
from stackaudit.findings.money import Total
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.table import Column, width_of, write_table
from stackaudit.outputs.terminal.words import LEADS, total
from stackaudit.rules.severity import Severity

_WORST_FIRST = tuple(sorted(Severity, reverse=True))


@dataclass(frozen=True, slots=True)
class _Line:
    """The figures of one row."""

    name: str
    by_severity: Mapping[Severity, int]
    gating: int
    open: int
    saves: Total
    at_stake: Total


def write_summary(page: Page, result: AuditResult, summary: Summary) -> None:
    """The table, its notes, and the counts by status and lead."""
    if not summary.categories:
        return
    page.blank()
    _write_figures(page, summary)
    page.blank()
    _write_money(page, summary, result.stack.currency)
    _write_counts(page, "status", _statuses(summary))
    _write_counts(page, "lead", [(LEADS[lead], summary.by_lead[lead]) for lead in LEADS
                                 if lead in summary.by_lead])  # fmt: skip


def _write_figures(page: Page, summary: Summary) -> None:
    lines = [_of_category(each) for each in summary.categories]
    if len(lines) > 1:
        lines.append(_of_all(summary))
    for money, gates in ((True, True), (True, False), (False, False)):
        shown_gates = gates and summary.gating > 0
        columns = _columns(money=money, gates=shown_gates)
        rows = [_row(each, money=money, gates=shown_gates) for each in lines]
        if width_of(page, columns, rows) + 2 <= page.width:
            break
    else:
        columns[0] = Column("category", least=4)
    write_table(page, columns, rows, gap=2 if page.width >= 60 else 1)


def _of_category(figures: CategoryFigures) -> _Line:
    return _Line(
        figures.category,
        figures.by_severity,
        figures.gating,
        figures.open,
        figures.saves,
        figures.at_stake,
    )


def _of_all(summary: Summary) -> _Line:
    return _Line(
        "total",
        summary.by_severity,
        summary.gating,
        summary.open,
        summary.saves,
        summary.at_stake,
    )


def _columns(*, money: bool, gates: bool) -> list[Column]:
    columns = [Column("category")]
    columns += [Column(severity.word, right=True) for severity in _WORST_FIRST]
    if gates:
        columns.append(Column("gates", right=True))
    columns.append(Column("open", right=True))
    if money:
        columns += [Column("saves", right=True), Column("at stake", right=True)]
    return columns


def _row(line: _Line, *, money: bool, gates: bool) -> Sequence[Part]:
    whole = line.name == "total"
    cells: list[Part] = [(line.name, "strong" if whole else "plain")]
    cells += [_count(line.by_severity[each], of_severity(each)) for each in _WORST_FIRST]
    if gates:
        cells.append(_count(line.gating, "gates"))
    cells.append(_count(line.open, "strong" if whole else "plain"))
    if money:
        cells += [_amount(line.saves), _amount(line.at_stake)]
    return cells


def _count(count: int, style: str) -> Part:
    return (f"{count:,}", style) if count else ("·", "faint")


def _amount(sum_: Total) -> Part:
    if sum_.nothing:
        return ("·", "faint")
    if not sum_.amount:
        return "?"
    return f"{'≥ ' if sum_.at_least else ''}{sum_.amount:,.0f}"


def _write_money(page: Page, summary: Summary, currency: str | None) -> None:
    parts: list[list[Part]] = []
    if not summary.saves.nothing:
        parts.append([("saves ", "label"), f"{total(summary.saves, currency)} a year"])
    if not summary.at_stake.nothing:
        parts.append([("at stake ", "label"), f"{total(summary.at_stake, currency)} a year"])
    if parts:
        page.flow(parts, indent=2)


def _statuses(summary: Summary) -> list[tuple[str, int]]:
    order = ("new", "worse", "known", "waived")
    found = [(each, summary.by_status[each]) for each in order if summary.by_status.get(each)]
    return [] if [name for name, _ in found] == ["new"] else found


def _write_counts(page: Page, name: str, counts: Sequence[tuple[str, int]]) -> None:
    if counts:
        parts: list[list[Part]] = [[f"{word} {count:,}"] for word, count in counts]
        page.flow(parts, indent=2, lead=[(f"{name} ", "label")])
