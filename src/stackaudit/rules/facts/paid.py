"""What a tool costs, alone or under contracts that cover several tools."""

from __future__ import annotations

import math
from collections.abc import Callable

from stackaudit.rules.facts.contract import annual_cost, free, missing, runs_on
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Interval, Number, add
from stackaudit.rules.types import FLAG, MONEY, subject


def contracts_of(tool: ToolSubject) -> tuple[ContractSubject, ...]:
    """The tool's own contract and those that it shares with others."""
    if "contracts" not in tool.memory:
        tool.memory["contracts"] = _contracts(tool)
    found: tuple[ContractSubject, ...] = tool.memory["contracts"]
    return found


def _contracts(tool: ToolSubject) -> tuple[ContractSubject, ...]:
    world = tool.world
    own = (tool.id,) if world.stack.own_contract(tool.id) is not None else ()
    shared = dict.fromkeys(world.covering.get(tool.id, ()))
    return tuple(world.contracts[each] for each in (*own, *shared))


def _missing(*keys: str) -> Callable[[ToolSubject], tuple[Missing, ...]]:
    """What is not stated of the tool's contracts; the contract itself if there is none."""

    def unstated(tool: ToolSubject) -> tuple[Missing, ...]:
        found = contracts_of(tool)
        if not found:
            return (Missing("tools", tool.id, "contract"),)
        return tuple(
            missing(contract, key)
            for contract in found
            for key in keys
            if getattr(contract.entry, key) is None
        )

    return unstated


@fact("tool", FLAG, rests_on=("contract.cost",), missing=_missing("cost"))
def paid(tool: ToolSubject) -> bool | None:
    """Whether it costs anything, alone or under a contract that covers several tools."""
    costs = [annual_cost(each) for each in contracts_of(tool)]
    if any(costs):
        return True
    if None in costs:
        return None
    return False if costs or tool.entry.contract == "none" else None


@fact(
    "tool",
    MONEY,
    rests_on=("contract.cost",),
    missing=_missing("cost"),
    name="annual_cost",
    cached=True,
)
def tool_cost(tool: ToolSubject) -> Number:
    """What it costs a year, in the stack's currency.

    Of a contract that covers several tools, its part is somewhere between nothing and all.
    """
    contracts = contracts_of(tool)
    costs = [annual_cost(each) for each in contracts]
    if all(each is None for each in costs):
        return 0.0 if tool.entry.contract == "none" and not contracts else None
    total: Number = 0.0
    for contract, cost in zip(contracts, costs, strict=True):
        total = add(total, _part(contract, cost))
    return total


def _part(contract: ContractSubject, cost: float | None) -> Number:
    """What one of the tools that a contract covers costs; of an unknown cost at least nothing."""
    if cost is None:
        return Interval(0.0, math.inf)
    return cost if len(contract.covers) == 1 or cost == 0 else Interval(0.0, cost)


def _of_the_retired(tool: ToolSubject) -> list[ContractSubject]:
    """Contracts that are paid for and cover nothing but tools that are past."""
    tools = tool.world.tools
    return [
        contract
        for contract in contracts_of(tool)
        if not free(contract)
        and all(tools[each].entry.stage in ("retired", "rejected") for each in contract.covers)
    ]


@fact("tool", FLAG, rests_on=("contract.renews", "contract.auto_renew"),
      missing=_missing("renews", "auto_renew"))  # fmt: skip
def contract_runs_on(tool: ToolSubject) -> bool | None:
    """Whether a contract goes on that covers nothing but tools that are retired or rejected.

    One that is stated to cost nothing does not count, nor one that others still need.
    """
    if not contracts_of(tool):
        return False if tool.entry.contract == "none" else None
    answers = [runs_on(each) for each in _of_the_retired(tool)]
    return True if True in answers else None if None in answers else False


@fact("tool", subject("contract"))
def running_contract(tool: ToolSubject) -> ContractSubject | None:
    """The first contract that goes on although it covers only tools retired or rejected."""
    return next((each for each in _of_the_retired(tool) if runs_on(each)), None)


__all__ = ["contracts_of", "paid", "tool_cost"]
