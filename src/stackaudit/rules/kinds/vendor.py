"""The vendors whose products a stack uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World


class VendorSubject(Subject):
    """One company that sells at least one of the tools."""

    __slots__ = ("name", "tools")
    kind: ClassVar[str] = "vendor"

    def __init__(self, world: World, id_: str, name: str, tools: tuple[ToolSubject, ...]) -> None:
        super().__init__(world, (id_,), None)
        self.name = name
        """As its first tool writes it."""
        self.tools = tools

    def label(self) -> str:
        return self.name

    def place(self) -> Place:
        """Where its first tool names it."""
        return self.world.stack.origins.place("tools", self.tools[0].id, "vendor")

    def more_places(self) -> tuple[Place, ...]:
        return tuple(each.place() for each in self.tools[1:])


def vendor_key(name: str) -> str:
    """What spellings of one vendor share: `Meta Inc` and `meta-inc` are the same."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or name


def _vendors(world: World) -> Iterator[Subject]:
    """a company that sells at least one of the tools"""
    found: dict[str, list[ToolSubject]] = {}
    for tool in world.tools.values():
        if tool.entry.vendor is not None:
            found.setdefault(vendor_key(tool.entry.vendor), []).append(tool)
    for key, tools in sorted(found.items()):
        yield VendorSubject(world, key, str(tools[0].entry.vendor), tuple(tools))


def _vendors_unknown(world: World) -> Iterator[Undecided]:
    """Tools that are paid, as far as is known, and do not say to whom."""
    from stackaudit.graph.missing import Missing
    from stackaudit.rules.facts.paid import paid

    for name, tool in world.tools.items():
        if tool.entry.vendor is None and tool.entry.in_use and paid(tool) is not False:
            missing = (Missing("tools", name, "vendor"),)
            yield Undecided((("tool", name),), missing, tool.place())


register_kind("vendor", _vendors, _vendors_unknown)
