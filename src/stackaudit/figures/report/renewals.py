"""The renewals of the next twelve months, with the last day to give notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import (
    by_name,
    causes,
    contract_item,
    cost_together,
    tool_items,
)
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.money import Total
from stackaudit.inventory.values import Duration
from stackaudit.rules.facts.contract import free, notice_deadline
from stackaudit.rules.kinds.portfolio import ContractSubject

YEAR: Final = Duration(12, "mo")
"""How far the time line goes."""
_When = Literal["soon", "later", "past", "unstated", "free"]


@dataclass(frozen=True, slots=True)
class Renewal:
    """A contract that renews, or has to be given notice, within the year."""

    contract: Item
    tools: tuple[Item, ...]
    renews: dt.date
    deadline: dt.date | None
    """The last day to give notice; None if nobody said how long before."""
    days: int
    """To the renewal."""
    days_left: int | None
    """To the last day to give notice; below 0: it has passed; None: unknown."""
    auto_renew: bool | None
    cost: float | None
    """A year."""
    x: float
    """The renewal's place on the time line, 0 (today) to 1 (in a year)."""
    x_deadline: float | None
    """The same of the last day to give notice; None if unknown or past."""
    findings: tuple[str, ...]
    """Fingerprints of the findings about this contract."""


@dataclass(frozen=True, slots=True)
class Month:
    """A tick of the time line."""

    first: dt.date
    x: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Renewals:
    """The time line."""

    start: dt.date
    """The day of the audit."""
    end: dt.date
    """Twelve months later."""
    months: tuple[Month, ...]
    """The first of each month in between."""
    soon: tuple[Renewal, ...]
    """By the day on which something has to be decided: the notice deadline, else the renewal."""
    cost: Total
    """What the contracts in `soon` cost a year."""
    later: tuple[Item, ...]
    """Contracts that renew after that, or never."""
    past: tuple[Item, ...]
    """Contracts whose stated renewal is past: nobody said when the next one is."""
    unstated: tuple[Item, ...]
    """Contracts that are paid for, or may be, and do not state when they renew."""
    empty: Reason | None


def renewals(result: AuditResult) -> Renewals:
    """What renews in the next twelve months, and until when notice can be given."""
    world, start = result.world, result.as_of
    end = YEAR.after(start)
    by_when: dict[_When, list[str]] = {}
    for name, contract in world.contracts.items():
        by_when.setdefault(_when(contract, start, end), []).append(name)
    soon = by_when.get("soon", [])
    found = _about(result, soon)
    costs = contract_costs(result)
    line = [
        _renewal(world.contracts[each], costs.get(each), found.get(each, ()), end) for each in soon
    ]

    def items(when: _When) -> tuple[Item, ...]:
        return by_name(contract_item(world, each) for each in by_when.get(when, ()))

    return Renewals(
        start=start,
        end=end,
        months=tuple(_months(start, end)),
        soon=tuple(sorted(line, key=_order)),
        cost=cost_together(costs, soon),
        later=items("later"),
        past=items("past"),
        unstated=items("unstated"),
        empty=None if soon else _why_none(result, by_when),
    )


def _order(renewal: Renewal) -> tuple[dt.date, dt.date, str]:
    return (renewal.deadline or renewal.renews, renewal.renews, renewal.contract.id)


def _why_none(result: AuditResult, by_when: Mapping[_When, list[str]]) -> Reason:
    if not result.stack.tools:
        return "no-tools"
    if not by_when:
        return "no-contracts"
    dated = "later" in by_when or "past" in by_when
    if dated:
        return "no-renewal-soon"
    return "no-renewal-dates" if "unstated" in by_when else "all-free"


def _when(contract: ContractSubject, start: dt.date, end: dt.date) -> _When:
    """Where on the time line a contract stands, if it does."""
    renews = contract.entry.renews
    if renews is None:
        return "free" if free(contract) else "unstated"
    if isinstance(renews, str):
        return "later"
    if renews < start:
        return "past"
    deadline = notice_deadline(contract)
    return "soon" if min(renews, deadline or renews) <= end else "later"


def _renewal(
    contract: ContractSubject, cost: float | None, found: Iterable[str], end: dt.date
) -> Renewal:
    world, start = contract.world, contract.world.today
    renews, deadline = contract.entry.renews, notice_deadline(contract)
    assert isinstance(renews, dt.date)
    whole = (end - start).days
    left = None if deadline is None else (deadline - start).days
    days = (renews - start).days
    return Renewal(
        contract=contract_item(world, contract.id),
        tools=tool_items(world, contract.covers),
        renews=renews,
        deadline=deadline,
        days=days,
        days_left=left,
        auto_renew=contract.entry.auto_renew,
        cost=cost,
        x=round(min(days / whole, 1.0), 4),
        x_deadline=None if left is None or left < 0 else round(left / whole, 4),
        findings=tuple(found),
    )


def _about(result: AuditResult, contracts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Contract → fingerprints of the findings about it."""
    found: dict[str, list[str]] = {each: [] for each in contracts}
    for each in causes(result):
        for ref in each.finding.subjects:
            if ref.kind == "contract" and ref.id in found:
                found[ref.id].append(each.finding.fingerprint)
    return {name: tuple(each) for name, each in found.items()}


def _months(start: dt.date, end: dt.date) -> Iterable[Month]:
    whole = (end - start).days
    first = (start.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    while first <= end:
        yield Month(first, round((first - start).days / whole, 4))
        first = (first + dt.timedelta(days=31)).replace(day=1)
