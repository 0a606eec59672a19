"""Which sheets the workbook has, and which tables are on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.parts import ChapterId
from stackaudit.outputs.report.tables import deciding, findings, inventory, summary, then
from stackaudit.outputs.report.tables.model import Pages, Table
from stackaudit.outputs.report.workbook.entries import ANSWERS, WORK, Filled, filled, plain

_LIST: Final = 116.0
"""The width in signs of a column with the names of many tools, where there is room for it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table with filters, or several below one another."""

    key: str
    """Of its name: `sheet.<key>`."""
    tables: tuple[Filled, ...]
    cover: bool = False
    """Whether it begins with the title and the verdict."""


def sheets(pages: Pages) -> Iterator[Sheet]:
    """The sheets of the chapters that the book shows, in the order of use.

    Summary, decisions, costs, missing integrations and limits are always there.
    """
    shown = frozenset[ChapterId](pages.book.chapters)
    first = (summary.figures(pages), summary.severities(pages), summary.parts(pages))
    yield Sheet("summary", tuple(map(plain, first)), cover=True)
    if "changes" in shown:
        yield Sheet("changes", (plain(then.figures(pages)), plain(then.entries(pages))))
    if "register" in shown:
        yield Sheet("findings", (filled(findings.register(pages), "subject", WORK, pages),))
    yield Sheet("decisions", (filled(deciding.decisions(pages), "subject", WORK, pages),))
    if "roadmap" in shown:
        yield Sheet("roadmap", (filled(deciding.roadmap(pages), "subject", WORK, pages),))
    if "inventory" in shown:
        yield Sheet("inventory", (plain(inventory.tools(pages)),))
        yield Sheet("flows", (plain(inventory.flows(pages)),))
        yield Sheet("datasets", (plain(_wider(inventory.datasets(pages), "tools")),))
    yield Sheet("costs", (plain(inventory.contracts(pages)),))
    if "questions" in shown:
        yield Sheet("questions", (filled(deciding.questions(pages), "hint", ANSWERS, pages),))
    yield Sheet("missing", (plain(findings.missing(pages)),))
    yield Sheet("limits", (plain(summary.basis(pages)), plain(summary.rules(pages))))


def _wider(table: Table, key: str) -> Table:
    """The table with more room for a list."""
    columns = (replace(e, width=_LIST) if e.key == key else e for e in table.columns)
    return replace(table, columns=tuple(columns))
