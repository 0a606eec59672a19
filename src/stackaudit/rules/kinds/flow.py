"""The flow as a subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from stackaudit.inventory.model import Flow
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class FlowSubject(Subject):
    """A directed movement of datasets from one tool to another."""

    __slots__ = ()
    kind: ClassVar[str] = "flow"
    section: ClassVar[str | None] = "flows"
    entry: Flow

    def label(self) -> str:
        through = f" → {self.entry.through}" if self.entry.through else ""
        return f"{self.entry.source}{through} → {self.entry.target}"


def _flows(world: World) -> Iterable[Subject]:
    """a directed movement of datasets from one tool to another"""
    return world.flows.values()


def flows_unknown(world: World) -> tuple[Undecided, ...]:
    """One entry for all flows that the inventory does not list."""
    from stackaudit.graph.missing import LISTED_FLOWS

    stack = world.stack
    if stack.knows_flows and "flows" not in stack.incomplete:
        return ()
    place = stack.origins.place("incomplete" if stack.knows_flows else "stackaudit")
    return (Undecided((("stack", "flows"),), (LISTED_FLOWS,), place),)


register_kind("flow", _flows, flows_unknown)
