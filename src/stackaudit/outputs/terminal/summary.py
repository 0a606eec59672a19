"""The figures as a table: categories by severity, what is open, money; then who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.summary import CategoryFigures, Summary
from stackaudit.findings.money import Total
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.table import Column, gap_of, width_of, write_table
from stackaudit.outputs.terminal.words import LEADS, total
from stackaudit.rules.severity import Severity

TOTAL: Final = "total"
INDENT: Final = 2

_WORST_FIRST: Final = tuple(sorted(Severity, reverse=True))


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
    if summary.findings:
        page.blank()
    _write_money(page, summary, result.stack.currency)
    _write_counts(page, "status", _statuses(summary))
    leads = [(word, summary.by_lead[lead]) for lead, word in LEADS.items()]
    _write_counts(page, "lead", [(word, count) for word, count in leads if count])


def _write_figures(page: Page, summary: Summary) -> None:
    lines = [_of_category(each) for each in summary.categories]
    if len(lines) > 1:
        lines.append(_of_all(summary))
    money = not (summary.saves.nothing and summary.at_stake.nothing)
    gates = summary.gating > 0
    gap = gap_of(page)
    widest = _Table(lines, money=money, gates=gates)
    choice = (widest, _Table(lines, money=money, gates=False), _Table(lines))
    fitting = (each for each in choice if each.width(page, gap) + INDENT <= page.width)
    table = next(fitting, choice[-1])
    write_table(page, table.columns, table.rows, indent=INDENT, gap=gap)


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
        TOTAL,
        summary.by_severity,
        summary.gating,
        summary.open,
        summary.saves,
        summary.at_stake,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines, with those columns that there is room for."""

    lines: Sequence[_Line]
    money: bool = False
    gates: bool = False

    def width(self, page: Page, gap: int) -> int:
        return width_of(page, self.columns, self.rows, gap)

    @property
    def columns(self) -> list[Column]:
        columns = [Column("category", least=4)]
        columns += [Column(severity.word, right=True) for severity in _WORST_FIRST]
        if self.gates:
            columns.append(Column("gates", right=True))
        columns.append(Column("open", right=True))
        if self.money:
            columns += [Column("saves", right=True), Column("at stake", right=True)]
        return columns

    @property
    def rows(self) -> list[list[Part]]:
        return [self._row(line) for line in self.lines]

    def _row(self, line: _Line) -> list[Part]:
        name_style = "strong" if line.name == TOTAL else "plain"
        cells: list[Part] = [(line.name, name_style)]
        cells += [_count(line.by_severity[each], of_severity(each)) for each in _WORST_FIRST]
        if self.gates:
            cells.append(_count(line.gating, "gates"))
        cells.append(_count(line.open, name_style))
        if self.money:
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
