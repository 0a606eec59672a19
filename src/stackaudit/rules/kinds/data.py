"""Datasets, capabilities, holdings (tool × dataset) and needs (capability × dataset)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.model import Dataset
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.graph.needs import Need
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World


class DatasetSubject(Subject):
    """A kind of data that the stack holds."""

    __slots__ = ()
    kind: ClassVar[str] = "dataset"
    section: ClassVar[str | None] = "datasets"
    entry: Dataset

    def label(self) -> str:
        return self.entry.name or self.id


class CapabilitySubject(Subject):
    """Something the business must be able to do."""

    __slots__ = ()
    kind: ClassVar[str] = "capability"
    section: ClassVar[str | None] = "capabilities"
    entry: Any

    def label(self) -> str:
        return str(self.entry.name)


class HoldingSubject(Subject):
    """One dataset in one tool: collected, held, or brought there by a flow."""

    __slots__ = ("dataset", "tool")
    kind: ClassVar[str] = "holding"
    section: ClassVar[str | None] = "tools"

    def __init__(self, world: World, tool: ToolSubject, dataset: DatasetSubject) -> None:
        super().__init__(world, (tool.id, dataset.id), tool.entry)
        self.tool = tool
        self.dataset = dataset

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("tool", self.tool.id), ("dataset", self.dataset.id))

    def label(self) -> str:
        return f"{self.dataset.label()} in {self.tool.label()}"


class NeedSubject(Subject):
    """One dataset that one capability needs."""

    __slots__ = ("capability", "dataset")
    kind: ClassVar[str] = "need"
    section: ClassVar[str | None] = "capabilities"
    entry: Need

    def __init__(
        self, world: World, capability: CapabilitySubject, dataset: DatasetSubject, need: Need
    ) -> None:
        super().__init__(world, (capability.id, dataset.id), need)
        self.capability = capability
        self.dataset = dataset

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("capability", self.capability.id), ("dataset", self.dataset.id))

    def label(self) -> str:
        return f"{self.dataset.label()} for {self.capability.label()}"

    def place(self) -> Place:
        return self.world.stack.origins.place("capabilities", self.capability.id, "needs")


def _datasets(world: World) -> Iterable[Subject]:
    """a kind of data that the stack holds"""
    return world.datasets.values()


def _capabilities(world: World) -> Iterator[Subject]:
    """something the business must be able to do, as declared under `capabilities:`"""
    for name in world.stack.capabilities:
        yield world.capabilities[name]


def _holdings(world: World) -> Iterator[Subject]:
    """one dataset in one tool that is in use: collected, held, or brought there by a flow"""
    for name, tool in world.tools.items():
        if tool.entry.in_use:
            for dataset in sorted(world.graph.present(name)):
                yield HoldingSubject(world, tool, world.datasets[dataset])


def _holdings_unknown(world: World) -> Iterator[Undecided]:
    """Tools of which it is not stated what they hold or collect; flows that may bring more."""
    from stackaudit.graph.missing import Missing

    for name, tool in world.tools.items():
        if not tool.entry.in_use:
            continue
        unstated = tuple(
            Missing("tools", name, key)
            for key in ("holds", "collects")
            if getattr(tool.entry, key) is None
        )
        unknown_flows = tuple(
            Missing("flows", flow, "data")
            for flow in world.graph.inflows(name)
            if world.stack.flows[flow].data is None and world.graph.carries(flow)
        )
        if unstated or unknown_flows:
            yield Undecided((("tool", name),), unstated + unknown_flows, tool.place())


def _needs(world: World) -> Iterator[Subject]:
    """one dataset that one capability needs"""
    for need in world.graph.needs:
        capability = world.capabilities[need.capability]
        yield NeedSubject(world, capability, world.datasets[need.dataset], need)


def needs_unknown(world: World) -> Iterator[Undecided]:
    """Declared capabilities of which it is not stated what data they need."""
    from stackaudit.graph.missing import Missing

    for name, entry in world.stack.capabilities.items():
        if entry.needs is None:
            place = world.stack.origins.place("capabilities", name)
            missing = (Missing("capabilities", name, "needs"),)
            yield Undecided((("capability", name),), missing, place)


register_kind("dataset", _datasets)
register_kind("capability", _capabilities)
register_kind("holding", _holdings, _holdings_unknown)
register_kind("need", _needs, needs_unknown)
