"""Pairs of tools that are one product bought twice, or whose names look the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.rules.kinds.names import looks
from stackaudit.rules.kinds.portfolio import OverlapSubject
from stackaudit.rules.kinds.scopes import Scopes
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class TwinSubject(OverlapSubject):
    """Two tools in use that are the same product, for the same people."""

    __slots__ = ()
    kind: ClassVar[str] = "twin"

    def place(self) -> Place:
        return self.world.stack.origins.place("tools", self.a.id, "product")

    def more_places(self) -> tuple[Place, ...]:
        return (self.world.stack.origins.place("tools", self.b.id, "product"),)


class LookAlikeSubject(OverlapSubject):
    """Two tools whose names look the same and are not."""

    __slots__ = ()
    kind: ClassVar[str] = "look_alike"

    def place(self) -> Place:
        return self.world.stack.origins.place("tools", self.a.id, "name")

    def more_places(self) -> tuple[Place, ...]:
        return (self.world.stack.origins.place("tools", self.b.id, "name"),)

    def contract_id(self) -> str | None:
        """None: a name costs nothing."""
        return None


def _products(world: World) -> Mapping[str, str]:
    """The product of each tool in use that is known to be one; ids of the catalog."""
    known = world.filled.products if world.filled is not None else {}
    return {
        name: known[name].id if name in known else tool.entry.product
        for name, tool in world.tools.items()
        if tool.entry.in_use and tool.entry.product not in (None, "none")
    }


def _twins(world: World) -> Iterator[Subject]:
    """two tools in use that are the same product, for the same people"""
    products, tools = _products(world), world.stack.tools
    scopes = Scopes(((product, name) for name, product in products.items()), tools)
    pairs = {
        (min(name, other), max(name, other))
        for name, product in products.items()
        for other in scopes.sharing(product, tools[name])
        if other != name
    }
    for a, b in sorted(pairs):
        yield TwinSubject(world, world.tools[a], world.tools[b])


def _twins_unknown(world: World) -> Iterator[Undecided]:
    """Tools in use of which nobody said which product they are."""
    from stackaudit.graph.missing import Missing

    for name, tool in world.tools.items():
        if tool.entry.in_use and tool.entry.product is None:
            missing = (Missing("tools", name, "product"),)
            yield Undecided((("tool", name),), missing, tool.place())


def _look_alikes(world: World) -> Iterator[Subject]:
    """two tools, neither of them past, whose names look the same"""
    alike: dict[str, list[str]] = {}
    for name, tool in world.tools.items():
        if tool.entry.stage not in ("retired", "rejected"):
            for look in looks(tool.label()):
                alike.setdefault(look, []).append(name)
    for a, b in sorted(_pairs(alike.values())):
        yield LookAlikeSubject(world, world.tools[a], world.tools[b])


def _pairs(groups: Iterable[list[str]]) -> set[tuple[str, str]]:
    return {pair for names in groups for pair in combinations(sorted(names), 2)}


register_kind("twin", _twins, _twins_unknown)
register_kind("look_alike", _look_alikes)
