"""Little catalogs for tests: a few entries in the words of the data files."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from stackaudit.catalog.building import built
from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.data import Data, load
from stackaudit.catalog.index import DATA, decoded


@cache
def words() -> dict[str, Any]:
    """The words around names that ship."""
    raw: dict[str, Any] = load(DATA / "words.yaml")
    return raw


def data(
    products: str = "", imported: str = "", connectors: str = "", integrations: str = ""
) -> Data:
    """Data as the files would have it."""
    return Data(
        products=yaml.safe_load(products) or {},
        imported=yaml.safe_load(imported) or {},
        connectors=yaml.safe_load(connectors) or {},
        integrations=tuple(yaml.safe_load(integrations) or ()),
        datasets=load(DATA / "datasets.yaml"),
        words=words(),
    )


def little(
    products: str = "", imported: str = "", connectors: str = "", integrations: str = ""
) -> Catalog:
    """A catalog of these entries alone."""
    return Catalog(decoded(built(data(products, imported, connectors, integrations))))
