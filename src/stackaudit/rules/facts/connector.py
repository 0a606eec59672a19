"""Connectors that exist on the market for a gap in the stack, as the catalog knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from stackaudit.phrase import NEXT, OR, in_a_row, phrase, word
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import HoldingSubject, NeedSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import TEXT

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog
    from stackaudit.rules.world import World

MOST: Final = 3
"""So many connectors are named; more would not help to decide."""


@fact("need", TEXT)
def connectors(need: NeedSubject) -> str:
    """Connectors that exist from a tool that has the data to a tool that mainly provides the
    capability, in words that can follow a sentence; empty if the catalog knows none.
    """
    senders = [need.entry.record, *need.entry.nearest]
    return _words(need.world, senders, need.entry.providers)


@fact("holding", TEXT, name="connectors")
def holding_connectors(holding: HoldingSubject) -> str:
    """Connectors that exist from the tool to the system of record of the data, in words."""
    return _words(holding.world, [holding.tool.id], [holding.dataset.entry.system_of_record])


@fact("tool", TEXT, name="connectors")
def tool_connectors(tool: ToolSubject) -> str:
    """Connectors that exist between the tool and the systems of record of its data, in words."""
    world = tool.world
    kept = {*(tool.entry.holds or ()), *(tool.entry.collects or ())}
    records = sorted({str(world.stack.datasets[each].system_of_record) for each in kept})
    return _words(world, [tool.id], [each for each in records if each != tool.id])


def _words(world: World, senders: Iterable[str | None], receivers: Iterable[str | None]) -> str:
    if world.filled is None or world.catalog is None:
        return ""
    products = world.filled.products
    starts = [products[each].id for each in senders if each is not None and each in products]
    ends = [products[each].id for each in receivers if each is not None and each in products]
    pairs = [(start, end) for start in starts for end in ends if start != end]
    found = dict.fromkeys(_direct(world.catalog, pairs))
    if not found:
        found = dict.fromkeys(_by_hub(world.catalog, pairs))
    names = list(found)[:MOST]
    return phrase(" (on the market: {names})", names=in_a_row(names, NEXT)) if names else ""


def _direct(catalog: Catalog, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Integrations without anything in between."""
    for start, end in pairs:
        for each in catalog.integrations(start, end):
            yield phrase(
                "a {method} integration {start} → {end}",
                method=word("integration", each.method),
                start=_name(catalog, start),
                end=_name(catalog, end),
            )


def _by_hub(catalog: Catalog, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Hubs that can read from the one and write to the other."""
    for start, end in pairs:
        readers = {each.hub for each in catalog.hubs(start) if each.role in ("source", "app")}
        writers = {each.hub for each in catalog.hubs(end) if each.role in ("destination", "app")}
        hubs = [_name(catalog, hub) for hub in sorted(readers & writers)]
        if hubs:
            yield phrase(
                "{hubs} from {start} to {end}",
                hubs=in_a_row(hubs, OR),
                start=_name(catalog, start),
                end=_name(catalog, end),
            )


def _name(catalog: Catalog, product: str) -> str:
    found = catalog.get(product)
    return found.name if found else product.capitalize()
