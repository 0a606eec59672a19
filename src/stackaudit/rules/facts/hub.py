"""Tools that are there to hand data on, and the flows of that data that do without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from stackaudit.inventory.model import Flow
from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact
from stackaudit.rules.kinds.scopes import Bucketed, scope_of
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, NUMBER, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World

HUBS: Final = ("cdp", "ipaas")
"""Capabilities that are to stand between other tools."""

WAREHOUSES: Final = ("data-warehouse", "data-lake")
"""Capabilities that are loaded and read in bulk, which is no work for a hub."""

BROWSER: Final = "tag"
"""What goes straight from the visitor's browser cannot go through an integration platform."""


@fact("tool", FLAG, rests_on=("capabilities",))
def is_hub(tool: ToolSubject) -> bool | None:
    """Whether it is mainly a customer data platform or an integration platform."""
    capabilities = tool.entry.capabilities
    return None if capabilities is None else capabilities[:1] in [(each,) for each in HUBS]


def _own(tool: ToolSubject) -> tuple[str, ...]:
    """The flows into, out of and through it on which data moves."""
    graph = tool.world.graph
    near = (graph.carrying_inflows, graph.carrying_outflows, graph.carrying_passing)
    return tuple(sorted({name for flows in near for name in flows(tool.id)}))


def _data(tool: ToolSubject) -> set[str]:
    """The datasets that it has, takes in, hands on or passes on."""
    flows = tool.world.stack.flows
    moved = {each for name in _own(tool) for each in flows[name].data or ()}
    return moved | tool.world.graph.kept(tool.id)


@fact("tool", NUMBER, missing=lambda tool: missing_flows(tool))
def hub_flows(tool: ToolSubject) -> int | None:
    """How many flows bring data to it, take data from it, or go through it."""
    return len(_own(tool)) if tool.world.graph.lists_flows_of(tool.id) else None


def _around(tool: ToolSubject) -> tuple[str, ...]:
    """The flows on which data moves between tools that both serve someone whom the hub serves.

    Not what goes into or out of a warehouse in bulk.
    """
    world, scope = tool.world, scope_of(tool.entry)
    around = world.memory.setdefault("flows by scope", {})
    if scope not in around:
        graph, flows = world.graph, world.stack.flows
        near = frozenset(_everybody(world).meeting(scope))
        bulk = _warehouses(world)
        names = (name for each in near for name in graph.carrying_outflows(each))
        around[scope] = tuple(
            sorted(
                name
                for name in names
                if (flow := flows[name]).target in near and not _loads(flow, bulk)
            )
        )
    found: tuple[str, ...] = around[scope]
    return found


def _everybody(world: World) -> Bucketed:
    """All tools by whom they serve."""
    if "tools by scope" not in world.memory:
        scopes = {name: scope_of(tool) for name, tool in world.stack.tools.items()}
        world.memory["tools by scope"] = Bucketed.of(scopes)
    found: Bucketed = world.memory["tools by scope"]
    return found


def _elsewhere(tool: ToolSubject) -> Mapping[str | None, tuple[str, ...]]:
    """The flows that a hub of its kind, for the same people, could stand in, by what they carry.

    Not what goes into or out of a warehouse; nor, for an integration platform, what a browser
    sends. Under None are those of which nobody said what they carry.
    """
    world, platform = tool.world, (tool.entry.capabilities or ("",))[0] == "ipaas"
    by_kind = world.memory.setdefault("flows for a hub", {})
    key = (platform, scope_of(tool.entry))
    if key not in by_kind:
        found: dict[str | None, list[str]] = {}
        for name in _around(tool):
            flow = world.stack.flows[name]
            if not (platform and flow.method == BROWSER):
                for dataset in (None,) if flow.data is None else flow.data:
                    found.setdefault(dataset, []).append(name)
        by_kind[key] = {dataset: tuple(names) for dataset, names in found.items()}
    ways: Mapping[str | None, tuple[str, ...]] = by_kind[key]
    return ways


def _loads(flow: Flow, warehouses: frozenset[str]) -> bool:
    """Whether it goes into or out of a warehouse, in bulk."""
    bulk = flow.method in ("etl", "reverse_etl")
    return bulk or flow.source in warehouses or flow.target in warehouses


def _warehouses(world: World) -> frozenset[str]:
    """The tools that are mainly loaded and read in bulk."""
    if "warehouses" not in world.memory:
        world.memory["warehouses"] = frozenset(
            name
            for name, tool in world.stack.tools.items()
            if tool.capabilities and tool.capabilities[0] in WAREHOUSES
        )
    found: frozenset[str] = world.memory["warehouses"]
    return found


def _bypassing_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    graph = tool.world.graph
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    silent = set(_elsewhere(tool).get(None, ())).difference(_own(tool))
    partly = (Missing("tools", each, "incomplete") for each in sorted(graph.partly_listed))
    here = graph.unstated_at(tool.id)
    return (*(Missing("flows", each, "data") for each in sorted({*silent, *here})), *partly)


@fact("tool", many(subject("flow")), missing=_bypassing_unstated, cached=True)
def bypassing(tool: ToolSubject) -> Collection:
    """The flows that carry data of a hub between tools for the same people and pass the hub by.

    The same people are those of one brand, in one region, on one channel. What goes into or out
    of a warehouse is not counted; nor, for an integration platform, what a browser sends.
    """
    ways, flows = _elsewhere(tool), tool.world.flows
    names = {name for dataset in _data(tool) for name in ways.get(dataset, ())}
    found = tuple(flows[name] for name in sorted(names.difference(_own(tool))))
    return Some(found) if _bypassing_unstated(tool) else found
