"""The tool as a subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from stackaudit.inventory.model import Tool
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class ToolSubject(Subject):
    """One SaaS product as this organization uses it."""

    __slots__ = ("in_use",)
    kind: ClassVar[str] = "tool"
    section: ClassVar[str | None] = "tools"
    entry: Tool

    def __init__(self, world: World, ids: tuple[str, ...], entry: Tool) -> None:
        super().__init__(world, ids, entry)
        self.in_use = entry.in_use
        """Whether people work with it; nearly every rule about tools asks this first."""

    def label(self) -> str:
        return self.entry.name or self.id

    def contract_id(self) -> str | None:
        """Its own contract, or the only one that covers it."""
        if self.world.stack.own_contract(self.id) is not None:
            return self.id
        covering = self.world.covering.get(self.id, ())
        return covering[0] if len(covering) == 1 else None


def _tools(world: World) -> Iterable[Subject]:
    """one SaaS product as this organization uses it"""
    return world.tools.values()


register_kind("tool", _tools)
