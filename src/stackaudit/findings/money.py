"""Money per contract: what a year costs or saves, counted once however many rules speak of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from stackaudit.dataclass import dataclass
from stackaudit.rules.finding import Finding, Money


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of money a year; `at_least` where something that belongs to it is unknown."""

    amount: float
    at_least: bool

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say."""
        return self.amount == 0 and not self.at_least


def savings(findings: Iterable[Finding], contract_costs: Mapping[str, float]) -> Total:
    """What clearing the findings would save; of one contract never more than it costs."""
    return _total(findings, lambda finding: finding.saves, contract_costs)


def at_stake(findings: Iterable[Finding], contract_costs: Mapping[str, float]) -> Total:
    """What the contracts cost that the findings put in question, without being saved."""
    return _total(findings, lambda finding: finding.costs, contract_costs)


def _total(
    findings: Iterable[Finding],
    money_of: Callable[[Finding], Money | None],
    contract_costs: Mapping[str, float],
) -> Total:
    """Of several findings on one contract the largest counts: they speak of the same money."""
    largest: dict[str, float] = {}
    loose = 0.0
    at_least = False
    for finding in findings:
        money = money_of(finding)
        if money is None:
            continue
        at_least = at_least or money.at_least or money.amount is None
        amount = money.amount or 0.0
        if money.contract is None:
            loose += amount
        else:
            largest[money.contract] = max(largest.get(money.contract, 0.0), amount)
    capped = sum(
        min(largest[name], contract_costs.get(name, largest[name])) for name in sorted(largest)
    )
    return Total(round(capped + loose, 2), at_least)
