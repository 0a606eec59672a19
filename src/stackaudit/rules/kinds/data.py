"""Datasets, capabilities, holdings (tool × dataset) and needs (capability × dataset)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.model import Dataset
from stackaudit.phrase import phrase
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.graph.capabilities import ResolvedCapability
    from stackaudit.graph.missing import Missing
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
    entry: ResolvedCapability

    def label(self) -> str:
        return self.entry.name


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
        return phrase("{data} in {tool}", data=self.dataset.label(), tool=self.tool.label())


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
        return phrase(
            "{data} for {capability}", data=self.dataset.label(), capability=self.capability.label()
        )

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
    """Tools of which nobody said what they hold or collect, or all that flows bring them."""
    from stackaudit.graph.missing import LISTED_FLOWS

    if not world.graph.flows_known:
        place, known = section_place(world, "flows"), (("held", False), ("collected", False))
        yield Undecided((("stack", "flows"),), (LISTED_FLOWS,), place, known)
    for name, tool in world.tools.items():
        missing = tuple(_unstated(world, name)) if tool.entry.in_use else ()
        if missing:
            yield Undecided((("tool", name),), missing, tool.place(), tuple(_known(tool)))


def _known(tool: ToolSubject) -> Iterator[tuple[str, bool]]:
    """What is in a tool and not listed is not what it is stated to hold, or to collect."""
    if tool.entry.holds is not None:
        yield "held", False
    if tool.entry.collects is not None:
        yield "collected", False


def _unstated(world: World, tool: str) -> Iterator[Missing]:
    from stackaudit.graph.missing import Missing

    for key in ("holds", "collects"):
        if getattr(world.stack.tools[tool], key) is None:
            yield Missing("tools", tool, key)
    for flow in world.graph.unstated_into.get(tool, ()):
        yield Missing("flows", flow, "data")
    if tool in world.graph.partly_listed:
        yield Missing("tools", tool, "incomplete")


def section_place(world: World, section: str) -> Place:
    """Where the inventory says that a section is incomplete; its first line if that is missing."""
    stack = world.stack
    return stack.origins.place("incomplete" if section in stack.incomplete else "stackaudit")


def _needs(world: World) -> Iterator[Subject]:
    """one dataset that one capability needs"""
    for need in world.graph.needs:
        capability = world.capabilities[need.capability]
        yield NeedSubject(world, capability, world.datasets[need.dataset], need)


def needs_unknown(world: World) -> Iterator[Undecided]:
    """Capabilities that nobody declared, and declared ones that do not say what they need."""
    from stackaudit.graph.missing import Missing

    stack = world.stack
    if "capabilities" in stack.incomplete or not stack.origins.states("capabilities"):
        whole = (("stack", "capabilities"),)
        place = section_place(world, "capabilities")
        yield Undecided(whole, (Missing("stack", "capabilities"),), place)
    for name, entry in stack.capabilities.items():
        if entry.needs is None:
            missing = (Missing("capabilities", name, "needs"),)
            yield Undecided(
                (("capability", name),), missing, stack.origins.place("capabilities", name)
            )


register_kind("dataset", _datasets)
register_kind("capability", _capabilities)
register_kind("holding", _holdings, _holdings_unknown)
register_kind("need", _needs, needs_unknown)
