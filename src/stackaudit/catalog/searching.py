"""Looking through the whole catalog: search by words, and numbers about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from stackaudit.catalog.model import Product
from stackaudit.catalog.names import key, words
from stackaudit.catalog.taxonomy import by_alias

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog


def search(catalog: Catalog, text: str) -> list[Product]:
    """Products that have every word somewhere; those whose name begins with the text first."""
    wanted = words(text)
    capability = by_alias().get(" ".join(text.casefold().split()))
    whole = key(wanted)
    found = [
        (_rank(product, whole), product.name.casefold(), product)
        for product in catalog
        if (wanted and _has_all(product, wanted)) or capability in product.capabilities
    ]
    return [product for *_, product in sorted(found, key=lambda each: each[:2])]


def _rank(product: Product, whole: str) -> tuple[int, bool]:
    names = [key(words(name)) for name in (product.name, *product.aliases, *product.former)]
    if whole in names:
        place = 0
    elif names[0].startswith(whole):
        place = 1
    else:
        place = 2 if any(whole in name for name in names) else 3
    return place, product.thin


def _has_all(product: Product, wanted: list[str]) -> bool:
    texts = (
        product.id,
        product.name,
        product.vendor or "",
        *product.aliases,
        *product.former,
        *product.domains,
        *product.capabilities,
    )
    haystack = " ".join(texts).casefold()
    joined = " ".join(key(words(each)) for each in texts)
    return all(word.strip(".") in haystack or word.strip(".") in joined for word in wanted)


def stats(catalog: Catalog) -> dict[str, Any]:
    """How much the catalog knows, in numbers."""
    products = list(catalog)
    hubs = [each for product in products for each in catalog.hubs(product.id)]
    by_hub = Counter(each.hub for each in hubs)
    integrations = catalog.integrations()
    return {
        "products": len(products),
        "checked": sum(product.checked for product in products),
        "with_capabilities": sum(bool(product.capabilities) for product in products),
        "with_datasets": sum(bool(product.holds) for product in products),
        "with_sign_in": sum(product.sign_in is not None for product in products),
        "with_sso_cost": sum(product.sso_cost is not None for product in products),
        "with_certifications": sum(bool(product.certifications) for product in products),
        "merged": sum(product.status.state == "merged" for product in products),
        "discontinued": sum(product.status.state == "discontinued" for product in products),
        "names": len(catalog.index.sure),
        "integrations": len(integrations),
        "connected_products": len({end for each in integrations for end in (each.from_, each.to)}),
        "connectors": {hub: by_hub[hub] for hub in sorted(by_hub)},
        "digest": catalog.digest(),
    }
