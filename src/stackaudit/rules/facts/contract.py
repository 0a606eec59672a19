"""What is paid, for how long, and how much of it is used: contract by contract."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import Contract
from stackaudit.phrase import phrase
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.facts.words import NEVER_WILL, coming
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kleene import Interval, Number
from stackaudit.rules.types import DATE, FLAG, MONEY, NUMBER, SHARE, TEXT

stated("contract", "auto_renew", FLAG, "auto_renew",
       "Whether it renews by itself when nobody gives notice.")  # fmt: skip


@fact("contract", TEXT)
def name(contract: ContractSubject) -> str:
    """The name of the contract, or of the tool that it is for."""
    return contract.label()


@fact("contract", FLAG)
def in_use(contract: ContractSubject) -> bool:
    """Whether at least one of the tools it covers is in use."""
    return any(contract.world.tools[each].entry.in_use for each in contract.covers)


# Money


@fact("contract", MONEY, rests_on=("cost",), writes="cost")
def annual_cost(contract: ContractSubject) -> float | None:
    """What it costs a year, in the stack's currency."""
    cost = contract.entry.cost
    return None if cost is None else float(contract.world.stack.a_year(cost))


@fact("contract", FLAG)
def free(contract: ContractSubject) -> bool:
    """Whether it is stated to cost nothing; a contract that does not say costs something."""
    cost = contract.entry.cost
    return cost is not None and cost.per_year == 0


@fact("contract", MONEY, rests_on=("cost", "renews", "auto_renew"))
def renewal_cost(contract: ContractSubject) -> Number:
    """What a year more of it costs if nobody gives notice; nothing where it ends by itself."""
    again = _renews_by_itself(contract)
    if again is False:
        return 0.0
    cost = annual_cost(contract)
    return cost if again or cost is None else Interval(0.0, cost)


def _renews_by_itself(contract: ContractSubject) -> bool | None:
    return False if contract.entry.renews == "never" else contract.entry.auto_renew


# Time


@fact("contract", DATE, rests_on=("renews",), writes="renews")
def renews(contract: ContractSubject) -> dt.date | None:
    """The day the next term begins; `never` is later than any day."""
    return coming(contract.entry.renews)


@fact("contract", DATE, rests_on=("renews", "notice"))
def notice_deadline(contract: ContractSubject) -> dt.date | None:
    """The last day to give notice: the renewal less the notice period, months by the calendar."""
    renewal, notice = coming(contract.entry.renews), contract.entry.notice
    if renewal is None or renewal == NEVER_WILL:
        return renewal
    return notice.before(renewal) if notice else None


@fact("contract", FLAG, rests_on=("renews", "auto_renew"))
def runs_on(contract: ContractSubject) -> bool | None:
    """Whether it goes on: its term is not over, or it renews by itself.

    A contract that was bought for good or ends (`renews: never`) asks for nothing more.
    """
    renewal = coming(contract.entry.renews)
    if renewal == NEVER_WILL:
        return False
    if contract.entry.auto_renew or (renewal and renewal > contract.world.today):
        return True
    return False if renewal and contract.entry.auto_renew is False else None


# Use

SEATS: Final = "seats"
"""What a contract is counted in that names nothing else."""


@dataclass(frozen=True, slots=True)
class _Metric:
    """What a contract is counted in, as far as it is stated."""

    name: str
    bought: int | None
    used: int | None
    key: str
    used_key: str

    @property
    def share(self) -> float | None:
        """How much of what was bought is used; of nothing bought, nothing is idle."""
        if self.used is None or self.bought is None:
            return None
        if self.bought == 0:
            return math.inf if self.used else 1.0
        return self.used / self.bought


def _metrics(contract: Contract) -> list[_Metric]:
    found = []
    if contract.seats is not None or contract.used is not None or not contract.usage:
        found.append(_Metric(SEATS, contract.seats, contract.used, "seats", "used"))
    for place, usage in enumerate(contract.usage or ()):
        keys = f"usage.{place}.bought", f"usage.{place}.used"
        found.append(_Metric(usage.metric, usage.bought, usage.used, *keys))
    return found


def _fullest(contract: ContractSubject) -> _Metric | None:
    """The metric used most; None where another one may be used more than is known."""
    metrics = _metrics(contract.entry)
    if any(each.share is None for each in metrics):
        return None
    return max(metrics, key=lambda each: (each.share or 0.0, each.name))


def missing_usage(contract: ContractSubject) -> tuple[Missing, ...]:
    """What is bought or used and not stated, of all that the contract is counted in."""
    unstated = [
        key
        for each in _metrics(contract.entry)
        for key, value in ((each.key, each.bought), (each.used_key, each.used))
        if value is None
    ]
    return tuple(missing(contract, key) for key in unstated)


def missing(contract: ContractSubject, key: str) -> Missing:
    """A key of the contract as something that is not stated."""
    section, entry, keys = contract.path_of(key)
    return Missing(section, entry or "", ".".join(str(each) for each in keys))


@fact("contract", SHARE, rests_on=("seats", "used"), missing=missing_usage)
def use(contract: ContractSubject) -> Number:
    """How much of what was bought is used, of several metrics in the one used most.

    Only when even that is idle is the contract too large. A range where not all is stated.
    """
    shares = [each.share for each in _metrics(contract.entry)]
    known = [each for each in shares if each is not None]
    if len(known) == len(shares):
        return max(known)
    return Interval(max(known), math.inf) if known else None


@fact("contract", TEXT, rests_on=("seats",), missing=missing_usage)
def metric(contract: ContractSubject) -> str | None:
    """What it is counted in (seats, contacts, events): of several, the one used most."""
    found = _fullest(contract)
    if found is None:
        return None
    return phrase(SEATS) if found.name == SEATS else found.name


def _key_bought(contract: ContractSubject) -> str:
    found = _fullest(contract)
    return found.key if found else "seats"


def _key_used(contract: ContractSubject) -> str:
    found = _fullest(contract)
    return found.used_key if found else "used"


@fact("contract", NUMBER, rests_on=("seats",), missing=missing_usage, writes=_key_bought)
def bought(contract: ContractSubject) -> int | None:
    """How much was bought, in the metric that is used most."""
    found = _fullest(contract)
    return found.bought if found else None


@fact("contract", NUMBER, rests_on=("used",), missing=missing_usage, writes=_key_used)
def used(contract: ContractSubject) -> int | None:
    """How much is used, in the metric that is used most."""
    found = _fullest(contract)
    return found.used if found else None


@fact("contract", MONEY, rests_on=("cost", "seats", "used"), missing=missing_usage)
def excess_cost(contract: ContractSubject) -> Number:
    """What the part that is used beyond what was bought would cost a year, at the price paid."""
    cost: float | None = annual_cost(contract)
    share: Number = use(contract)
    if cost is None or not isinstance(share, int | float) or math.isinf(share):
        return None
    return cost * max(share - 1, 0.0)
