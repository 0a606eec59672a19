"""What is paid, for how long, and how much of it is used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stackaudit.inventory.model import Contract
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.facts.words import NEVER_WILL, coming
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Interval, Number, add, number
from stackaudit.rules.types import DATE, FLAG, MONEY, NUMBER, TEXT

stated("contract", "auto_renew", FLAG, "auto_renew",
       "Whether it renews by itself when nobody gives notice.")  # fmt: skip


@fact("contract", TEXT)
def name(contract: ContractSubject) -> str:
    """The name of the contract, or of the tool that it is for."""
    return contract.label()


@fact("contract", MONEY, rests_on=("cost",))
def annual_cost(contract: ContractSubject) -> float | None:
    """What it costs a year, in the stack's currency."""
    return _cost(contract.entry, contract)


def _cost(contract: Contract, subject: ContractSubject | ToolSubject) -> float | None:
    if contract.cost is None:
        return None
    return float(subject.world.stack.a_year(contract.cost))


@fact("contract", FLAG)
def in_use(contract: ContractSubject) -> bool:
    """Whether at least one of the tools it covers is in use."""
    return any(contract.world.tools[each].entry.in_use for each in contract.covers)


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
        return self.used / self.bought if self.used is not None and self.bought else None


def _metrics(contract: Contract) -> list[_Metric]:
    found = []
    if contract.seats is not None:
        found.append(_Metric("seats", contract.seats, contract.used, "seats", "used"))
    for place, usage in enumerate(contract.usage or ()):
        key = f"usage.{place}"
        found.append(_Metric(usage.metric, usage.bought, usage.used, f"{key}.bought", f"{key}.used"))
    return found


def _fullest(contract: ContractSubject) -> _Metric | None:
    """The metric used most: only when even that is idle, the contract is too large.

    None where a metric could be used more than is known, or nothing is counted.
    """
    metrics = _metrics(contract.entry)
    if not metrics or any(each.share is None for each in metrics):
        return None
    return max(metrics, key=lambda each: (each.share or 0.0, each.name))


def _missing_usage(contract: ContractSubject) -> tuple[Missing, ...]:
    section, entry, keys = contract.path_of("")
    prefix = ".".join(str(key) for key in keys if key)
    start = f"{prefix}." if prefix else ""
    metrics = _metrics(contract.entry)
    unstated = [
        key
        for each in metrics
        for key, value in ((each.key, each.bought), (each.used_key, each.used))
        if value is None
    ]
    return tuple(Missing(section, entry or "", f"{start}{key}") for key in unstated or ["seats", "used"])


def _key(contract: ContractSubject, which: str) -> str:
    """Where the number bought or used stands, for the metric that is used most."""
    found = _fullest(contract)
    return str(getattr(found, which)) if found else "seats"


@fact("contract", TEXT, missing=_missing_usage)
def metric(contract: ContractSubject) -> str | None:
    """What it is counted in (seats, contacts, events): of several, the one used most."""
    found = _fullest(contract)
    return found.name if found else None


@fact("contract", NUMBER, missing=_missing_usage, writes=lambda contract: _key(contract, "key"))
def bought(contract: ContractSubject) -> int | None:
    """How much was bought, in the metric that is used most."""
    found = _fullest(contract)
    return found.bought if found else None


@fact("contract", NUMBER, missing=_missing_usage, writes=lambda contract: _key(contract, "used_key"))
def used(contract: ContractSubject) -> int | None:
    """How much is used, in the metric that is used most."""
    found = _fullest(contract)
    return found.used if found else None


@fact("contract", DATE, rests_on=("renews",))
def renews(contract: ContractSubject) -> dt.date | None:
    """The day the next term begins."""
    return coming(contract.entry.renews)


@fact("contract", DATE, rests_on=("renews", "notice"))
def notice_deadline(contract: ContractSubject) -> dt.date | None:
    """The last day to give notice: the renewal less the notice period."""
    renewal, notice = coming(contract.entry.renews), contract.entry.notice
    if renewal == NEVER_WILL:
        return renewal
    return notice.before(renewal) if renewal and notice else None


def _contracts(tool: ToolSubject) -> tuple[Contract | None, list[Contract]]:
    """The tool's own contract and those that it shares."""
    stack = tool.world.stack
    shared = [stack.contracts[each] for each in tool.world.covering.get(tool.id, ())]
    return stack.own_contract(tool.id), list(shared)


@fact("tool", FLAG, rests_on=("contract.cost",))
def paid(tool: ToolSubject) -> bool | None:
    """Whether it costs anything, alone or under a contract that covers several tools."""
    own, shared = _contracts(tool)
    costs = [_cost(each, tool) for each in (own, *shared) if each is not None]
    if any(cost is not None and cost > 0 for cost in costs):
        return True
    if any(cost is None for cost in costs):
        return None
    return False if costs or tool.entry.contract == "none" else None


@fact("tool", MONEY, rests_on=("contract.cost",), name="annual_cost")
def tool_cost(tool: ToolSubject) -> Number:
    """What it costs a year, in the stack's currency.

    Of a contract that covers several tools, its part is somewhere between nothing and all.
    """
    own, shared = _contracts(tool)
    total: Number = 0.0
    if own is not None:
        total = _cost(own, tool)
    elif tool.entry.contract is None and not shared:
        return None
    for contract in shared:
        cost = _cost(contract, tool)
        covers = getattr(contract, "covers", ())
        part: Number = cost if cost is None or len(covers) == 1 else number(0.0, cost)
        total = add(total, part)
    return total


@fact("tool", FLAG, rests_on=("contract.renews", "contract.auto_renew"))
def contract_runs_on(tool: ToolSubject) -> bool | None:
    """Whether a contract of its own has a term still to run, or renews by itself."""
    own, _ = _contracts(tool)
    if own is None:
        return False if tool.entry.contract == "none" else None
    if own.auto_renew:
        return True
    renewal = coming(own.renews)
    if renewal is None:
        return None
    if renewal == NEVER_WILL:
        return False
    return True if renewal > tool.world.today else own.auto_renew


__all__ = ["Interval", "annual_cost", "paid", "tool_cost"]
