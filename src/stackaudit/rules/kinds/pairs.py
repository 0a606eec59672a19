"""Pairs of datasets that a capability needs together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.phrase import AND, phrase
from stackaudit.rules.kinds.data import DatasetSubject, needs_unknown
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class DatasetPairSubject(Subject):
    """Two datasets that at least one capability needs together."""

    __slots__ = ("a", "b", "capabilities")
    kind: ClassVar[str] = "dataset_pair"
    directed: ClassVar[bool] = False

    def __init__(
        self, world: World, a: DatasetSubject, b: DatasetSubject, capabilities: tuple[str, ...]
    ) -> None:
        super().__init__(world, (a.id, b.id), None)
        self.a = a
        self.b = b
        self.capabilities = capabilities

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("dataset", self.a.id), ("dataset", self.b.id))

    def label(self) -> str:
        return phrase(AND, first=self.a.label(), last=self.b.label())

    def place(self) -> Place:
        """Where the first capability says that it needs them."""
        return self.world.stack.origins.place("capabilities", self.capabilities[0], "needs")

    def more_places(self) -> tuple[Place, ...]:
        """Where the two are declared."""
        return (self.a.place(), self.b.place())


def _dataset_pairs(world: World) -> Iterator[Subject]:
    """two datasets that at least one capability needs together"""
    for pair in world.graph.pairs_needed:
        a, b = world.datasets[pair.first], world.datasets[pair.second]
        yield DatasetPairSubject(world, a, b, pair.capabilities)


register_kind("dataset_pair", _dataset_pairs, needs_unknown)
