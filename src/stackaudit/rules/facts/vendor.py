"""What goes to one vendor, of all that is spent."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from stackaudit.rules.facts.contract import annual_cost, missing
from stackaudit.rules.facts.paid import contracts_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kinds.vendor import VendorSubject, vendor_key
from stackaudit.rules.kleene import Number, add, bounds, number
from stackaudit.rules.types import MONEY, NUMBER, SHARE, TEXT, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World


@fact("vendor", TEXT)
def name(vendor: VendorSubject) -> str:
    """What it is called."""
    return vendor.label()


@fact("vendor", many(subject("tool")))
def tools_in_use(vendor: VendorSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that it sells."""
    return tuple(each for each in vendor.tools if each.entry.in_use)


def _contracts(world: World) -> tuple[ContractSubject, ...]:
    """The contracts for tools in use."""
    if "contracts for tools in use" not in world.memory:
        tools = world.stack.tools
        world.memory["contracts for tools in use"] = tuple(
            each
            for each in world.contracts.values()
            if any(tools[name].in_use for name in each.covers)
        )
    found: tuple[ContractSubject, ...] = world.memory["contracts for tools in use"]
    return found


def _by_vendors(world: World) -> dict[frozenset[str | None], tuple[float, float]]:
    """What contracts cost, least and most, by the vendors of the tools they cover; worked out once.

    A tool of which neither the vendor nor the cost is stated is a question of its own: it keeps
    the rules about itself open, not those about every vendor of the stack.
    """
    if "spend by vendors" not in world.memory:
        sums: dict[frozenset[str | None], tuple[float, float]] = {}
        tools = world.stack.tools
        for contract in _contracts(world):
            cost = annual_cost(contract)
            keys = frozenset(_key(tools[each].vendor) for each in contract.covers)
            _add(sums, keys, 0.0 if cost is None else cost, math.inf if cost is None else cost)
        for tool in _without_contract(world):
            if tool.entry.vendor is not None:
                _add(sums, frozenset((_key(tool.entry.vendor),)), 0.0, math.inf)
        world.memory["spend by vendors"] = sums
    found: dict[frozenset[str | None], tuple[float, float]] = world.memory["spend by vendors"]
    return found


def _add(
    sums: dict[frozenset[str | None], tuple[float, float]],
    keys: frozenset[str | None],
    least: float,
    most: float,
) -> None:
    low, high = sums.get(keys, (0.0, 0.0))
    sums[keys] = (low + least, high + most)


def _key(vendor: str | None) -> str | None:
    return None if vendor is None else vendor_key(vendor)


def _spend(world: World, whose: Callable[[str], bool]) -> Number:
    """What is spent a year on the vendors meant; a range where a contract covers others too."""
    total: Number = 0.0
    for keys, (least, most) in _by_vendors(world).items():
        answers = {None if key is None else whose(key) for key in keys}
        if answers != {False}:
            total = add(total, number(least if answers == {True} else 0.0, most))
    return total


def _without_contract(world: World) -> Iterator[ToolSubject]:
    """Tools in use of which nobody said whether they cost anything."""
    for tool in world.tools.values():
        if tool.entry.in_use and tool.entry.contract is None and not contracts_of(tool):
            yield tool


def _unstated(vendor: VendorSubject) -> tuple[Missing, ...]:
    """The costs that nobody stated, its own first."""
    world = vendor.world
    costs = [each for each in _contracts(world) if each.entry.cost is None]
    return (
        *(missing(each, "cost") for each in costs),
        *(Missing("tools", each.id, "contract") for each in _without_contract(world)),
    )


@fact("vendor", MONEY, missing=_unstated, cached=True)
def spend(vendor: VendorSubject) -> Number:
    """What is spent on it a year; a range where a cost is not stated, or shared with others."""
    return _spend(vendor.world, partial(operator.eq, vendor.id))


@fact("vendor", MONEY, missing=_unstated, cached=True)
def spend_elsewhere(vendor: VendorSubject) -> Number:
    """What is spent on all others."""
    return _spend(vendor.world, partial(operator.ne, vendor.id))


@fact("vendor", SHARE, missing=_unstated, cached=True)
def share(vendor: VendorSubject) -> Number:
    """The part of all that is spent that goes to it; of nothing spent, no part."""
    low, high = bounds(spend(vendor))
    least, most = bounds(spend_elsewhere(vendor))
    return number(_part(low, most), _part(high, least))


def _part(own: float, others: float) -> float:
    """The share, at the ends too: all of what has no end, none beside what has none."""
    if own == 0 or math.isinf(others):
        return 0.0
    return 1.0 if math.isinf(own) else own / (own + others)


@fact("vendor", NUMBER)
def paid_contracts(vendor: VendorSubject) -> int:
    """How many contracts of the whole stack are known to cost something: its own and others'."""
    return sum(1 for each in _contracts(vendor.world) if annual_cost(each))


@fact("vendor", subject("contract"))
def largest_contract(vendor: VendorSubject) -> ContractSubject | None:
    """The contract with it that costs the most; unknown where none states its cost."""
    names = {each.id for each in vendor.tools}
    own = [
        each
        for each in _contracts(vendor.world)
        if annual_cost(each) and names.intersection(each.covers)
    ]
    return max(own, key=lambda each: (annual_cost(each) or 0.0, each.id), default=None)
