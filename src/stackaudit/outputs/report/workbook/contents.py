"""Which sheets the workbook has, and which tables are on them."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.parts import ChapterId
from stackaudit.outputs.report.tables import deciding, findings, inventory, summary
from stackaudit.outputs.report.tables.model import Pages
from stackaudit.outputs.report.workbook.entries import ANSWERS, WORK, Filled, filled, plain


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
    if "register" in shown:
        yield Sheet("findings", (filled(findings.register(pages), "subject", WORK, pages),))
    yield Sheet("decisions", (filled(deciding.decisions(pages), "subject", WORK, pages),))
    if "roadmap" in shown:
        yield Sheet("roadmap", (filled(deciding.roadmap(pages), "subject", WORK, pages),))
    if "inventory" in shown:
        yield Sheet("inventory", (plain(inventory.tools(pages)),))
        yield Sheet("flows", (plain(inventory.flows(pages)),))
        yield Sheet("datasets", (plain(inventory.datasets(pages)),))
    yield Sheet("costs", (plain(inventory.contracts(pages)),))
    if "questions" in shown:
        yield Sheet("questions", (filled(deciding.questions(pages), "hint", ANSWERS, pages),))
    yield Sheet("missing", (plain(findings.missing(pages)),))
    yield Sheet("limits", (plain(summary.basis(pages)), plain(summary.rules(pages))))
