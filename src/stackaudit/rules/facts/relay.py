"""Tools that data only passes through, and the needs that would go unmet without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.phrase import phrase
from stackaudit.rules.facts.data import content_unstated, missing_flows
from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, TEXT, TEXTS

if TYPE_CHECKING:
    from stackaudit.graph.needs import Need


def _relay_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    found = (*content_unstated(tool), *missing_flows(tool, tool.world.graph.unstated_at(tool.id)))
    return tuple(dict.fromkeys(found))


@fact("tool", FLAG, missing=_relay_unstated)
def relays(tool: ToolSubject) -> bool | None:
    """Whether data only passes through it on its way elsewhere, and nothing is kept."""
    return tool.world.graph.relays(tool.id)


def _lost(tool: ToolSubject) -> tuple[Need, ...]:
    return tool.world.graph.needs_lost_without(tool.id)


def _needs_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What keeps open whether needs are met; all flows, where they are not all listed."""
    graph, stack = tool.world.graph, tool.world.stack
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    if "capabilities" in stack.incomplete or not stack.origins.states("capabilities"):
        return (Missing("stack", "capabilities"),)
    undecided = (each for each in graph.needs if each.met is None)
    return tuple(sorted({missing for each in undecided for missing in each.missing}))


@fact("tool", TEXTS, missing=_needs_unstated, cached=True)
def needs_lost(tool: ToolSubject) -> Collection:
    """The needs that are met today and surely would not be without it, in words."""
    capabilities, datasets = tool.world.capabilities, tool.world.datasets
    found = tuple(
        phrase(
            "{data} for {capability}",
            data=datasets[each.dataset].label(),
            capability=capabilities[each.capability].label(),
        )
        for each in _lost(tool)
    )
    return Some(found) if _needs_unstated(tool) else found


def _first(tool: ToolSubject) -> Need | None:
    return next(iter(_lost(tool)), None)


@fact("tool", TEXT)
def lost_data(tool: ToolSubject) -> str | None:
    """The id of the dataset of the first of those needs."""
    need = _first(tool)
    return need.dataset if need else None


@fact("tool", TEXT)
def lost_from(tool: ToolSubject) -> str | None:
    """The id of the tool where the way of that need starts."""
    need = _first(tool)
    return need.path[0] if need and need.path else None


@fact("tool", TEXT)
def lost_to(tool: ToolSubject) -> str | None:
    """The id of the tool where the way of that need ends."""
    need = _first(tool)
    return need.path[-1] if need and need.path else None
