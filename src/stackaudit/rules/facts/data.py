"""Datasets and holdings: whose copy is right, who has one, where it came from and goes to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact, stated
from stackaudit.rules.facts.words import named
from stackaudit.rules.kinds.data import DatasetSubject, HoldingSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import CONFIDENTIALITY, FLAG, PRIVACY, TEXT, TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World

stated("dataset", "privacy", PRIVACY, "privacy", "none, personal, or special (GDPR article 9).")
stated("dataset", "confidentiality", CONFIDENTIALITY, "confidentiality",
       "How the organization classifies it.")  # fmt: skip
stated("dataset", "identity", TEXTS, "identity", "The keys that say whose record it is.")


def datasets_of(world: World, ids: Iterable[str], *, complete: bool) -> Collection:
    """Datasets as a collection of subjects, in the order given; open if there may be more."""
    found = tuple(world.datasets[each] for each in ids)
    return found if complete else Some(found)


# What a dataset is, and where


@fact("dataset", TEXT)
def name(dataset: DatasetSubject) -> str:
    """What people call it."""
    return dataset.label()


@fact("dataset", TEXT, name="id")
def id_(dataset: DatasetSubject) -> str:
    """Its id in the inventory."""
    return dataset.id


@fact("dataset", FLAG, rests_on=("privacy",))
def personal(dataset: DatasetSubject) -> bool | None:
    """Whether it is about people who can be identified."""
    privacy = dataset.entry.privacy
    return None if privacy is None else privacy != "none"


@fact("dataset", FLAG)
def is_consent(dataset: DatasetSubject) -> bool:
    """Whether it is the record of what people agreed to, by its stated kind."""
    return dataset.entry.kind == "consent"


@fact("dataset", FLAG, rests_on=("system_of_record",))
def has_record(dataset: DatasetSubject) -> bool | None:
    """Whether a system of record is named; false only if `none` is stated."""
    return named(dataset.entry.system_of_record)


@fact("dataset", many(subject("tool")), missing=lambda dataset: _holds_unstated(dataset.world))
def holders(dataset: DatasetSubject) -> Collection:
    """The tools in use that are stated to hold it."""
    world = dataset.world
    found = tuple(world.tools[each] for each in world.graph.holders(dataset.id))
    return Some(found) if _holds_unstated(world) else found


def _holds_unstated(world: World) -> tuple[Missing, ...]:
    """The tools in use of which nobody said what they hold."""
    key = "holds unstated"
    if key not in world.memory:
        tools = world.stack.tools
        world.memory[key] = tuple(
            Missing("tools", each, "holds")
            for each in world.graph.in_use
            if tools[each].holds is None
        )
    found: tuple[Missing, ...] = world.memory[key]
    return found


@fact("dataset", subject("tool"))
def first_holder(dataset: DatasetSubject) -> ToolSubject | None:
    """The first of the tools that hold it, by id."""
    names = dataset.world.graph.holders(dataset.id)
    return dataset.world.tools[names[0]] if names else None


@fact("dataset", FLAG, missing=lambda dataset: _content_unstated(dataset.world), cached=True)
def present(dataset: DatasetSubject) -> bool | None:
    """Whether it is in any tool in use: held, collected, or brought there by a flow."""
    graph = dataset.world.graph
    if graph.present_in(dataset.id):
        return True
    known = graph.tools_known and not any(graph.may_have_more(each) for each in graph.in_use)
    return False if known else None


def _content_unstated(world: World) -> tuple[Missing, ...]:
    """What nobody said of the data that the tools in use have."""
    return tuple(
        each for name in world.graph.in_use for each in content_unstated(world.tools[name])
    )


def content_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of the data that the tool has: held, collected, or brought by flows."""
    own = [
        Missing("tools", tool.id, key)
        for key in ("holds", "collects")
        if getattr(tool.entry, key) is None
    ]
    return (*own, *missing_flows(tool, tool.world.graph.unstated_into.get(tool.id, ())))


def missing_flows(tool: ToolSubject, unstated: Iterable[str] = ()) -> tuple[Missing, ...]:
    """What is not stated of the flows at a tool: the data of those named, and which there are."""
    found = [Missing("flows", each, "data") for each in sorted(set(unstated))]
    graph = tool.world.graph
    if not graph.flows_known:
        found.append(LISTED_FLOWS)
    elif tool.id in graph.partly_listed:
        found.append(Missing("tools", tool.id, "incomplete"))
    return tuple(found)


# One dataset in one tool


@fact("holding", subject("tool"))
def tool(holding: HoldingSubject) -> ToolSubject:
    """The tool that has the data."""
    return holding.tool


@fact("holding", subject("dataset"))
def dataset(holding: HoldingSubject) -> DatasetSubject:
    """The data that the tool has."""
    return holding.dataset


@fact("holding", subject("tool"))
def record(holding: HoldingSubject) -> ToolSubject | None:
    """The system of record of the data; unknown also where there is none."""
    found = holding.world.graph.record_tool(holding.dataset.id)
    return None if found is None else holding.world.tools[found]


@fact("holding", FLAG, missing=lambda holding: _record_unstated(holding))
def is_record(holding: HoldingSubject) -> bool | None:
    """Whether the tool is the system of record of the data."""
    found = holding.dataset.entry.system_of_record
    return None if found is None else found == holding.tool.id


@fact("holding", FLAG, rests_on=("collects",))
def collected(holding: HoldingSubject) -> bool | None:
    """Whether the data enters the stack here."""
    collects = holding.tool.entry.collects
    return None if collects is None else holding.dataset.id in collects


def _record_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    if holding.dataset.entry.system_of_record is not None:
        return ()
    return (Missing("datasets", holding.dataset.id, "system_of_record"),)


def _ways_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    record = holding.world.graph.record_tool(holding.dataset.id)
    if record is None:
        return _record_unstated(holding)
    return ways_unstated(holding.world, holding.dataset.id, holding.tool.id, record)


def ways_unstated(world: World, dataset: str, start: str, end: str) -> tuple[Missing, ...]:
    """What is not stated of the flows on which the dataset may get from one tool to the other."""
    from stackaudit.graph.possible import possible, possible_sources

    graph = world.graph
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    between = possible(graph, dataset, (start,)) & possible_sources(graph, dataset, (end,))
    found = [Missing("tools", each, "incomplete") for each in graph.partly_listed & between]
    found += [
        Missing("flows", flow, "data")
        for source in between.intersection(graph.unstated_out)
        for flow in graph.unstated_out[source]
        if world.stack.flows[flow].target in between
    ]
    return tuple(sorted(found))


@fact("holding", FLAG, missing=_ways_unstated, cached=True)
def reaches_record(holding: HoldingSubject) -> bool | None:
    """Whether the data gets from here to its system of record, if through other tools.

    True also where there is stated to be no system of record: there is nothing to reach.
    """
    return holding.world.graph.reaches_record(holding.tool.id, holding.dataset.id)


@fact("holding", FLAG, missing=lambda holding: _arrival_unstated(holding), cached=True)
def takes_in_personal(holding: HoldingSubject) -> bool | None:
    """Whether a flow brings the data here, and in a form that is still personal."""
    arrived = set(holding.world.graph.arrivals(holding.tool.id, holding.dataset.id))
    if True in arrived:
        return True
    may_come = holding.dataset.entry.privacy != "none" and missing_flows(
        holding.tool, holding.world.graph.unstated_into.get(holding.tool.id, ())
    )
    return None if None in arrived or may_come else False


def _arrival_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    unstated = holding.world.graph.unstated_into.get(holding.tool.id, ())
    found = missing_flows(holding.tool, unstated)
    if holding.dataset.entry.privacy is None:
        return (Missing("datasets", holding.dataset.id, "privacy"), *found)
    return found


@fact("holding", FLAG, missing=lambda holding: _departure_unstated(holding))
def passed_on(holding: HoldingSubject) -> bool | None:
    """Whether a flow takes the data away from here."""
    return holding.world.graph.passes_on(holding.tool.id, holding.dataset.id)


def _departure_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    return missing_flows(holding.tool, holding.world.graph.unstated_out.get(holding.tool.id, ()))


@fact("holding", FLAG, missing=lambda holding: _needs_unstated(holding))
def needed(holding: HoldingSubject) -> bool | None:
    """Whether a capability of the tool needs the data.

    Of a capability that the inventory does not declare, nobody said what it needs.
    """
    capabilities = holding.tool.entry.capabilities
    if capabilities is None:
        return None
    stated_needs = [_needs(holding.world, each) for each in capabilities]
    if any(holding.dataset.id in needs for needs in stated_needs if needs is not None):
        return True
    return None if None in stated_needs else False


def _needs(world: World, capability: str) -> tuple[str, ...] | None:
    entry = world.stack.capabilities.get(capability)
    return None if entry is None else entry.needs


def _needs_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    capabilities = holding.tool.entry.capabilities
    if capabilities is None:
        return (Missing("tools", holding.tool.id, "capabilities"),)
    return tuple(
        Missing("capabilities", each, "needs")
        for each in capabilities
        if _needs(holding.world, each) is None
    )


@fact("holding", TEXT)
def purpose(holding: HoldingSubject) -> str:
    """The id of the capability that the tool would need the data for: what it is mainly for.

    An id of its own where the tool is for nothing that anybody named.
    """
    capabilities = holding.tool.entry.capabilities
    return capabilities[0] if capabilities else f"use-of-{holding.dataset.id}"
