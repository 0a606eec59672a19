"""Datasets and holdings: whose copy is right, who has one, where it came from and goes to."""

from __future__ import annotations

from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact, stated
from stackaudit.rules.facts.words import named
from stackaudit.rules.kinds.data import DatasetSubject, HoldingSubject
from stackaudit.rules.kinds.pairs import DatasetPairSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import CONFIDENTIALITY, FLAG, PRIVACY, TEXT, TEXTS, many, subject

stated("dataset", "privacy", PRIVACY, "privacy", "none, personal, or special (GDPR article 9).")
stated("dataset", "confidentiality", CONFIDENTIALITY, "confidentiality",
       "How the organization classifies it.")  # fmt: skip
stated("dataset", "identity", TEXTS, "identity", "The keys that say whose record it is.")


@fact("dataset", TEXT)
def name(dataset: DatasetSubject) -> str:
    """What people call it."""
    return dataset.label()


@fact("dataset", FLAG, rests_on=("privacy",))
def personal(dataset: DatasetSubject) -> bool | None:
    """Whether it is about people who can be identified."""
    privacy = dataset.entry.privacy
    return None if privacy is None else privacy != "none"


@fact("dataset", FLAG, rests_on=("system_of_record",))
def has_record(dataset: DatasetSubject) -> bool | None:
    """Whether a system of record is named; false only if `none` is stated."""
    return named(dataset.entry.system_of_record)


@fact("dataset", many(subject("tool")), missing=lambda dataset: _holds_unstated(dataset))
def holders(dataset: DatasetSubject) -> Collection:
    """The tools in use that are stated to hold it."""
    world = dataset.world
    found, complete = [], True
    for tool in world.tools.values():
        if tool.entry.in_use:
            if tool.entry.holds is None:
                complete = False
            elif dataset.id in tool.entry.holds:
                found.append(tool)
    return tuple(found) if complete else Some(tuple(found))


def _holds_unstated(dataset: DatasetSubject) -> tuple[Missing, ...]:
    return tuple(
        Missing("tools", tool.id, "holds")
        for tool in dataset.world.tools.values()
        if tool.entry.in_use and tool.entry.holds is None
    )


@fact("holding", subject("tool"))
def tool(holding: HoldingSubject) -> ToolSubject:
    """The tool that has the data."""
    return holding.tool


@fact("holding", subject("dataset"))
def dataset(holding: HoldingSubject) -> DatasetSubject:
    """The data that the tool has."""
    return holding.dataset


@fact("holding", FLAG, rests_on=("collects",))
def collected(holding: HoldingSubject) -> bool | None:
    """Whether the data enters the stack here."""
    collects = holding.tool.entry.collects
    return None if collects is None else holding.dataset.id in collects


def _missing_ways(holding: HoldingSubject) -> tuple[Missing, ...]:
    record = holding.dataset.entry.system_of_record
    if record is None:
        return (Missing("datasets", holding.dataset.id, "system_of_record"),)
    return missing_flows(holding.tool)


def missing_flows(tool: ToolSubject) -> tuple[Missing, ...]:
    """What is not stated of the flows at a tool, or of all flows."""
    world = tool.world
    near = [*world.graph.inflows(tool.id), *world.graph.outflows(tool.id)]
    unstated = [each for each in near if world.stack.flows[each].data is None]
    if unstated:
        return tuple(Missing("flows", each, "data") for each in sorted(unstated))
    if tool.entry.incomplete:
        return (Missing("tools", tool.id, "incomplete"),)
    return (LISTED_FLOWS,)


@fact("holding", FLAG, missing=_missing_ways, cached=True)
def reaches_record(holding: HoldingSubject) -> bool | None:
    """Whether the data gets from here to its system of record, if through other tools."""
    return holding.world.graph.reaches_record(holding.tool.id, holding.dataset.id)


@fact("holding", FLAG, missing=lambda holding: missing_flows(holding.tool))
def taken_in(holding: HoldingSubject) -> bool | None:
    """Whether a flow brings the data here."""
    return holding.world.graph.takes_in(holding.tool.id, holding.dataset.id)


@fact("holding", FLAG, missing=lambda holding: missing_flows(holding.tool))
def passed_on(holding: HoldingSubject) -> bool | None:
    """Whether a flow takes the data away from here."""
    return holding.world.graph.passes_on(holding.tool.id, holding.dataset.id)


@fact("holding", FLAG, missing=lambda holding: _needs_unstated(holding))
def needed(holding: HoldingSubject) -> bool | None:
    """Whether a capability of the tool needs the data."""
    capabilities = holding.tool.entry.capabilities
    if capabilities is None:
        return None
    found: bool | None = False
    for each in capabilities:
        entry = holding.world.stack.capabilities.get(each)
        if entry is None:
            continue
        if entry.needs is None:
            found = None
        elif holding.dataset.id in entry.needs:
            return True
    return found


def _needs_unstated(holding: HoldingSubject) -> tuple[Missing, ...]:
    if holding.tool.entry.capabilities is None:
        return (Missing("tools", holding.tool.id, "capabilities"),)
    declared = holding.world.stack.capabilities
    return tuple(
        Missing("capabilities", each, "needs")
        for each in holding.tool.entry.capabilities
        if each in declared and declared[each].needs is None
    )


@fact("dataset_pair", subject("dataset"))
def a(pair: DatasetPairSubject) -> DatasetSubject:
    """One of the two."""
    return pair.a


@fact("dataset_pair", subject("dataset"))
def b(pair: DatasetPairSubject) -> DatasetSubject:
    """The other one."""
    return pair.b


@fact("dataset_pair", TEXTS)
def needed_for(pair: DatasetPairSubject) -> tuple[str, ...]:
    """The capabilities that need both together."""
    return tuple(pair.world.capabilities[each].label() for each in pair.capabilities)


@fact("dataset_pair", FLAG, missing=lambda pair: _identity_unstated(pair), cached=True)
def joinable(pair: DatasetPairSubject) -> bool | None:
    """Whether a chain of shared identity keys, along flows, says which records belong together."""
    return pair.world.graph.joinable(pair.a.id, pair.b.id)


def _identity_unstated(pair: DatasetPairSubject) -> tuple[Missing, ...]:
    datasets = pair.world.stack.datasets
    unstated = [each for each in (pair.a.id, pair.b.id) if datasets[each].identity is None]
    if unstated:
        return tuple(Missing("datasets", each, "identity") for each in unstated)
    others = [name for name, entry in datasets.items() if entry.identity is None]
    return tuple(Missing("datasets", each, "identity") for each in others) or (LISTED_FLOWS,)
