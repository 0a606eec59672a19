"""The whole report as values: what HTML, PDF, slides, workbook and Markdown are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.changes import Changes, changes
from stackaudit.figures.report.decisions import Decisions, decisions
from stackaudit.figures.report.exposure import Exposure, exposure
from stackaudit.figures.report.inventory import Inventory, inventory
from stackaudit.figures.report.kpis import Kpis, kpis
from stackaudit.figures.report.lanes import Lanes, lanes
from stackaudit.figures.report.limits import Limits, limits
from stackaudit.figures.report.lineage import Lineage, lineage
from stackaudit.figures.report.matrix import Matrix, matrix
from stackaudit.figures.report.overlap import Overlap, overlap
from stackaudit.figures.report.parts import CHAPTERS, Audience, ChapterId, Reason
from stackaudit.figures.report.quadrant import Quadrant, quadrant
from stackaudit.figures.report.questions import Questions, questions
from stackaudit.figures.report.register import Register, register
from stackaudit.figures.report.renewals import Renewals, renewals
from stackaudit.figures.report.roadmap import Roadmap, roadmap
from stackaudit.figures.report.silos import Silos, silos
from stackaudit.figures.report.spend import Spend, spend

_LEFT_OUT: Final[Mapping[Audience, frozenset[ChapterId]]] = {
    "executive": frozenset(
        ("matrix", "silos", "lineage", "register", "questions", "inventory", "overlap")
    ),
    "technical": frozenset(("spend", "quadrant")),
    "workshop": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Book:
    """All chapters. Every one is always there; `chapters` says which the audience is shown."""

    organization: str | None
    currency: str | None
    """ISO 4217, of every amount; None if the inventory does not say."""
    as_of: dt.date
    audience: Audience
    chapters: tuple[ChapterId, ...]
    """Those to show, in order; `changes` only where there is an older audit."""
    proofs: bool
    """Whether findings are shown with evidence, path and place."""
    kpis: Kpis
    changes: Changes
    decisions: Decisions
    lanes: Lanes
    matrix: Matrix
    silos: Silos
    lineage: Lineage
    overlap: Overlap
    spend: Spend
    quadrant: Quadrant
    renewals: Renewals
    exposure: Exposure
    roadmap: Roadmap
    register: Register
    questions: Questions
    inventory: Inventory
    limits: Limits

    def empty(self, chapter: ChapterId) -> Reason | None:
        """Why a chapter has nothing to show; None if it has."""
        reason: Reason | None = getattr(self, chapter).empty
        return reason


def book(
    result: AuditResult,
    *,
    audience: Audience = "workshop",
    compare: AuditResult | None = None,
    since: dt.date | None = None,
) -> Book:
    """Compute every chapter of the report of an audit.

    `compare` is the audit of an older state (by the same rules, on the same day, for a fair
    comparison), `since` the day that the state is of, if that is known.
    """
    shown = lanes(result)
    return Book(
        organization=result.stack.organization,
        currency=result.stack.currency,
        as_of=result.as_of,
        audience=audience,
        chapters=_shown(audience, compared=compare is not None),
        proofs=audience != "executive",
        kpis=kpis(result),
        changes=changes(result, compare, since),
        decisions=decisions(result),
        lanes=shown,
        matrix=matrix(result, shown),
        silos=silos(result),
        lineage=lineage(result),
        overlap=overlap(result),
        spend=spend(result),
        quadrant=quadrant(result),
        renewals=renewals(result),
        exposure=exposure(result),
        roadmap=roadmap(result),
        register=register(result),
        questions=questions(result),
        inventory=inventory(result),
        limits=limits(result),
    )


def _shown(audience: Audience, *, compared: bool) -> tuple[ChapterId, ...]:
    hidden = _LEFT_OUT[audience] | (frozenset() if compared else frozenset(("changes",)))
    return tuple(each for each in CHAPTERS if each not in hidden)
