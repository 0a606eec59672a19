"""What goes to one vendor, of all that is spent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.rules.facts.contract import annual_cost, in_use, missing
from stackaudit.rules.facts.paid import contracts_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kinds.vendor import VendorSubject, vendor_key
from stackaudit.rules.kleene import Number, bounds, number
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


@dataclass(frozen=True, slots=True)
class _Cost:
    """What some contracts cost a year, exactly: the order of adding up makes no difference."""

    known: Fraction = Fraction(0)
    unstated: int = 0
    """Of how many nobody said what they cost."""

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.known + other.known, self.unstated + other.unstated)

    def __sub__(self, part: _Cost) -> _Cost:
        return _Cost(self.known - part.known, self.unstated - part.unstated)

    @property
    def least(self) -> float:
        return float(self.known)

    @property
    def most(self) -> float:
        return math.inf if self.unstated else float(self.known)


_NOTHING: Final = _Cost()
_UNSTATED: Final = _Cost(unstated=1)


@dataclass(frozen=True, slots=True)
class _Spending:
    """What contracts cost, by the vendors of the tools they cover; each vendor asks in one step."""

    alone: Mapping[str, _Cost]
    """By vendor: contracts with it alone."""
    shared: Mapping[str, _Cost]
    """By vendor: contracts with it and with others, all of which are stated."""
    stated: _Cost
    """All contracts for tools that say their vendor, with one or with several."""
    nameless: _Cost
    """The contracts for tools of which some do not say the vendor."""

    @classmethod
    def of(cls, costs: Iterable[tuple[frozenset[str | None], _Cost]]) -> _Spending:
        alone: dict[str, _Cost] = {}
        shared: dict[str, _Cost] = {}
        stated = nameless = _NOTHING
        for keys, cost in costs:
            names = [key for key in keys if key is not None]
            if len(names) < len(keys):
                nameless += cost
                continue
            stated += cost
            for name in names:
                by_vendor = alone if len(names) == 1 else shared
                by_vendor[name] = by_vendor.get(name, _NOTHING) + cost
        return cls(alone, shared, stated, nameless)

    def on(self, vendor: str) -> Number:
        """What is spent on it; a range where a contract covers others too."""
        alone = self.alone.get(vendor, _NOTHING)
        most = alone + self.shared.get(vendor, _NOTHING) + self.nameless
        return number(alone.least, most.most)

    def elsewhere(self, vendor: str) -> Number:
        """What is spent on all others."""
        others = self.stated - self.alone.get(vendor, _NOTHING)
        least = others - self.shared.get(vendor, _NOTHING)
        return number(least.least, (others + self.nameless).most)


def _spending(world: World) -> _Spending:
    """What is spent on whom; worked out once.

    A tool of which neither the vendor nor the cost is stated is a question of its own: it keeps
    the rules about itself open, not those about every vendor of the stack.
    """
    if "spending" not in world.memory:
        world.memory["spending"] = _Spending.of(_costs(world))
    found: _Spending = world.memory["spending"]
    return found


def _costs(world: World) -> Iterator[tuple[frozenset[str | None], _Cost]]:
    """Contracts by the vendors of the tools they cover; None among them if one is not stated."""
    tools = world.stack.tools
    for contract in _contracts(world):
        cost = annual_cost(contract)
        keys = frozenset(_key(tools[each].vendor) for each in contract.covers)
        yield keys, _UNSTATED if cost is None else _Cost(Fraction(cost))
    for tool in _without_contract(world):
        if tool.entry.vendor is not None:
            yield frozenset((_key(tool.entry.vendor),)), _UNSTATED


def _key(vendor: str | None) -> str | None:
    return None if vendor is None else vendor_key(vendor)


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
    return _spending(vendor.world).on(vendor.id)


@fact("vendor", MONEY, missing=_unstated, cached=True)
def spend_elsewhere(vendor: VendorSubject) -> Number:
    """What is spent on all others."""
    return _spending(vendor.world).elsewhere(vendor.id)


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
    memory = vendor.world.memory
    if "paid contracts" not in memory:
        memory["paid contracts"] = sum(1 for each in _contracts(vendor.world) if annual_cost(each))
    found: int = memory["paid contracts"]
    return found


@fact("vendor", subject("contract"))
def largest_contract(vendor: VendorSubject) -> ContractSubject | None:
    """The contract with it that costs the most; unknown where none states its cost."""
    contracts = (each for tool in vendor.tools for each in contracts_of(tool))
    own = [each for each in contracts if annual_cost(each) and in_use(each)]
    return max(own, key=lambda each: (annual_cost(each) or 0.0, each.id), default=None)
