"""The roadmap: now, next and later, from what is planned and from what was found."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.decisions import Decision, all_decisions
from stackaudit.figures.report.lookup import tool_items
from stackaudit.figures.report.parts import Item, Owners, Reason, names_of
from stackaudit.findings.money import Total
from stackaudit.inventory.model import RoadmapItem
from stackaudit.inventory.values import Duration
from stackaudit.phrase import word
from stackaudit.rules.finding import Effort, Lead
from stackaudit.rules.severity import Severity

Horizon = Literal["now", "next", "later"]
HORIZONS: Final[tuple[Horizon, ...]] = ("now", "next", "later")
"""Planned items: now: due within three months or before today; next: within twelve months; later:
after that, or without a time. Findings: now: what gates, what is critical, and what is high and a
small effort; next: what else is high, and what is medium and saves money or is a small effort;
later: all others."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do."""

    origin: Literal["planned", "found"]
    """planned: an item of the inventory's roadmap; found: a decision that findings ask for."""
    id: str
    """Of the roadmap item; of a decision, what it is about: `rule:…`, `contract:…`."""
    title: str
    detail: str | None
    """The subject of a decision; the driver of a planned item (growth, cost, risk)."""
    when: str | None
    """As stated: 2027, 2027-H1, 2027-Q1, 2027-03 or a day."""
    owners: Owners
    """Who leads it in the business and in IT: as stated, of findings those of the tools."""
    lead: Lead | None
    effort: Effort | None
    severity: Severity | None
    saves: Total | None
    tools: tuple[Item, ...]
    depends_on: tuple[Item, ...]
    findings: tuple[str, ...]
    """Fingerprints."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The steps by horizon: in each what is planned, by time, then what was found, by weight."""

    now: tuple[Step, ...]
    next: tuple[Step, ...]
    later: tuple[Step, ...]
    empty: Reason | None

    def of(self, horizon: Horizon) -> tuple[Step, ...]:
        """The steps of one horizon."""
        return {"now": self.now, "next": self.next, "later": self.later}[horizon]


_NOW: Final = Duration(3, "mo")
_NEXT: Final = Duration(12, "mo")


def roadmap(result: AuditResult) -> Roadmap:
    """What to do now, next and later."""
    steps: dict[Horizon, list[Step]] = {each: [] for each in HORIZONS}
    for item in sorted(result.stack.roadmap.values(), key=_time):
        steps[_due(item, result.as_of)].append(_planned(result, item))
    for each in all_decisions(result):
        steps[_urgency(each)].append(_found(each))
    anything = any(steps.values())
    return Roadmap(
        now=tuple(steps["now"]),
        next=tuple(steps["next"]),
        later=tuple(steps["later"]),
        empty=None if anything else "nothing-to-plan" if result.stack.tools else "no-tools",
    )


def span(when: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a time of a roadmap: 2027, 2027-H1, 2027-Q1, 2027-03, a day."""
    year, rest = int(when[:4]), when[5:]
    if len(rest) == len("03-31"):
        day = dt.date.fromisoformat(when)
        return day, day
    if not rest:
        return _months(year, 1, 12)
    if rest.startswith(("H", "Q")):
        length = 6 if rest[0] == "H" else 3
        return _months(year, (int(rest[1]) - 1) * length + 1, length)
    return _months(year, int(rest), 1)


def _months(year: int, first: int, length: int) -> tuple[dt.date, dt.date]:
    last = first + length - 1
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _time(item: RoadmapItem) -> tuple[bool, dt.date, dt.date, str]:
    """The soonest end first; without a time last."""
    start, end = span(item.when) if item.when else (dt.date.max, dt.date.max)
    return (item.when is None, end, start, item.id)


def _due(item: RoadmapItem, today: dt.date) -> Horizon:
    if item.when is None:
        return "later"
    start, end = span(item.when)
    if end <= _NOW.after(today):
        return "now"
    return "next" if start <= _NEXT.after(today) else "later"


def _urgency(decision: Decision) -> Horizon:
    small = decision.effort == "small"
    severity = decision.severity
    if decision.gates or severity == Severity.CRITICAL or (severity == Severity.HIGH and small):
        return "now"
    worthwhile = small or decision.saves.amount > 0
    if severity == Severity.HIGH or (severity == Severity.MEDIUM and worthwhile):
        return "next"
    return "later"


def _driver(result: AuditResult, stated: str | None) -> str | None:
    """Why it is planned; the words that most people use are those of the report's language."""
    if stated is None or stated == "none":
        return None
    return result.world.wording.shown(word("driver", stated))


def _planned(result: AuditResult, item: RoadmapItem) -> Step:
    items = result.stack.roadmap
    needed = ((each, items[each].title or each) for each in item.depends_on or () if each in items)
    return Step(
        origin="planned",
        id=item.id,
        title=item.title or item.id,
        detail=_driver(result, item.driver),
        when=item.when,
        owners=Owners(names_of((item.business,)), names_of((item.technical,))),
        lead=None,
        effort=None,
        severity=None,
        saves=None,
        tools=tool_items(result.world, item.tools or ()),
        depends_on=tuple(Item(*each) for each in needed),
        findings=(),
    )


def _found(decision: Decision) -> Step:
    return Step(
        origin="found",
        id=f"{decision.about}:{decision.subject.id}",
        title=decision.title,
        detail=None if decision.about == "rule" else decision.subject.name,
        when=None,
        owners=decision.owners,
        lead=decision.lead,
        effort=decision.effort,
        severity=decision.severity,
        saves=decision.saves,
        tools=decision.tools,
        depends_on=(),
        findings=decision.findings,
    )
