"""What a tool does in the data's journey: whom it addresses, what is agreed, what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from stackaudit.rules.facts.data import content_unstated
from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact
from stackaudit.rules.facts.tool import measures
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, TEXT

if TYPE_CHECKING:
    from stackaudit.rules.world import World


def _lanes_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What it is for, or in which lane those capabilities are that the stack has declared."""
    if tool.entry.capabilities is None:
        return (Missing("tools", tool.id, "capabilities"),)
    known = tool.world.graph.capabilities
    names = dict.fromkeys(tool.entry.capabilities)
    return tuple(Missing("capabilities", n, "lane") for n in names if known[n].lane is None)


@fact("tool", FLAG, rests_on=("capabilities",), missing=_lanes_unstated)
def addresses(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to address people on our own initiative.

    Those of the lane `activate`: mails, ads, personalization; not an answer to who asks.
    """
    known = tool.world.graph.capabilities
    lanes = [known[each].lane for each in tool.entry.capabilities or ()]
    if "activate" in lanes:
        return True
    return None if _lanes_unstated(tool) else False


@fact("tool", FLAG, rests_on=("capabilities",), missing=_lanes_unstated)
def engages(tool: ToolSubject) -> bool | None:
    """Whether it is mainly a channel on which people deal with us: the lane `engage`."""
    capabilities = tool.entry.capabilities
    if capabilities is None:
        return None
    lane = tool.world.graph.capabilities[capabilities[0]].lane if capabilities else ""
    return None if lane is None else lane == "engage"


# Consent


def _consents(tool: ToolSubject) -> list[str]:
    """The datasets that record what people agreed to."""
    datasets = tool.world.stack.datasets
    return [name for name, entry in datasets.items() if entry.kind == "consent"]


def _consent_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if not _consents(tool):
        return (Missing("stack", "datasets"),)
    return content_unstated(tool)


@fact("tool", FLAG, missing=_consent_unstated)
def gets_consent(tool: ToolSubject) -> bool | None:
    """Whether a record of what people agreed to is kept here, or comes here by a flow.

    Unknown where the stack declares no dataset of the kind `consent`.
    """
    graph, consents = tool.world.graph, _consents(tool)
    if not graph.present(tool.id).isdisjoint(consents):
        return True
    return None if not consents or graph.may_have_more(tool.id) else False


@fact("tool", TEXT)
def consent_id(tool: ToolSubject) -> str | None:
    """The id of the first dataset that records what people agreed to."""
    return next(iter(_consents(tool)), None)


@fact("tool", TEXT)
def consent_source(tool: ToolSubject) -> str | None:
    """The id of the tool to bring it from: its system of record, else one in use that has it.

    An id of its own where there is no such tool.
    """
    name = consent_id(tool)
    if name is None:
        return None
    graph = tool.world.graph
    having = (*filter(None, [graph.record_tool(name)]), *graph.present_in(name))
    found = (each for each in having if each in graph.running and each != tool.id)
    return next(found, f"{name}-record")


# Measuring


def _mask(world: World, question: str, holds: Callable[[ToolSubject], object]) -> int:
    """The tools in use of which something holds, as bits of `downstream`; worked out once."""
    memory = world.memory
    if question not in memory:
        names = [name for name in world.graph.in_use if holds(world.tools[name])]
        memory[question] = world.graph.downstream.mask(names)
    mask: int = memory[question]
    return mask


def _unclear(tool: ToolSubject) -> bool:
    """Whether more may be said of its flows, or of what it is for."""
    return tool.id in tool.world.graph.partly_listed or measures(tool) is None


def _unclear_beyond(tool: ToolSubject) -> Iterator[ToolSubject]:
    """The tool itself, and those tools in use of which that holds and that its data may get to."""
    world = tool.world
    mask = _mask(world, "unclear whether it measures", _unclear)
    yield tool
    yield from (world.tools[each] for each in world.graph.downstream.among(tool.id, mask))


def _measured_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    graph, known = tool.world.graph, tool.world.capabilities
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    found: dict[Missing, None] = {}
    for each in _unclear_beyond(tool):
        if each.id in graph.partly_listed:
            found[Missing("tools", each.id, "incomplete")] = None
        if each.entry.capabilities is None:
            found[Missing("tools", each.id, "capabilities")] = None
        for name in each.entry.capabilities or ():
            if known[name].entry.does is None:
                found[Missing("capabilities", name, "does")] = None
    return tuple(found)


@fact("tool", FLAG, missing=_measured_unstated, cached=True)
def measured(tool: ToolSubject) -> bool | None:
    """Whether data from it gets to a tool that measures, by any way, or it measures itself."""
    if measures(tool):
        return True
    mask = _mask(tool.world, "tools that measure", measures)
    if tool.world.graph.downstream.meets(tool.id, mask):
        return True
    return None if _measured_unstated(tool) else False


@fact("tool", TEXT)
def measuring_id(tool: ToolSubject) -> str:
    """The id of a tool in use that measures; an id of its own where there is none."""
    tools = tool.world.tools
    found = (each for each in tool.world.graph.in_use if measures(tools[each]))
    return next(found, f"{tool.id}-measured")


# Data carried by hand


def _near(tool: ToolSubject) -> tuple[str, ...]:
    graph = tool.world.graph
    ends = (graph.carrying_inflows, graph.carrying_outflows, graph.carrying_passing)
    return tuple(sorted({name for flows in ends for name in flows(tool.id)}))


def _ways_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    from stackaudit.rules.facts.data import missing_flows

    flows = tool.world.stack.flows
    unstated = (name for name in _near(tool) if flows[name].method is None)
    return (*(Missing("flows", name, "method") for name in unstated), *missing_flows(tool))


@fact("tool", FLAG, missing=_ways_unstated)
def only_by_hand(tool: ToolSubject) -> bool | None:
    """Whether its only ways in and out are people, and at least one goes once a quarter or more."""
    from stackaudit.rules.facts.flow import stated_rare

    ways = [tool.world.flows[name] for name in _near(tool)]
    if any(each.entry.method not in (None, "manual") for each in ways):
        return False
    if _ways_unstated(tool):
        return None
    return any(not stated_rare(each) for each in ways)
