"""What is paid for, and what does the same: contracts, provisions and overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.model import Contract, SharedContract, Tool
from stackaudit.rules.kinds.scopes import Scopes, serve_the_same
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.kinds.data import CapabilitySubject
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World


class ContractSubject(Subject):
    """A contract: a tool's own, or one that covers several tools."""

    __slots__ = ()
    kind: ClassVar[str] = "contract"
    entry: Contract

    @property
    def covers(self) -> tuple[str, ...]:
        """The tools it pays for."""
        return self.entry.covers if isinstance(self.entry, SharedContract) else (self.id,)

    def label(self) -> str:
        if isinstance(self.entry, SharedContract):
            return self.entry.name or self.id
        return self.world.tools[self.id].label()

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        keys: tuple[str | int, ...] = tuple(key.split("."))
        if isinstance(self.entry, SharedContract):
            return ("contracts", self.id, keys)
        return ("tools", self.id, ("contract", *keys))

    def place(self) -> Place:
        if isinstance(self.entry, SharedContract):
            return self.world.stack.origins.place("contracts", self.id)
        return self.world.stack.origins.place("tools", self.id, "contract")

    def contract_id(self) -> str | None:
        return self.id


class ProvisionSubject(Subject):
    """A tool in use and the capability that it mainly provides."""

    __slots__ = ("capability", "tool")
    kind: ClassVar[str] = "provision"
    section: ClassVar[str | None] = "tools"

    def __init__(self, world: World, tool: ToolSubject, capability: CapabilitySubject) -> None:
        super().__init__(world, (tool.id, capability.id), tool.entry)
        self.tool = tool
        self.capability = capability

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("tool", self.tool.id), ("capability", self.capability.id))

    def label(self) -> str:
        return f"{self.tool.label()} for {self.capability.label()}"

    def place(self) -> Place:
        return self.world.stack.origins.place("tools", self.tool.id, "capabilities")

    def contract_id(self) -> str | None:
        return self.tool.contract_id()


class OverlapSubject(Subject):
    """Two tools in use of which one does mainly what the other does too, for the same people."""

    __slots__ = ("a", "b")
    kind: ClassVar[str] = "overlap"
    directed: ClassVar[bool] = False

    def __init__(self, world: World, a: ToolSubject, b: ToolSubject) -> None:
        super().__init__(world, (a.id, b.id), None)
        self.a = a
        self.b = b

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("tool", self.a.id), ("tool", self.b.id))

    def label(self) -> str:
        return f"{self.a.label()} and {self.b.label()}"

    def place(self) -> Place:
        return self.world.stack.origins.place("tools", self.a.id, "capabilities")

    def more_places(self) -> tuple[Place, ...]:
        return (self.world.stack.origins.place("tools", self.b.id, "capabilities"),)

    def contract_id(self) -> str | None:
        """Of the tool that could go."""
        from stackaudit.rules.facts.choice import choose

        return choose(self).drop.contract_id()


def _contracts(world: World) -> Iterable[Subject]:
    """a contract: a tool's own, or one that covers several tools"""
    return world.contracts.values()


def _contracts_unknown(world: World) -> Iterator[Undecided]:
    """Tools of which no contract is stated, nor that there is none."""
    from stackaudit.graph.missing import Missing

    for name, tool in world.tools.items():
        if tool.entry.contract is None and name not in world.covering:
            yield Undecided(
                (("tool", name),), (Missing("tools", name, "contract"),), tool.place()
            )


def _capabilities_unknown(world: World) -> Iterator[Undecided]:
    """Tools in use of which it is not stated what they are for."""
    from stackaudit.graph.missing import Missing

    for name, tool in world.tools.items():
        if tool.entry.in_use and tool.entry.capabilities is None:
            yield Undecided(
                (("tool", name),), (Missing("tools", name, "capabilities"),), tool.place()
            )


def _provisions(world: World) -> Iterator[Subject]:
    """a tool in use and the capability that it mainly provides"""
    for tool in world.tools.values():
        if tool.entry.in_use and tool.entry.capabilities:
            yield ProvisionSubject(world, tool, world.capabilities[tool.entry.capabilities[0]])


def _overlaps(world: World) -> Iterator[Subject]:
    """two tools in use of which one does mainly what the other does too, for the same people"""
    scopes = Scopes(_offers(world))
    seen: set[tuple[str, str]] = set()
    for name, tool in world.tools.items():
        if not tool.entry.in_use or not tool.entry.capabilities:
            continue
        for other in scopes.sharing(tool.entry.capabilities[0], tool.entry):
            pair = (min(name, other), max(name, other))
            if name != other and pair not in seen:
                seen.add(pair)
    for a, b in sorted(seen):
        yield OverlapSubject(world, world.tools[a], world.tools[b])


def _offers(world: World) -> Iterator[tuple[str, str, Tool]]:
    for name, tool in world.tools.items():
        if tool.entry.in_use:
            for capability in tool.entry.capabilities or ():
                yield capability, name, tool.entry


register_kind("contract", _contracts, _contracts_unknown)
register_kind("provision", _provisions, _capabilities_unknown)
register_kind("overlap", _overlaps, _capabilities_unknown)

__all__ = ["ContractSubject", "OverlapSubject", "ProvisionSubject", "serve_the_same"]
