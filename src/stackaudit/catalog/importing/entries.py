"""From groups of sightings to the entries of the catalog: thin products and their connectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stackaudit.catalog.importing.capabilities import capabilities
from stackaudit.catalog.importing.grouping import Group
from stackaudit.catalog.importing.names import Decisions, slug
from stackaudit.catalog.importing.sighting import Sighting

HUBS: Final = ("activepieces", "airbyte", "fivetran", "meltano", "segment")
"""The sources that are hubs of connectors."""

_READ_FIRST: Final = (
    "airbyte", "segment", "meltano", "activepieces", "vettheapp", "sso_tax", "fivetran"
)  # fmt: skip
"""Whose page is named as the source of a product: the one that tells a reader most."""


def products(groups: Mapping[str, Group], decisions: Decisions) -> dict[str, dict[str, Any]]:
    """The entry of every product by its id; raises ValueError if two would share one."""
    found: dict[str, dict[str, Any]] = {}
    for group in groups.values():
        id_ = slug(group.name)
        if id_ in found:
            raise ValueError(f"two products would be called {id_}")
        found[id_] = _product(group, decisions)
    return dict(sorted(found.items()))


def _product(group: Group, decisions: Decisions) -> dict[str, Any]:
    ordered = sorted(group.sightings, key=lambda each: _READ_FIRST.index(each.origin))
    known = {
        "name": group.name,
        "vendor": decisions.vendors.get(group.name.split()[0]),
        "domains": group.domains,
        "former": decisions.former.get(group.name),
        "capabilities": capabilities(group),
    }
    entry: dict[str, Any] = {key: value for key, value in known.items() if value}
    sources = {"product": ordered[0].page}
    for sighting in ordered:
        facts = {key: value for key, value in sighting.facts.items() if key != "sources"}
        if not entry.keys() & facts.keys():
            entry.update(facts)
            sources.update(sighting.facts.get("sources", {}))
    return {**entry, "sources": sources}


def connectors(groups: Mapping[str, Group], hub: str) -> dict[str, list[dict[str, str]]]:
    """The connectors of a hub by product; several where the hub has several for one product."""
    found: dict[str, list[dict[str, str]]] = {}
    for group in groups.values():
        listed = [_connector(each) for each in group.sightings if each.origin == hub]
        if listed:
            found[slug(group.name)] = sorted(listed, key=lambda each: (each["as"], each["id"]))
    return dict(sorted(found.items()))


def _connector(sighting: Sighting) -> dict[str, str]:
    return {"as": sighting.role or "app", "id": sighting.key, "page": sighting.page}
