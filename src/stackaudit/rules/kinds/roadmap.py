"""The items of the roadmap as subjects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.inventory.model import RoadmapItem
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class RoadmapItemSubject(Subject):
    """Something the organization plans to do with its stack."""

    __slots__ = ()
    kind: ClassVar[str] = "roadmap_item"
    section: ClassVar[str | None] = "roadmap"
    entry: RoadmapItem

    def label(self) -> str:
        return self.entry.title or self.id


def _items(world: World) -> Iterator[Subject]:
    """something the organization plans to do with its stack, as listed under `roadmap:`"""
    for name, item in world.stack.roadmap.items():
        yield RoadmapItemSubject(world, (name,), item)


register_kind("roadmap_item", _items)
