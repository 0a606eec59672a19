"""From what the index stores to what the catalog gives out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stackaudit.catalog.model import Product, SignIn, SsoCost, Status

_TEXTS: Final = (
    "domains",
    "aliases",
    "former",
    "editions",
    "capabilities",
    "holds",
    "certifications",
)


def product_of(id_: str, record: Mapping[str, Any]) -> Product:
    """The product of a record of the index."""
    return Product(
        id=id_,
        name=record["name"],
        vendor=record.get("vendor"),
        **{name: tuple(map(str, record.get(name) or ())) for name in _TEXTS},
        sign_in=SignIn(**record["sign_in"]) if record.get("sign_in") else None,
        sso_cost=SsoCost(**record["sso_cost"]) if record.get("sso_cost") else None,
        status=Status(**record["status"]) if record.get("status") else Status(),
        detection={kind: tuple(found) for kind, found in record.get("detection", {}).items()},
        sources=record.get("sources") or {},
        checked=record.get("checked", False),
        thin=record.get("thin", False),
        own=record.get("own", False),
    )
