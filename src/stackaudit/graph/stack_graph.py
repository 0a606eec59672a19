"""The data graph: every question one can ask of a stack, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import networkx as nx

from stackaudit.graph.exposure import Exposure, arrivals, exposure
from stackaudit.graph.identity import Pair, chain, joinable, pairs_needed
from stackaudit.graph.keys import Key, keys
from stackaudit.graph.lateness import Lateness, lateness
from stackaudit.graph.lineage import Lineage, lineage
from stackaudit.graph.needs import Need, needs
from stackaudit.graph.possible import possible
from stackaudit.graph.reach import Reach, reach
from stackaudit.graph.resilience import Load, load, loops, needs_lost_without, relays
from stackaudit.graph.silos import (
    connected,
    fed,
    group_of,
    groups,
    island,
    passes_on,
    reaches_record,
    takes_in,
)
from stackaudit.graph.structure import Structure


class StackGraph(Structure):
    """A stack and what follows from it; made by :func:`stackaudit.graph.build.build`.

    None as an answer always means that the inventory does not decide the question. What an
    answer means in full stands with the function of the same name.
    """

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Tools as nodes (attribute `tool`), stated flows as edges by id (attribute `flow`)."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        stack = self.stack
        for name, tool in stack.tools.items():
            graph.add_node(name, tool=tool)
        for name, flow in stack.flows.items():
            if flow.status != "absent":
                graph.add_edge(flow.source, flow.target, key=name, flow=flow)
        return graph

    def lineage(self, dataset: str) -> Lineage:
        """Where the dataset enters the stack and what it reaches."""
        return lineage(self, dataset)

    def lateness(self, dataset: str) -> Mapping[str, Lateness]:
        """How late the dataset is at every tool it reaches from its system of record."""
        record = self.record_tool(dataset)
        return lateness(self, dataset, (record,)) if record is not None else {}

    def possible(self, dataset: str, start: str) -> frozenset[str]:
        """The tools that the dataset may reach from one tool; all others it surely does not."""
        return possible(self, dataset, (start,))

    @property
    def needs(self) -> tuple[Need, ...]:
        """Each dataset that a declared capability needs, and whether it gets there."""
        return needs(self)

    @cached_property
    def _needs(self) -> Mapping[tuple[str, str], Need]:
        return {(need.capability, need.dataset): need for need in self.needs}

    def need(self, capability: str, dataset: str) -> Need:
        """The need of one capability for one dataset; KeyError if it is not stated."""
        return self._needs[capability, dataset]

    def connected(self, tool: str) -> bool | None:
        """Whether data moves into, out of or through the tool."""
        return connected(self, tool)

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The tools in use, grouped by whether data moves between them."""
        return groups(self)

    def group_of(self, tool: str, sure: bool = False) -> frozenset[str]:
        """The group that the tool belongs to; `sure` counts only flows that say what they carry."""
        return group_of(self, tool, sure)

    def island(self, tool: str) -> bool | None:
        """Whether the tool's group has none of the systems of record of its data."""
        return island(self, tool)

    def reaches_record(self, tool: str, dataset: str) -> bool | None:
        """Whether the dataset gets from the tool to its system of record."""
        return reaches_record(self, tool, dataset)

    def fed(self, tool: str, dataset: str) -> bool | None:
        """Whether the dataset gets from its system of record to the tool."""
        return fed(self, tool, dataset)

    def passes_on(self, tool: str, dataset: str) -> bool | None:
        """Whether a flow takes the dataset out of the tool."""
        return passes_on(self, tool, dataset)

    def takes_in(self, tool: str, dataset: str) -> bool | None:
        """Whether a flow brings the dataset to the tool."""
        return takes_in(self, tool, dataset)

    def joinable(self, first: str, second: str) -> bool | None:
        """Whether a chain of shared identity keys joins the two datasets."""
        return joinable(self, first, second)

    def chain(self, first: str, second: str) -> tuple[str, ...]:
        """The shortest such chain of datasets; empty if none is sure."""
        return chain(self, first, second)

    @property
    def pairs_needed(self) -> tuple[Pair, ...]:
        """The pairs of datasets about people that one capability needs together."""
        return pairs_needed(self)

    def exposure(self, tool: str) -> Exposure:
        """What a breach of the tool gives away."""
        return exposure(self, tool)

    def arrivals(self, tool: str, dataset: str) -> Iterator[bool | None]:
        """Of every flow that brings the dataset to the tool: whether it arrives as personal."""
        return arrivals(self, tool, dataset)

    def keys(self, tool: str) -> tuple[Key, ...]:
        """Every key to another tool that this one holds."""
        return keys(self, tool)

    @cached_property
    def downstream(self) -> Reach:
        """Which tools data of any kind may get to from each tool, flow after flow."""
        between: nx.DiGraph[str] = nx.DiGraph()
        between.add_nodes_from(self.stack.tools)
        flows = (self.stack.flows[name] for name in self.carrying)
        between.add_edges_from((flow.source, flow.target) for flow in flows)
        return reach(between)

    def relays(self, tool: str) -> bool | None:
        """Whether data only passes through the tool on its way elsewhere."""
        return relays(self, tool)

    def needs_lost_without(self, tool: str) -> tuple[Need, ...]:
        """The needs that are met now and surely would not be without the tool."""
        return needs_lost_without(self, tool)

    def load(self, tool: str) -> Load:
        """How many records a day come to the tool, and how many it can take."""
        return load(self, tool)

    def loops(self, dataset: str) -> tuple[frozenset[str], ...]:
        """Groups of tools from each of which the dataset comes back to it."""
        return loops(self, dataset)
