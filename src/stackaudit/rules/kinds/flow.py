"""The flow as a subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.inventory.model import Flow
from stackaudit.rules.kinds.data import section_place
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class FlowSubject(Subject):
    """A directed movement of datasets from one tool to another."""

    __slots__ = ("runs",)
    kind: ClassVar[str] = "flow"
    section: ClassVar[str | None] = "flows"
    entry: Flow

    def __init__(self, world: World, ids: tuple[str, ...], entry: Flow) -> None:
        super().__init__(world, ids, entry)
        self.runs = world.graph.carries(self.id)
        """Whether data moves on it today; nearly every rule about flows asks this first."""

    def label(self) -> str:
        through = f" → {self.entry.through}" if self.entry.through else ""
        return f"{self.entry.source}{through} → {self.entry.target}"


def _flows(world: World) -> Iterable[Subject]:
    """a directed movement of datasets from one tool to another"""
    return world.flows.values()


def flows_unknown(world: World) -> Iterator[Undecided]:
    """Once for all flows that the inventory does not list, or for each tool that says so."""
    from stackaudit.graph.missing import LISTED_FLOWS, Missing

    if not world.graph.flows_known:
        yield Undecided((("stack", "flows"),), (LISTED_FLOWS,), section_place(world, "flows"))
        return
    for name in sorted(world.graph.partly_listed):
        place = world.stack.origins.place("tools", name, "incomplete")
        yield Undecided((("tool", name),), (Missing("tools", name, "incomplete"),), place)


register_kind("flow", _flows, flows_unknown)
