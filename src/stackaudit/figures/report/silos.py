"""Silos: groups of tools that no data moves between, and tools that stand alone."""

from __future__ import annotations

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import (
    by_name,
    causes,
    dataset_items,
    tool_items,
)
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity, of_data, sensitivity_of
from stackaudit.rules.world import World


@dataclass(frozen=True, slots=True)
class Component:
    """Tools in use, between all of which data moves, or may."""

    tools: tuple[Item, ...]
    data: tuple[Item, ...]
    """The datasets that are surely in one of them."""
    records: tuple[Item, ...]
    """Those whose system of record is among them."""
    island: bool | None
    """Whether the group has none of the systems of record of its data; None if not sure."""
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class LoneTool:
    """A tool in use that no flow that says what it carries comes to, leaves or runs through."""

    tool: Item
    data: tuple[Item, ...]
    sensitivity: Sensitivity
    sure: bool
    """Whether that is certain; False where flows are listed in part or do not say what they carry.
    """


@dataclass(frozen=True, slots=True)
class Silos:
    """How far the stack hangs together."""

    components: tuple[Component, ...]
    """Groups of two or more, the largest first."""
    lone: tuple[LoneTool, ...]
    """The most sensitive first."""
    findings: tuple[str, ...]
    """Fingerprints of the findings of category silo that stand for themselves."""
    empty: Reason | None


def silos(result: AuditResult) -> Silos:
    """The groups of tools, and those that stand alone."""
    found = (e for e in causes(result) if e.finding.category == "silo")
    return Silos(
        components=_components(result.world),
        lone=_lone(result.world),
        findings=tuple(each.finding.fingerprint for each in found),
        empty=_empty(result),
    )


def _empty(result: AuditResult) -> Reason | None:
    if not result.world.graph.in_use:
        return "no-tools"
    return None if result.stack.knows_flows else "flows-unknown"


def _components(world: World) -> tuple[Component, ...]:
    found = [_component(world, sorted(each)) for each in world.graph.groups if len(each) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.tools), each.tools)))


def _component(world: World, tools: list[str]) -> Component:
    graph = world.graph
    data = {dataset for tool in tools for dataset in graph.present(tool)}
    islands = {graph.island(tool) for tool in tools}
    return Component(
        tools=by_name(tool_items(world, tools)),
        data=by_name(dataset_items(world, data)),
        records=by_name(dataset_items(world, {d for t in tools for d in graph.records_of(t)})),
        island=islands.pop() if len(islands) == 1 else None,
        sensitivity=of_data(
            world.stack, data, complete=not any(graph.may_have_more(tool) for tool in tools)
        ),
    )


def _lone(world: World) -> tuple[LoneTool, ...]:
    graph = world.graph
    alone = [tool for group in graph.groups if len(group) == 1 for tool in group]
    found = [_lone_tool(world, each) for each in alone if graph.connected(each) is not True]
    return tuple(
        sorted(found, key=lambda each: (SENSITIVITIES.index(each.sensitivity), each.tool.id))
    )


def _lone_tool(world: World, tool: str) -> LoneTool:
    return LoneTool(
        tool=tool_items(world, (tool,))[0],
        data=by_name(dataset_items(world, world.graph.present(tool))),
        sensitivity=sensitivity_of(world, tool),
        sure=world.graph.connected(tool) is False,
    )
