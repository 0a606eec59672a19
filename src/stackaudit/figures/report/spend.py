"""Spend: every contract as a tile as large as its cost, colored by how much of it is used."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.kpis import without_contract
from stackaudit.figures.report.lookup import by_name, contract_item, tool_items
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.figures.report.treemap import squarified
from stackaudit.figures.summary import contract_costs, summarize
from stackaudit.findings.money import Total
from stackaudit.rules.facts import contract as facts
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.world import World

WIDTH: Final = 1600.0
HEIGHT: Final = 760.0
"""Of the whole treemap, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A contract with a known cost."""

    contract: Item
    tools: tuple[Item, ...]
    """Those it pays for."""
    vendor: str | None
    """Who sells it, where all its tools have the same vendor."""
    cost: float
    """A year, in the stack's currency; more than 0."""
    share: float
    """Of all tiles, 0 to 1."""
    use: float | None
    """How much of what was bought is used: 0 and up (above 1: more than was bought); None: unknown.
    """
    metric: str | None
    """What that is counted in: seats, contacts …"""
    bought: int | None
    used: int | None
    in_use: bool
    """Whether at least one of its tools is in use."""
    rect: Rect
    """In a picture of `WIDTH` × `HEIGHT`; the area is the share."""


@dataclass(frozen=True, slots=True)
class Spend:
    """Where the money goes."""

    tiles: tuple[Tile, ...]
    """The dearest first."""
    total: Total
    """What all contracts cost a year; the figure `cost`."""
    unpriced: tuple[Item, ...]
    """Contracts that do not state what they cost."""
    unstated: tuple[Item, ...]
    """Tools in use of which no contract is stated, nor that there is none."""
    free: tuple[Item, ...]
    """Contracts that are stated to cost nothing, and tools in use stated to have none."""
    budget: float | None
    """All that may be spent on the stack in `year`."""
    year: int | None
    empty: Reason | None


def spend(result: AuditResult) -> Spend:
    """Every contract by what it costs."""
    world, costs = result.world, contract_costs(result)
    unpriced = [name for name in world.contracts if name not in costs]
    budget = result.stack.budget
    return Spend(
        tiles=_tiles(world, {name: cost for name, cost in costs.items() if cost > 0}),
        total=summarize(result).annual_cost,
        unpriced=by_name(contract_item(world, each) for each in unpriced),
        unstated=by_name(tool_items(world, without_contract(result))),
        free=_free(world, costs),
        budget=None if budget.total is None else float(budget.total),
        year=budget.year,
        empty=_empty(result, costs),
    )


def _empty(result: AuditResult, costs: Mapping[str, float]) -> Reason | None:
    if any(costs.values()):
        return None
    if not result.stack.tools:
        return "no-tools"
    if not result.world.contracts:
        return "no-contracts"
    return "all-free" if len(costs) == len(result.world.contracts) else "no-costs"


def _free(world: World, costs: Mapping[str, float]) -> tuple[Item, ...]:
    tools = world.stack.tools
    without = [
        name
        for name in world.graph.in_use
        if tools[name].contract == "none" and name not in world.covering
    ]
    contracts = (contract_item(world, name) for name, cost in costs.items() if cost == 0)
    return by_name((*contracts, *tool_items(world, without)))


def _tiles(world: World, costs: Mapping[str, float]) -> tuple[Tile, ...]:
    order = sorted(costs, key=lambda name: (-costs[name], name))
    total = sum(costs[name] for name in order)
    rects = squarified([costs[name] for name in order], Rect(0.0, WIDTH, 0.0, HEIGHT))
    return tuple(
        _tile(world.contracts[name], costs[name], costs[name] / total, rect)
        for name, rect in zip(order, rects, strict=True)
    )


def _tile(contract: ContractSubject, cost: float, share: float, rect: Rect) -> Tile:
    world = contract.world
    vendors = {world.stack.tools[each].vendor for each in contract.covers}
    return Tile(
        contract=contract_item(world, contract.id),
        tools=tool_items(world, contract.covers),
        vendor=vendors.pop() if len(vendors) == 1 else None,
        cost=round(cost, 2),
        share=share,
        use=use_of(contract),
        metric=facts.metric(contract),
        bought=facts.bought(contract),
        used=facts.used(contract),
        in_use=facts.in_use(contract),
        rect=rect,
    )


def use_of(contract: ContractSubject) -> float | None:
    """How much of what was bought is used, in the metric used most; None unless it is known."""
    found = facts.use(contract)
    return found if isinstance(found, int | float) and math.isfinite(found) else None
