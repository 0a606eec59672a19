"""The catalog's answers as plain values, for a command line or a program that prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.model import Candidate, Match, Product


def matched(catalog: Catalog, names: Iterable[str]) -> list[dict[str, Any]]:
    """What each name means, in the order asked; `product` is null where nothing fits."""
    return [match_row(catalog.match(name)) for name in names]


def match_row(match: Match) -> dict[str, Any]:
    """One answer: the best candidate, how near it is, whether it is certain, and the others."""
    product = match.product
    return {
        "name": match.name,
        "product": product.id if product else None,
        "product_name": product.name if product else None,
        "vendor": product.vendor if product else None,
        "score": match.score,
        "certain": match.certain,
        "others": [each.product.id for each in match.candidates[1:]],
    }


def candidates(match: Match) -> list[dict[str, Any]]:
    """All products that a name may mean, the best first."""
    return [_candidate(each) for each in match.candidates]


def _candidate(each: Candidate) -> dict[str, Any]:
    product = each.product
    return {
        "product": product.id,
        "product_name": product.name,
        "vendor": product.vendor,
        "score": each.score,
    }


def found(catalog: Catalog, text: str) -> list[dict[str, Any]]:
    """The products that a search finds, one short row for each."""
    return [
        {
            "product": product.id,
            "name": product.name,
            "vendor": product.vendor,
            "capabilities": list(product.capabilities),
            "state": product.status.state,
            "checked": product.checked,
        }
        for product in catalog.search(text)
    ]


def shown(catalog: Catalog, id_: str) -> dict[str, Any] | None:
    """All that is known of one product, with its connections; None for an id without a product."""
    product = catalog.get(id_)
    if product is None:
        return None
    return {**_facts(product), **_connections(catalog, product.id)}


def _facts(product: Product) -> dict[str, Any]:
    """What is known, without what is not."""
    facts = {
        "product": product.id,
        "name": product.name,
        "vendor": product.vendor,
        "domains": list(product.domains),
        "aliases": list(product.aliases),
        "former": list(product.former),
        "editions": list(product.editions),
        "capabilities": list(product.capabilities),
        "typically_holds": list(product.holds),
        "sign_in": _known(product.sign_in),
        "sso_cost": _known(product.sso_cost),
        "certifications": list(product.certifications),
        "status": _known(product.status),
        "detection": {kind: list(traces) for kind, traces in product.detection.items()},
        "sources": dict(product.sources),
    }
    flags = {"checked": product.checked, "own": product.own}
    return {**{key: value for key, value in facts.items() if value}, **flags}


def _known(value: Any) -> dict[str, Any]:
    """The fields of a named tuple that say something."""
    if value is None:
        return {}
    return {name: each for name, each in value._asdict().items() if each is not None}


def _connections(catalog: Catalog, id_: str) -> dict[str, Any]:
    ways = [*catalog.integrations(from_=id_), *catalog.integrations(to=id_)]
    return {
        "integrations": [
            {
                "from": way.from_,
                "to": way.to,
                "data": list(way.data),
                "method": way.method,
                "by": way.by,
                "source": way.source,
            }
            for way in ways
        ],
        "connectors": [
            {"hub": each.hub, "as": each.role, "id": each.id, "page": each.page}
            for each in catalog.hubs(id_)
        ],
    }
