"""The entry of a tool in the inventory, looked at after the first pass over all rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World


class EntrySubject(Subject):
    """What the inventory says of a tool, and what rules would want it to say."""

    __slots__ = ("tool",)
    kind: ClassVar[str] = "entry"
    section: ClassVar[str | None] = "tools"

    def __init__(self, world: World, tool: ToolSubject) -> None:
        super().__init__(world, tool.ids, tool.entry)
        self.tool = tool

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("tool", self.id),)

    def label(self) -> str:
        return self.tool.label()


def _entries(world: World) -> Iterator[Subject]:
    """what the inventory says of a tool, looked at after all other rules"""
    for tool in world.tools.values():
        yield EntrySubject(world, tool)


register_kind("entry", _entries)
