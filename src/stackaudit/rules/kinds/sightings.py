"""Which tool of the inventory a source saw: by its id, its product, its domain, or a sure name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from stackaudit.catalog.fill import NO_PRODUCT, product_of_tool
from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import Observation
from stackaudit.inventory.model.observations import host, slug

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog
    from stackaudit.rules.world import World

ON_SITE: Final = ("tag", "script", "cookie", "request")
"""What is seen on a site, or in what a site is told to load."""
SIGN_IN: Final = ("sign_in",)
"""What is seen at the identity provider."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The tools of the inventory that something seen is."""

    tools: tuple[str, ...]
    """Sorted; several where one product is there twice and nothing says which is meant."""
    sure: bool = True
    """False where it may be a tool of the inventory, and nothing says so for sure."""


class Sightings:
    """What sources saw, thing by thing, and the tools that they are."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._meant: dict[str, Meant] = {}

    @classmethod
    def of(cls, world: World) -> Sightings:
        """Those of a world, made once."""
        memory = world.memory
        if "sightings" not in memory:
            memory["sightings"] = cls(world)
        found: Sightings = memory["sightings"]
        return found

    @cached_property
    def things(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the observations of each thing (see `thing` in the model), sorted."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, each in self.world.stack.observations.items():
            found[each.thing].append(name)
        return {thing: tuple(found[thing]) for thing in sorted(found)}

    @cached_property
    def by_tool(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations that surely are of each tool; a tool that nobody saw is left out."""
        observations = self.world.stack.observations
        found: defaultdict[str, list[Observation]] = defaultdict(list)
        for thing, names in self.things.items():
            meant = self.meant(thing)
            for tool in meant.tools if meant.sure else ():
                found[tool].extend(observations[name] for name in names)
        return {tool: tuple(found[tool]) for tool in sorted(found)}

    @cached_property
    def perhaps(self) -> frozenset[str]:
        """The tools that something seen may be, though nothing says so for sure."""
        unsure = (self.meant(thing) for thing in self.things)
        return frozenset(tool for each in unsure if not each.sure for tool in each.tools)

    def meant(self, thing: str) -> Meant:
        """The tools that a thing is."""
        if thing not in self._meant:
            observations = self.world.stack.observations
            self._meant[thing] = self._of([observations[name] for name in self.things[thing]])
        return self._meant[thing]

    def _of(self, seen: list[Observation]) -> Meant:
        stated = tuple(sorted({each.tool for each in seen if each.tool}))
        if stated:
            return Meant(stated)
        named = self._named(seen)
        if named:
            return Meant(named)
        products = {id_ for each in seen for id_ in self._products(each)}
        found = self._of_products(products)
        if found or products:
            return Meant(found)
        perhaps = self._of_products({id_ for each in seen for id_ in self._candidates(each)})
        return Meant(perhaps, sure=not perhaps)

    def _named(self, seen: list[Observation]) -> tuple[str, ...]:
        """The tools that run on such a host, or are called so."""
        hosts = {host(each.domain) for each in seen if each.domain}
        called = [*hosts, *(word for each in seen for word in (each.name, each.product) if word)]
        names = {slug(each) for each in called} - {NO_PRODUCT}
        return tuple(
            name
            for name, tool in self.world.stack.tools.items()
            if name in names
            or slug(tool.name or name) in names
            or any(_within(each, host(own)) for own in tool.domains or () for each in hosts)
        )

    def _products(self, seen: Observation) -> Iterator[str]:
        """The product that it is: as stated, or as its name and domain certainly say."""
        if seen.product:
            yield from () if seen.product == NO_PRODUCT else (self._current(seen.product),)
        elif (product := self._catalog.certain(*_asked(seen))) is not None:
            yield product.id

    def _candidates(self, seen: Observation) -> Iterator[str]:
        if seen.product is None:
            for each in self._catalog.match(*_asked(seen)).candidates:
                yield each.product.id

    def _of_products(self, products: set[str]) -> tuple[str, ...]:
        return tuple(sorted({tool for id_ in products for tool in self._tools.get(id_, ())}))

    @cached_property
    def _tools(self) -> Mapping[str, tuple[str, ...]]:
        """The tools of the inventory by the product that they are."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for tool, id_ in self._products_of_tools():
            found[id_].append(tool)
        return {id_: tuple(tools) for id_, tools in found.items()}

    def _products_of_tools(self) -> Iterator[tuple[str, str]]:
        filled = self.world.filled
        for name, tool in self.world.stack.tools.items():
            found = (
                filled.products.get(name)
                if filled is not None
                else product_of_tool(name, tool, self._catalog)
            )
            if found is not None:
                yield name, found.id
            elif tool.product not in (None, NO_PRODUCT):
                yield name, str(tool.product)

    def _current(self, product: str) -> str:
        """The id of a product today; as stated where the catalog does not know it."""
        known = self._catalog.get(product)
        return known.id if known else product

    @property
    def _catalog(self) -> Catalog:
        """The catalog of the audit, else the one that ships."""
        from stackaudit.catalog.catalog import catalog

        return self.world.catalog or catalog()


def _asked(seen: Observation) -> tuple[str, str | None, str | None]:
    """What the catalog is asked: a name (else the host), the vendor, the domain."""
    domain = host(seen.domain) if seen.domain else None
    return (seen.name or domain or "", seen.vendor, domain)


def _within(seen: str, own: str) -> bool:
    return seen == own or seen.endswith(f".{own}")
