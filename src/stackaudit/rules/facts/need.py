"""Needs: whether the data a capability needs gets to a tool that provides it, and how fresh."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from stackaudit.graph.missing import LISTED_TOOLS
from stackaudit.phrase import phrase, word
from stackaudit.rules.facts.data import ways_unstated
from stackaudit.rules.facts.flow import rhythm_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.data import CapabilitySubject, DatasetSubject, NeedSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Number, Some, number
from stackaudit.rules.show import listing
from stackaudit.rules.types import FLAG, MINUTES, TEXT, many, subject


def _missing(need: NeedSubject) -> tuple[Missing, ...]:
    return need.entry.missing


def _path(need: NeedSubject) -> tuple[str, ...]:
    """The way to the best provider; for a need that is not met, how far the data gets."""
    from stackaudit.graph.lineage import path

    if need.entry.path:
        return need.entry.path
    graph = need.world.graph
    steps = graph.lineage(need.dataset.id).from_record or {}
    nearest = [tool for tool in need.entry.nearest if tool in steps]
    return path(steps, graph, nearest[0]) if nearest else ()


@fact("need", subject("capability"))
def capability(need: NeedSubject) -> CapabilitySubject:
    """What the business must be able to do."""
    return need.capability


@fact("need", subject("dataset"))
def dataset(need: NeedSubject) -> DatasetSubject:
    """The data that it needs."""
    return need.dataset


def _unplaced(need: NeedSubject) -> tuple[Missing, ...]:
    """What could make one more tool a provider: that nobody said what it is for."""
    graph = need.world.graph
    unplaced = tuple(Missing("tools", each, "capabilities") for each in graph.unplaced)
    return unplaced if graph.tools_known else (*unplaced, LISTED_TOOLS)


def _known_providers(need: NeedSubject) -> tuple[ToolSubject, ...]:
    return tuple(need.world.tools[each] for each in need.entry.providers)


@fact("need", many(subject("tool")), missing=_unplaced)
def providers(need: NeedSubject) -> Collection:
    """The tools in use that mainly provide the capability."""
    known = _known_providers(need)
    return Some(known) if _unplaced(need) else known


@fact("need", many(subject("tool")))
def also(need: NeedSubject) -> tuple[ToolSubject, ...]:
    """The tools that have the data and list the capability, though not as what they mainly do."""
    return tuple(need.world.tools[each] for each in need.entry.also)


@fact("need", FLAG, missing=_missing, path=_path)
def met(need: NeedSubject) -> bool | None:
    """Whether the data gets from its system of record to a tool that mainly provides it.

    Where it is stated that there is no system of record: whether such a tool has the data.
    """
    return need.entry.met


@fact("need", TEXT)
def gap(need: NeedSubject) -> str:
    """What keeps a need from being met, in words."""
    record, names = need.world.graph.record_tool(need.dataset.id), listing(_known_providers(need))
    if not need.entry.providers:
        return _nothing_for_it(need)
    if record is None:
        return phrase("this data does not get to {tools}", tools=names)
    source = need.world.tools[record]
    if record not in need.world.graph.running:
        stage = word("lifecycle", source.entry.stage)
        return phrase(_RECORD_GONE, tool=source.label(), stage=stage)
    return phrase(_NO_FLOW, source=source.label(), tools=names)


_RECORD_GONE: Final = "{tool}, its system of record, is {stage}"
_NO_FLOW: Final = "no flow brings this data from {source} to {tools}"


def _nothing_for_it(need: NeedSubject) -> str:
    stated = _unplaced(need)
    none = phrase("no tool in use is stated to be mainly for that" if stated
                  else "no tool in use is mainly for that")  # fmt: skip
    if not need.entry.also:
        return none
    others = listing(also(need))
    return phrase("{none} ({tools} can do it and has the data)", none=none, tools=others)


@fact("need", TEXT)
def reach(need: NeedSubject) -> str:
    """How far the data gets, in words: the tools that have it, the most useful first."""
    having = tuple(need.world.tools[each] for each in need.entry.nearest)
    if not having:
        return phrase("no tool in use has it")
    one, many = "the nearest that has it: {tools}", "the nearest that have it: {tools}"
    return phrase(one if len(having) == 1 else many, tools=listing(having))


@fact("need", subject("tool"))
def provider(need: NeedSubject) -> ToolSubject | None:
    """The tool that mainly provides it and gets the data first; unknown if none surely does."""
    found = need.entry.provider
    return None if found is None else need.world.tools[found]


@fact("need", TEXT)
def source_id(need: NeedSubject) -> str:
    """The id of the tool from which a new flow could bring the data.

    Where its way to the capability starts, its system of record, or the nearest tool that has
    it; an id of its own where there is no such tool.
    """
    record = need.world.graph.record_tool(need.dataset.id)
    known = (*need.entry.path[:1], *(() if record is None else (record,)), *need.entry.nearest)
    return known[0] if known else f"{need.dataset.id}-source"


@fact("need", TEXT)
def record_id(need: NeedSubject) -> str:
    """What is stated as the system of record of the data, `none` included; else that source."""
    return need.entry.record or source_id(need)


@fact("need", TEXT)
def provider_id(need: NeedSubject) -> str:
    """The id of the tool to which a new flow could bring the data.

    The one that gets it first, else the first by id that mainly provides the capability; an id
    of its own where there is no such tool.
    """
    found = need.entry.provider or next(iter(need.entry.providers), None)
    return found or f"{need.capability.id}-tool"


@fact("need", FLAG)
def limited(need: NeedSubject) -> bool:
    """Whether it is stated how fresh the data must be; if nothing is, there is no limit."""
    return need.entry.within is not None


@fact("need", MINUTES)
def within(need: NeedSubject) -> float:
    """How fresh the data must be; without limit if nothing is stated."""
    return math.inf if need.entry.within is None else need.entry.within


@fact("need", MINUTES, missing=lambda need: _intervals_unstated(need), path=_path)
def takes(need: NeedSubject) -> Number:
    """How old the data may be when it arrives: all intervals along the best path, added up."""
    late = need.entry.late
    if late is None:
        return number(0, math.inf)
    return number(late.least, math.inf if late.most is None else late.most)


@fact("need", TEXT)
def slowest(need: NeedSubject) -> str | None:
    """The flow of the best path that lets the data wait the longest, with its interval in words."""
    from stackaudit.graph.lateness import minutes

    flows = [need.world.flows[each] for each in _flows_of_path(need)]
    found = max(flows, key=lambda flow: minutes(flow.entry) or 0, default=None)
    if found is None:
        return None
    return phrase("{flow}, {rhythm}", flow=found.label(), rhythm=rhythm_of(found.entry))


def _flows_of_path(need: NeedSubject) -> list[str]:
    """The flows of the best path, from its start to the provider."""
    return list(reversed(list(_back(need))))


def _back(need: NeedSubject) -> Iterator[str]:
    from stackaudit.graph.lateness import quickest

    if need.entry.path:
        ways = quickest(need.world.graph, need.dataset.id, need.entry.path[:1])
        at = ways.get(need.entry.path[-1])
        while at is not None and at.previous is not None and at.flow is not None:
            yield at.flow
            at = ways[at.previous]


def _intervals_unstated(need: NeedSubject) -> tuple[Missing, ...]:
    """How often the flows of the best path run, or what may be another, quicker way.

    Where there is no path that is sure: why not.
    """
    if need.entry.missing:
        return need.entry.missing
    if not need.entry.path:
        return (Missing("datasets", need.dataset.id, "system_of_record"),)
    flows = need.world.stack.flows
    unstated = (each for each in _flows_of_path(need) if flows[each].every is None)
    found = tuple(Missing("flows", each, "every") for each in unstated)
    start, end = need.entry.path[0], need.entry.path[-1]
    return found or ways_unstated(need.world, need.dataset.id, start, end)
