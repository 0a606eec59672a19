"""What is paid for, and what does the same: contracts, provisions and overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.model import Contract, SharedContract
from stackaudit.phrase import AND, phrase
from stackaudit.rules.kinds.scopes import Scopes
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
        """The tools it pays for, each once."""
        if isinstance(self.entry, SharedContract):
            return tuple(dict.fromkeys(self.entry.covers))
        return (self.id,)

    def label(self) -> str:
        if isinstance(self.entry, SharedContract):
            return self.entry.name or self.id
        return self.world.tools[self.id].label()

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        keys = tuple(int(each) if each.isdigit() else each for each in key.split("."))
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
        return phrase(
            "{tool} for {capability}", tool=self.tool.label(), capability=self.capability.label()
        )

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
        return phrase(AND, first=self.a.label(), last=self.b.label())

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
            missing = (Missing("tools", name, "contract"),)
            known = (("in_use", tool.entry.in_use),)
            yield Undecided((("tool", name),), missing, tool.place(), known)


def _tools_unknown(world: World) -> Iterator[Undecided]:
    """Tools that are not listed, and tools in use of which nobody said what they are for."""
    from stackaudit.graph.missing import LISTED_TOOLS, Missing

    if "tools" in world.stack.incomplete:
        place = world.stack.origins.place("incomplete")
        yield Undecided((("stack", "tools"),), (LISTED_TOOLS,), place)
    for name in unplaced(world):
        missing = (Missing("tools", name, "capabilities"),)
        yield Undecided((("tool", name),), missing, world.tools[name].place())


def unplaced(world: World) -> tuple[str, ...]:
    """The tools in use of which nobody said what they are for; sorted."""
    memory = world.memory
    if "unplaced" not in memory:
        tools = world.stack.tools
        memory["unplaced"] = tuple(
            n for n in tools if tools[n].in_use and tools[n].capabilities is None
        )
    found: tuple[str, ...] = memory["unplaced"]
    return found


def _provisions(world: World) -> Iterator[Subject]:
    """a tool in use and the capability that it mainly provides"""
    for tool in world.tools.values():
        if tool.entry.in_use and tool.entry.capabilities:
            yield ProvisionSubject(world, tool, world.capabilities[tool.entry.capabilities[0]])


def _overlaps(world: World) -> Iterator[Subject]:
    """two tools in use of which one does mainly what the other does too, for the same people"""
    tools = world.stack.tools
    placed = [name for name, tool in tools.items() if tool.in_use and tool.capabilities]
    offers = ((each, name) for name in placed for each in tools[name].capabilities or ())
    scopes = Scopes(offers, tools)
    pairs = {
        (min(name, other), max(name, other))
        for name in placed
        for other in scopes.sharing((tools[name].capabilities or ("",))[0], tools[name])
        if other != name
    }
    for a, b in sorted(pairs):
        yield OverlapSubject(world, world.tools[a], world.tools[b])


register_kind("contract", _contracts, _contracts_unknown)
register_kind("provision", _provisions, _tools_unknown)
register_kind("overlap", _overlaps, _tools_unknown)
