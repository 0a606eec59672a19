"""What changed since an older audit, such as that of the last workshop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.diff.difference import Difference, FindingChange, State, difference
from stackaudit.figures.diff.entries import EntryChange, Kind
from stackaudit.figures.report.kpis import KpiId, Unit, kpis
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.findings.base import Base
from stackaudit.findings.comparison import OpenInstead, fixed, reopened
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One of the five figures, then and now."""

    id: KpiId
    unit: Unit
    before: float | None
    after: float | None
    comparable: bool
    """Whether both are known, and money is in one currency."""


@dataclass(frozen=True, slots=True)
class FindingThen:
    """A finding, as far as a list of changes tells it."""

    fingerprint: str
    rule: str
    severity: Severity
    was: Severity | None
    """The severity before, where it got worse."""
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Then and now."""

    since: dt.date | None
    """The day of the older state; None if it is not known, or there is none to compare with."""
    kpis: tuple[KpiChange, ...]
    tools_added: tuple[Item, ...]
    tools_removed: tuple[Item, ...]
    flows_added: tuple[str, ...]
    """Ids of flows."""
    flows_removed: tuple[str, ...]
    new: tuple[FindingThen, ...]
    worse: tuple[FindingThen, ...]
    cleared: tuple[FindingThen, ...]
    reopened: tuple[FindingThen, ...]
    """Found then, and undecided now, because a fact is no longer stated."""
    same: int
    """How many findings are as they were."""
    difference: Difference | None
    """Everything that is different, entry by entry, as `stackaudit diff` has it."""
    empty: Reason | None
    """nothing-to-compare or nothing-changed."""


def changes(
    result: AuditResult, older: AuditResult | None, since: dt.date | None = None
) -> Changes:
    """What is different since an older state, of the day `since`, that was audited as this one is.

    Nothing to compare without one.
    """
    if older is None:
        none: tuple[FindingThen, ...] = ()
        return Changes(
            None, (), (), (), (), (), none, none, none, none, 0, None, "nothing-to-compare"
        )
    found = difference(_state(older), _state(_judged_against(result, older)))
    return Changes(
        since=since,
        kpis=tuple(_kpis(older, result)),
        tools_added=_items(found.tools, "added"),
        tools_removed=_items(found.tools, "removed"),
        flows_added=tuple(each.id for each in found.flows if each.kind == "added"),
        flows_removed=tuple(each.id for each in found.flows if each.kind == "removed"),
        new=_then(found.findings.new),
        worse=_then(found.findings.worse),
        cleared=_then(found.findings.cleared),
        reopened=_then(found.findings.open),
        same=found.findings.same,
        difference=found,
        empty="nothing-changed" if found.nothing else None,
    )


def _state(result: AuditResult) -> State:
    return State(result.as_of.isoformat(), result.stack, result)


def _judged_against(result: AuditResult, older: AuditResult) -> AuditResult:
    """The audit with the older one as its base, whatever it was compared with before."""
    base = Base.of(older.findings, older.as_of.isoformat(), older.open)
    instead = (OpenInstead(now, was, False) for now, was in reopened(result.results, base).values())
    return replace(
        result,
        base=base,
        fixed=fixed(result.results, base),
        open_instead=tuple(instead),
    )


def _kpis(older: AuditResult, result: AuditResult) -> Iterator[KpiChange]:
    one_currency = older.stack.currency == result.stack.currency
    for before, after in zip(kpis(older).figures, kpis(result).figures, strict=True):
        known = before.value is not None and after.value is not None
        comparable = known and (after.unit != "money" or one_currency)
        yield KpiChange(after.id, after.unit, before.value, after.value, comparable)


def _items(found: Iterable[EntryChange], kind: Kind) -> tuple[Item, ...]:
    return tuple(Item(each.id, each.label) for each in found if each.kind == kind)


def _then(found: Iterable[FindingChange]) -> tuple[FindingThen, ...]:
    return tuple(
        FindingThen(e.fingerprint, e.rule, e.severity, e.was, e.label, e.message) for e in found
    )
