"""What the catalog adds to an inventory: which product each tool is, and what follows from that.

A pure function over the stack: `product:` decides, or a name that names one product certainly;
what is stated stays as it is. What is filled in is known of the product whoever runs it (its name,
its vendor, what it is for). What a product *usually* holds or offers is kept apart as `typical`:
good for questions and for "likely", never for a finding.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.model import Match, Product, SignIn, SsoCost
from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import Tool
from stackaudit.inventory.stack import Stack

NO_PRODUCT: Final = "none"
"""What `product:` says of software of one's own."""


@dataclass(frozen=True, slots=True)
class Typical:
    """What a product usually holds or offers; nobody said it of this organization."""

    holds: tuple[str, ...] = ()
    """Kinds of data, ids of the catalog's datasets."""
    sign_in: SignIn | None = None
    sso_cost: SsoCost | None = None
    certifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A stack with what the catalog knows of its tools."""

    stack: Stack
    """The stack as stated, with what was not stated and follows from the product."""
    products: Mapping[str, Product]
    """Tool → the product that it is, stated or certain by its name."""
    origins: Mapping[tuple[str, str], str]
    """Tool and key → the product that filled it."""
    unknown: Mapping[str, Match]
    """Tools whose stated product is not in the catalog → what may be meant."""

    def origin(self, tool: str, key: str) -> str | None:
        """The product from which a key of a tool was filled; None if it was stated, or is empty."""
        return self.origins.get((tool, key))

    def typical(self, tool: str) -> Typical:
        """What the tool's product usually holds or offers; nothing if the product is not known."""
        product = self.products.get(tool)
        if product is None:
            return Typical()
        return Typical(product.holds, product.sign_in, product.sso_cost, product.certifications)


def filled(stack: Stack, catalog: Catalog) -> Filled:
    """The stack with the products of its tools filled in."""
    products = {
        id_: product
        for id_, tool in stack.tools.items()
        if (product := product_of_tool(id_, tool, catalog)) is not None
    }
    several = {id_ for id_, times in Counter(p.id for p in products.values()).items() if times > 1}
    fillings = {
        id_: dict(_filling(stack.tools[id_], found, named=found.id not in several))
        for id_, found in products.items()
    }
    tools = {id_: _with(tool, fillings.get(id_, {})) for id_, tool in stack.tools.items()}
    return Filled(
        stack=replace(stack, tools=tools),
        products=products,
        origins={
            (id_, key): products[id_].id for id_, filling in fillings.items() for key in filling
        },
        unknown=dict(_unknown(stack, catalog)),
    )


def product_of_tool(id_: str, tool: Tool, catalog: Catalog) -> Product | None:
    """The product that a tool is: the stated one, or what its name (or else its id) says surely."""
    if tool.product == NO_PRODUCT:
        return None
    if tool.product is not None:
        return catalog.get(tool.product)
    return catalog.certain(tool.name or id_, tool.vendor)


def _filling(tool: Tool, product: Product, *, named: bool) -> Iterator[tuple[str, Any]]:
    """The keys that the tool does not state and the product answers.

    The product's name only if it is `named`: two tools of one product are told apart by their ids.
    """
    known = {
        "product": product.id,
        "name": product.name if named else None,
        "vendor": product.vendor,
        "capabilities": product.capabilities or None,
    }
    for key, value in known.items():
        if getattr(tool, key) is None and value is not None:
            yield key, value


def _with(tool: Tool, filling: Mapping[str, Any]) -> Tool:
    """A copy of the tool that says these things too."""
    if not filling:
        return tool
    told = copy.copy(tool)
    for key, value in filling.items():
        object.__setattr__(told, key, value)  # frozen, but not yet out of this house
    return told


def _unknown(stack: Stack, catalog: Catalog) -> Iterator[tuple[str, Match]]:
    for id_, tool in stack.tools.items():
        stated = tool.product
        if stated not in (None, NO_PRODUCT) and catalog.get(stated) is None:
            yield id_, catalog.match(stated, tool.vendor)
