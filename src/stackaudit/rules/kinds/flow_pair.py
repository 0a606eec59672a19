"""Two flows that bring data from the same tool to the same tool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.phrase import phrase
from stackaudit.rules.kinds.flow import FlowSubject, flows_unknown
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class FlowPairSubject(Subject):
    """Two flows that carry data today, with the same two ends."""

    __slots__ = ("a", "b")
    kind: ClassVar[str] = "flow_pair"
    directed: ClassVar[bool] = False

    def __init__(self, world: World, a: FlowSubject, b: FlowSubject) -> None:
        super().__init__(world, (a.id, b.id), None)
        self.a = a
        self.b = b

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("flow", self.a.id), ("flow", self.b.id))

    def label(self) -> str:
        return phrase("{flow}, twice", flow=self.a.label())

    def place(self) -> Place:
        return self.a.place()

    def more_places(self) -> tuple[Place, ...]:
        return (self.b.place(),)


def _flow_pairs(world: World) -> Iterator[Subject]:
    """two flows that carry data today from the same tool to the same tool"""
    between: defaultdict[tuple[str, str], list[FlowSubject]] = defaultdict(list)
    for name in world.graph.carrying:
        flow = world.flows[name]
        between[flow.entry.source, flow.entry.target].append(flow)
    for ends in sorted(between):
        for a, b in combinations(between[ends], 2):
            yield FlowPairSubject(world, a, b)


register_kind("flow_pair", _flow_pairs, flows_unknown)
