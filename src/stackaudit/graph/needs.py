"""Needs: does the data that a capability cannot do without reach a tool that provides it?"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.graph.capabilities import ResolvedCapability
from stackaudit.graph.lateness import Lateness, lateness, quickest
from stackaudit.graph.lineage import lineage, path
from stackaudit.graph.missing import LISTED_FLOWS, LISTED_TOOLS, Missing, in_order
from stackaudit.graph.possible import possible, possible_sources, sure_sources
from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model.scalars import NONE

NEAREST: Final = 3
"""How many tools are named as the nearest."""


@dataclass(frozen=True, slots=True)
class Need:
    """One capability with one dataset that it cannot be done without."""

    capability: str
    dataset: str
    within: int | None
    """How old the dataset may be on arrival, in minutes; None if nobody said."""
    record: str | None
    """The dataset's system of record; `none`, or None if nobody said."""
    providers: tuple[str, ...]
    """The tools in use that mainly provide the capability."""
    met: bool | None
    """Whether the dataset reaches one of them from its system of record."""
    late: Lateness | None
    """How late it reaches the best of them; None unless it surely does, from a known start."""
    path: tuple[str, ...]
    """The quickest way to the best of them; empty where `late` is None."""
    nearest: tuple[str, ...]
    """Tools that have the dataset, where a flow to a provider could start: first those that
    already send something to one. Empty if the need is met."""
    also: tuple[str, ...]
    """Tools that have the dataset and list the capability, though not as their first."""
    missing: tuple[Missing, ...]
    """What would help to decide; empty if `met` is decided."""

    @property
    def provider(self) -> str | None:
        """The best tool that surely gets the dataset: the quickest, then the nearest."""
        return self.path[-1] if self.path else None

    @property
    def in_time(self) -> bool | None:
        """Whether it arrives within the time the capability allows; None if that is not sure."""
        if self.within is None or self.late is None:
            return None
        if self.late.most is not None and self.late.most <= self.within:
            return True
        return False if self.late.least > self.within else None


@remembered
def needs(graph: Structure) -> tuple[Need, ...]:
    """A need for each dataset that a declared capability needs, sorted."""
    return tuple(
        _need(graph, capability, dataset)
        for capability in graph.capabilities.values()
        for dataset in sorted(set(capability.needs or ()))
    )


def _need(graph: Structure, capability: ResolvedCapability, dataset: str) -> Need:
    providers = graph.providers(capability.id)
    met = _met(graph, dataset, providers)
    late, way = _arrival(graph, dataset, providers) if met else (None, ())
    return Need(
        capability=capability.id,
        dataset=dataset,
        within=capability.within,
        record=graph.record(dataset),
        providers=providers,
        met=met,
        late=late,
        path=way,
        nearest=() if met else _nearest(graph, dataset, providers),
        also=_also(graph, capability.id, dataset, providers),
        missing=_missing(graph, dataset, providers) if met is None else (),
    )


def _met(graph: Structure, dataset: str, providers: tuple[str, ...]) -> bool | None:
    """True or False only if it holds for every system of record that is not ruled out."""
    record = graph.record(dataset)
    if record is None:
        return _met_whatever_the_record(graph, dataset, providers)
    if record == NONE:
        return _met_by_having(graph, dataset, providers)
    reached = lineage(graph, dataset).from_record or {}
    if any(tool in reached for tool in providers):
        return True
    may_be_reached = possible(graph, dataset, (record,))
    may_provide = (*providers, *graph.unplaced)
    return None if not graph.tools_known or not may_be_reached.isdisjoint(may_provide) else False


def _met_by_having(graph: Structure, dataset: str, providers: tuple[str, ...]) -> bool | None:
    """Without a system of record: whether a provider has the dataset, from wherever."""
    if any(dataset in graph.present(tool) for tool in providers):
        return True
    may_have = any(
        graph.may_have_more(tool) or dataset in graph.present(tool)
        for tool in (*providers, *graph.unplaced)
    )
    return None if may_have or not graph.tools_known else False


def _met_whatever_the_record(
    graph: Structure, dataset: str, providers: tuple[str, ...]
) -> bool | None:
    """Nobody said which tool is right: decided where every tool, and none, would give the same."""
    without = _met_by_having(graph, dataset, providers)
    candidates = graph.may_be_record(dataset)
    if not graph.tools_known or not candidates:
        return without if graph.tools_known else None
    if candidates <= sure_sources(graph, dataset, providers):
        return True if without else None
    may_reach = possible_sources(graph, dataset, (*providers, *graph.unplaced))
    return False if without is False and candidates.isdisjoint(may_reach) else None


def _arrival(
    graph: Structure, dataset: str, providers: tuple[str, ...]
) -> tuple[Lateness | None, tuple[str, ...]]:
    """How late and by which way a met need's dataset reaches the best of the providers."""
    starts = _starts(graph, dataset, providers)
    late, ways = lateness(graph, dataset, starts), quickest(graph, dataset, starts)

    def quality(tool: str) -> tuple[float, float, int, str]:
        most = late[tool].most
        return (late[tool].least, inf if most is None else most, ways[tool].hops, tool)

    best = min((tool for tool in providers if tool in late), key=quality, default=None)
    if best is None:
        return None, ()
    may_start_nearer = graph.record_tool(dataset) is None and not _entries_known(graph)
    found = Lateness(0, late[best].most) if may_start_nearer else late[best]
    return found, path(ways, graph, best)


def _starts(graph: Structure, dataset: str, providers: tuple[str, ...]) -> tuple[str, ...]:
    """Where the way to a provider begins: at the system of record, or at what stands in for it.

    Nowhere, if nobody said which tool that is and some may be it.
    """
    record = graph.record_tool(dataset)
    if record is not None:
        return (record,)
    if graph.record(dataset) is None and graph.may_be_record(dataset):
        return ()
    own = (tool for tool in providers if dataset in graph.kept(tool))
    return tuple(sorted({*own, *lineage(graph, dataset).entries}))


@remembered
def _entries_known(graph: Structure) -> bool:
    """Whether nothing is kept in a tool in use that nobody said."""
    tools = (graph.stack.tools[name] for name in graph.in_use)
    return all(tool.holds is not None and tool.collects is not None for tool in tools)


def _nearest(graph: Structure, dataset: str, providers: tuple[str, ...]) -> tuple[str, ...]:
    senders = {
        graph.stack.flows[flow].source
        for tool in providers
        for flow in graph.carrying_inflows(tool)
    }
    steps = lineage(graph, dataset).from_record
    hops = (
        dict.fromkeys(graph.present_in(dataset), 0)
        if steps is None
        else {tool: step.hops for tool, step in steps.items() if graph.stack.tools[tool].in_use}
    )
    ranked = sorted(hops, key=lambda tool: (tool not in senders, hops[tool], tool))
    return tuple(ranked[:NEAREST])


def _also(
    graph: Structure, capability: str, dataset: str, providers: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        tool
        for tool in graph.offering(capability)
        if tool not in providers and dataset in graph.present(tool)
    )


def _missing(graph: Structure, dataset: str, providers: tuple[str, ...]) -> tuple[Missing, ...]:
    """What keeps the need open: the record, then providers and the ways to them."""
    record = graph.record(dataset)
    unknown = [] if graph.flows_known else [LISTED_FLOWS]
    if not graph.tools_known:
        unknown.append(LISTED_TOOLS)
    if record is None:
        unknown.append(Missing("datasets", dataset, "system_of_record"))
    elif record == NONE:
        content = _unknown_content(graph, providers) or _unknown_content(graph, graph.unplaced)
        unknown.extend(content)
    else:
        reached = possible(graph, dataset, (record,))
        unknown.extend(_unknown_ways(graph, dataset, record, providers))
        if reached.isdisjoint(providers):
            unknown.extend(
                Missing("tools", t, "capabilities") for t in graph.unplaced if t in reached
            )
    return in_order(*unknown)


def _unknown_content(graph: Structure, tools: Iterable[str]) -> list[Missing]:
    """What nobody said of these tools, and of the data in them."""
    unknown: list[Missing] = []
    for name in tools:
        tool = graph.stack.tools[name]
        keys = ("capabilities", "holds", "collects")
        unknown.extend(Missing("tools", name, key) for key in keys if getattr(tool, key) is None)
        if name in graph.partly_listed:
            unknown.append(Missing("tools", name, "incomplete"))
        unknown.extend(Missing("flows", f, "data") for f in graph.unstated_into.get(name, ()))
    return unknown


def _unknown_ways(
    graph: Structure, dataset: str, record: str, providers: tuple[str, ...]
) -> Iterable[Missing]:
    """What lies between the record and the providers and may, or may not, carry the dataset."""
    if not graph.flows_known:
        return
    between = possible(graph, dataset, (record,)) & possible_sources(graph, dataset, providers)
    for tool in between:
        if tool in graph.partly_listed:
            yield Missing("tools", tool, "incomplete")
        for flow in graph.unstated_out.get(tool, ()):
            if graph.stack.flows[flow].target in between:
                yield Missing("flows", flow, "data")
