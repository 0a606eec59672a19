"""How a tool is connected: with whom, with which systems of record, and what arrives from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.phrase import counted
from stackaudit.rules.facts.data import content_unstated, missing_flows, ways_unstated
from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, NUMBER, TEXT, TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.graph.lineage import Lineage
    from stackaudit.rules.world import World

Arrivals = dict[str, list[tuple[int, str]]]
"""By tool: how many flows each personal dataset takes from its system of record; nearest first."""


@fact("tool", FLAG, missing=lambda tool: _flows_unstated(tool))
def connected(tool: ToolSubject) -> bool | None:
    """Whether a flow takes data in, out, or through it."""
    return tool.world.graph.connected(tool.id)


def _flows_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of the flows at the tool: which there are, and what they carry."""
    return missing_flows(tool, tool.world.graph.unstated_at(tool.id))


@fact("tool", many(subject("tool")))
def group(tool: ToolSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that it is connected to, directly or through others, itself included."""
    return tuple(tool.world.tools[each] for each in sorted(tool.world.graph.group_of(tool.id)))


@fact("tool", NUMBER)
def group_size(tool: ToolSubject) -> int:
    """How many tools these are."""
    return len(tool.world.graph.group_of(tool.id))


@fact("tool", FLAG, missing=lambda tool: _island_unstated(tool))
def on_island(tool: ToolSubject) -> bool | None:
    """Whether it is connected to others, and all of them to no system of record of their data."""
    return tool.world.graph.island(tool.id)


def _island_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """The flows of its group, and whose copy of data is right; else what the group has."""
    graph, members = tool.world.graph, group(tool)
    flows = [each for member in members for each in _flows_unstated(member)]
    ids = {member.id for member in members}
    records = [
        Missing("datasets", name, "system_of_record")
        for name in graph.unrecorded
        if ids & graph.may_be_record(name)
    ]
    content = (each for member in members for each in content_unstated(member))
    return tuple(dict.fromkeys([*flows, *records] or content))


@fact("tool", many(subject("tool")))
def records_elsewhere(tool: ToolSubject) -> tuple[ToolSubject, ...]:
    """The systems of record of its own data and of what the tools connected to it have."""
    return tuple(
        tool.world.tools[each] for each in _records(tool, [each.id for each in group(tool)])
    )


def _records(tool: ToolSubject, members: list[str]) -> list[str]:
    """The systems of record, outside its group, of what these tools keep."""
    graph = tool.world.graph
    found = {graph.record_tool(name) for member in members for name in graph.kept(member)}
    return sorted(each for each in found - graph.group_of(tool.id) if each is not None)


@fact("tool", TEXT)
def neighbour_id(tool: ToolSubject) -> str:
    """The id of a tool to connect it with: a system of record of its data, or of its group's.

    Else the tool with the most flows; an id of its own where there is no other tool in use.
    """
    graph = tool.world.graph
    records = _records(tool, [tool.id]) or _records(tool, [each.id for each in group(tool)])
    if records:
        return records[0]
    others = [each for each in graph.in_use if each != tool.id]
    flows = {each: len(graph.inflows(each)) + len(graph.outflows(each)) for each in others}
    return min(flows, key=lambda each: (-flows[each], each), default=f"{tool.id}-neighbour")


@fact("tool", TEXT)
def shareable(tool: ToolSubject) -> str | None:
    """The id of a dataset that could move between it and another tool: its own, or its group's."""
    graph = tool.world.graph
    own = graph.kept(tool.id)
    return min(
        own or {name for member in group(tool) for name in graph.kept(member.id)}, default=None
    )


# What arrives from systems of record


def _all_arrivals(world: World) -> Arrivals:
    """The personal data that reaches each tool from systems of record; worked out once."""
    if "arrivals" not in world.memory:
        found: Arrivals = {}
        for name, entry in world.stack.datasets.items():
            if entry.privacy in ("personal", "special"):
                for tool, step in (world.graph.lineage(name).personal_from_record or {}).items():
                    if step.hops > 0:
                        found.setdefault(tool, []).append((step.hops, name))
        world.memory["arrivals"] = {tool: sorted(each) for tool, each in found.items()}
    arrivals: Arrivals = world.memory["arrivals"]
    return arrivals


def _arrivals(tool: ToolSubject) -> list[tuple[int, str]]:
    return _all_arrivals(tool.world).get(tool.id, [])


def _arrival_path(tool: ToolSubject) -> tuple[str, ...]:
    """The way of the nearest personal dataset from its system of record to the tool."""
    from stackaudit.graph.lineage import path

    graph = tool.world.graph
    for _, name in _arrivals(tool)[:1]:
        return path(graph.lineage(name).personal_from_record or {}, graph, tool.id)
    return ()


@fact("tool", FLAG, missing=lambda tool: _arrivals_unstated(tool), path=_arrival_path, cached=True)
def gets_personal_data(tool: ToolSubject) -> bool | None:
    """Whether personal data, in a form that is still personal, reaches it from its record.

    That is the dataset's system of record, by flows that surely carry it.
    """
    if _arrivals(tool):
        return True
    return None if any(_may_arrive(tool, each) for each in tool.world.stack.datasets) else False


def _may_arrive(tool: ToolSubject, dataset: str) -> bool:
    """Whether nothing rules out that the dataset comes here from its record as personal data."""
    graph, entry = tool.world.graph, tool.world.stack.datasets[dataset]
    record = entry.system_of_record
    if entry.privacy == "none" or record in ("none", tool.id):
        return False
    if graph.takes_in(tool.id, dataset) is False:
        return False
    if record is None:
        return True
    lineage = graph.lineage(dataset)
    if tool.id in (lineage.personal_from_record or {}):
        return True  # it does arrive; what nobody said is whether it is personal
    return tool.id in graph.possible(dataset, record) and _may_bypass(tool, lineage)


def _may_bypass(tool: ToolSubject, lineage: Lineage) -> bool:
    """Whether there may be another way than those listed, on all of which it is protected."""
    graph = tool.world.graph
    listed = tool.id in (lineage.from_record or {})
    return not listed or not graph.flows_known or bool(graph.unstated_out or graph.partly_listed)


def _arrivals_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """Of every dataset that may arrive: its class, its system of record, the ways from there."""
    if not tool.world.graph.flows_known:
        return (LISTED_FLOWS,)
    found: set[Missing] = set()
    for name, entry in tool.world.stack.datasets.items():
        if _may_arrive(tool, name):
            if entry.privacy is None:
                found.add(Missing("datasets", name, "privacy"))
            elif entry.system_of_record is None:
                found.add(Missing("datasets", name, "system_of_record"))
            else:
                found.update(ways_unstated(tool.world, name, entry.system_of_record, tool.id))
    return tuple(sorted(found))


@fact("tool", NUMBER, path=_arrival_path)
def hops(tool: ToolSubject) -> int | None:
    """How many flows the nearest personal data takes from its system of record."""
    arrivals = _arrivals(tool)
    return arrivals[0][0] if arrivals else None


@fact("tool", TEXT)
def distance(tool: ToolSubject) -> str | None:
    """The same in words."""
    number = hops(tool)
    return None if number is None else counted(number, "one flow", "{n} flows")


@fact("tool", TEXTS)
def arriving(tool: ToolSubject) -> tuple[str, ...]:
    """The names of the personal data that reaches it from systems of record, nearest first."""
    return tuple(tool.world.datasets[name].label() for _, name in _arrivals(tool))
