"""Needs: whether the data a capability needs gets to a tool that provides it, and how fresh."""

from __future__ import annotations

import math

from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.data import CapabilitySubject, DatasetSubject, NeedSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Number, number
from stackaudit.rules.types import FLAG, MINUTES, TEXTS, many, subject


def _missing(need: NeedSubject) -> tuple[Missing, ...]:
    return need.entry.missing


def _path(need: NeedSubject) -> tuple[str, ...]:
    return need.entry.path


@fact("need", subject("capability"))
def capability(need: NeedSubject) -> CapabilitySubject:
    """What the business must be able to do."""
    return need.capability


@fact("need", subject("dataset"))
def dataset(need: NeedSubject) -> DatasetSubject:
    """The data that it needs."""
    return need.dataset


@fact("need", FLAG, missing=_missing, path=_path)
def met(need: NeedSubject) -> bool | None:
    """Whether the data gets from its system of record to a tool that mainly provides it."""
    return need.entry.met


@fact("need", MINUTES, missing=lambda need: _intervals(need), path=_path)
def takes(need: NeedSubject) -> Number:
    """How old the data may be when it arrives: all intervals along the best path, added up."""
    late = need.entry.late
    if late is None:
        return None
    return number(late.least, math.inf if late.most is None else late.most)


def _intervals(need: NeedSubject) -> tuple[Missing, ...]:
    """The flows along the path of which it is not stated how often they run."""
    world = need.world
    path = need.entry.path
    return tuple(
        Missing("flows", flow, "every")
        for tool in path
        for flow in world.graph.outflows(tool)
        if world.stack.flows[flow].every is None
        and world.stack.flows[flow].target in path
        and need.dataset.id in (world.stack.flows[flow].data or ())
    )


@fact("need", MINUTES, missing=lambda need: (Missing("capabilities", need.capability.id, "within"),))
def within(need: NeedSubject) -> float | None:
    """How fresh the data must be; without limit if nothing is stated."""
    return math.inf if need.entry.within is None else need.entry.within


@fact("need", many(subject("tool")))
def providers(need: NeedSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that mainly provide the capability."""
    return tuple(need.world.tools[each] for each in need.entry.providers)


@fact("need", TEXTS)
def nearest(need: NeedSubject) -> tuple[str, ...]:
    """The tools that have the data already, nearest to its system of record first."""
    return tuple(need.world.tools[each].label() for each in need.entry.nearest)


@fact("need", subject("tool"))
def record(need: NeedSubject) -> ToolSubject | None:
    """The system of record of the data."""
    found = need.entry.record
    return None if found is None else need.world.tools[found]


@fact("need", subject("tool"))
def first_provider(need: NeedSubject) -> ToolSubject | None:
    """The first of the tools that mainly provide the capability, by id."""
    return need.world.tools[need.entry.providers[0]] if need.entry.providers else None
