"""Whether a tool is still the product that was reviewed, as far as the catalog can tell.

A product that the market gave another name, or merged into another, is what it was; and so is a
vendor that is only written in another way. Everything else that is stated is compared as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from stackaudit.graph.missing import Missing
from stackaudit.inventory.model.governance import Scope

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog
    from stackaudit.inventory.model import Tool

_STEPS: Final = 8
"""So many mergers are followed; a catalog that goes in a circle does not stop an audit."""


def in_words_of_today(reviewed: Scope, now: Scope, catalog: Catalog | None) -> Scope:
    """The scope as recorded, with product and vendor named as today where they are the same."""
    product = reviewed.product
    if _same_product(product, now.product, catalog):
        product = now.product
    vendor = reviewed.vendor
    if _same_vendor(vendor, now.vendor, catalog) or (
        product == now.product and _sells(now.vendor, product, catalog)
    ):
        vendor = now.vendor
    if (product, vendor) == (reviewed.product, reviewed.vendor):
        return reviewed
    return replace(reviewed, product=product, vendor=vendor)


def with_product_meant(now: Scope, reviewed: Scope, entry: Tool) -> Scope:
    """The scope of today; if its product was stated once and is not now, the one that is meant.

    That is what the catalog takes the name for, beyond doubt. To take the statement away and give
    the tool the name of another product does not leave it the one that was reviewed.
    """
    if reviewed.product is None or now.product is not None or entry.product is None:
        return now
    return replace(now, product=entry.product)


def product_unclear(
    reviewed: Scope, now: Scope, tool: str, entry: Tool, catalog: Catalog | None
) -> Iterator[Missing]:
    """The product or the vendor that was recorded, and that nobody could tell now.

    `entry` has what the catalog fills in. Who sells a product that is known need not be stated.
    """
    vendor_lost = reviewed.vendor is not None and now.vendor is None
    if reviewed.product is not None:
        if entry.product is None:
            yield Missing("tools", tool, "product")
    elif vendor_lost and not _same_vendor(reviewed.vendor, entry.vendor, catalog):
        yield Missing("tools", tool, "vendor")


def _written_alike(then: str | None, today: str | None) -> bool:
    return then is not None and today is not None and then.casefold() == today.casefold()


def _same_product(then: str | None, today: str | None, catalog: Catalog | None) -> bool:
    if _written_alike(then, today):
        return True
    if then is None or today is None or catalog is None:
        return False
    old, new = _became(then, catalog), _became(today, catalog)
    return bool(old and new) and (new[0] in old or old[0] in new)


def _became(product: str, catalog: Catalog) -> list[str]:
    """The product by its id of today, and what it was merged into, step by step."""
    found: list[str] = []
    next_: str | None = product
    while next_ is not None and len(found) < _STEPS:
        known = catalog.get(next_)
        if known is None or known.id in found:
            break
        found.append(known.id)
        next_ = known.status.into
    return found


def _same_vendor(then: str | None, today: str | None, catalog: Catalog | None) -> bool:
    if _written_alike(then, today):
        return True
    if then is None or today is None or catalog is None:
        return False
    key = catalog.index.words.vendor_key
    return key(then) == key(today) != ""


def _sells(vendor: str | None, product: str | None, catalog: Catalog | None) -> bool:
    """Whether the catalog names this vendor for the product."""
    known = catalog.get(product) if catalog is not None and product is not None else None
    return known is not None and _same_vendor(known.vendor, vendor, catalog)
