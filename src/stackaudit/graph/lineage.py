"""Lineage: where a dataset enters the stack, and which tools it reaches by which flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from stackaudit.graph.ends import between, protects
from stackaudit.graph.structure import Structure, remembered


class Stop(Protocol):
    """A tool's place on a way through the stack: from which tool, by which flow."""

    @property
    def previous(self) -> str | None:
        """The tool before; None where the way starts."""
        ...

    @property
    def flow(self) -> str | None:
        """The flow from that tool; None where the way starts."""
        ...


class Step(NamedTuple):
    """How a dataset comes to a tool on a way with the fewest flows.

    A tuple, because there is one for every dataset and every tool that it reaches.
    """

    hops: int
    """How many flows it has behind it; 0 where it starts."""
    previous: str | None = None
    """The tool before; None where it starts."""
    flow: str | None = None
    """The flow from that tool; None where it starts."""
    protect_known: bool = True
    """Whether every flow of the way says what is done to protect the data."""


@dataclass(frozen=True, eq=False)
class Lineage:
    """The way of one dataset through the stack, by flows that surely carry it.

    What it reaches is worked out when asked for: not every question needs all of it.
    """

    dataset: str
    entries: tuple[str, ...]
    """Where it enters: the tools in use that collect it, and its system of record."""
    record: str | None
    """Its system of record; None if there is none, or nobody said."""
    graph: Structure = field(repr=False)
    """The stack that it is about."""

    @cached_property
    def reached(self) -> Mapping[str, Step]:
        """The tools that it reaches from its entries; entries are at 0 hops."""
        return spread(self.graph, self.dataset, self.entries)

    @cached_property
    def personal(self) -> Mapping[str, Step]:
        """Those that it reaches without being hashed, aggregated or anonymized on the way.

        A flow that does not say how it protects the data counts as one that does not.
        """
        if not self.graph.shielded(self.dataset):
            return self.reached
        return spread(self.graph, self.dataset, self.entries, personal=True)

    @cached_property
    def from_record(self) -> Mapping[str, Step] | None:
        """The tools that it reaches from its system of record; None if there is no such tool."""
        if self.record is None:
            return None
        alone = self.entries == (self.record,)
        return self.reached if alone else spread(self.graph, self.dataset, (self.record,))

    @cached_property
    def personal_from_record(self) -> Mapping[str, Step] | None:
        """Those that it reaches from there without such protection."""
        if self.record is None or not self.graph.shielded(self.dataset):
            return self.from_record
        return spread(self.graph, self.dataset, (self.record,), personal=True)

    @cached_property
    def ended(self) -> tuple[str, ...]:
        """The flows that take it as personal data and bring it as something else; sorted."""
        flows = self.graph.stack.flows
        shielded = self.graph.shielded(self.dataset)
        return tuple(name for name in shielded if flows[name].source in self.personal)


def spread(
    graph: Structure, dataset: str, starts: Iterable[str], personal: bool = False
) -> Mapping[str, Step]:
    """The tools that the dataset surely reaches from `starts`, nearest first.

    `personal` stops at flows that hash, aggregate or anonymize.
    """
    routes, flows = graph.routes_out(dataset), graph.stack.flows
    level = sorted(set(starts))
    steps = dict.fromkeys(level, Step(0))
    while level:
        following = []
        for tool in level:
            hops, _, _, known = steps[tool]
            for name in routes.get(tool, ()):
                flow = flows[name]
                target = flow.target
                if target not in steps and not (personal and protects(flow)):
                    steps[target] = Step(hops + 1, tool, name, known and flow.protect is not None)
                    following.append(target)
        level = sorted(following)
    return steps


def path(steps: Mapping[str, Stop], graph: Structure, tool: str) -> tuple[str, ...]:
    """The tools from where the way starts to `tool`, with those that flows run through.

    Raises KeyError for a tool that is not reached.
    """
    stops = [tool]
    step = steps[tool]
    while step.previous is not None and step.flow is not None:
        middle = between(graph.stack.flows[step.flow])
        if middle is not None:
            stops.append(middle)
        stops.append(step.previous)
        step = steps[step.previous]
    return tuple(reversed(stops))


@remembered
def lineage(graph: Structure, dataset: str) -> Lineage:
    """Where the dataset enters and what it reaches; a name nobody declared reaches nothing."""
    record = graph.record_tool(dataset)
    entries = {*graph.collectors(dataset), *(() if record is None else (record,))}
    return Lineage(dataset, tuple(sorted(entries)), record, graph)
