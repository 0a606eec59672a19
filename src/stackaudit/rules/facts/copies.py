"""Copies of data: whether they are kept, fed from the right one, and erased with it."""

from __future__ import annotations

from stackaudit.rules.facts.data import ways_unstated
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.data import HoldingSubject
from stackaudit.rules.types import FLAG


@fact("holding", FLAG, rests_on=("holds",))
def held(holding: HoldingSubject) -> bool | None:
    """Whether the tool is stated to store the data, rather than to see it come and go."""
    holds = holding.tool.entry.holds
    return None if holds is None else holding.dataset.id in holds


@fact("holding", FLAG, rests_on=("erasure",))
def erased(holding: HoldingSubject) -> bool | None:
    """Whether the tool deletes the data when the system of record says so."""
    erasure = holding.tool.entry.erasure
    return None if erasure is None else holding.dataset.id in erasure


def _ways_from_record(holding: HoldingSubject) -> tuple[Missing, ...]:
    name = holding.dataset.id
    record = holding.world.graph.record_tool(name)
    if record is None:
        return (Missing("datasets", name, "system_of_record"),)
    return ways_unstated(holding.world, name, record, holding.tool.id)


@fact("holding", FLAG, missing=_ways_from_record, cached=True)
def fed(holding: HoldingSubject) -> bool | None:
    """Whether the data gets here from its system of record, if through other tools.

    True also where there is stated to be no system of record: there is nothing to be fed from.
    """
    return holding.world.graph.fed(holding.tool.id, holding.dataset.id)
