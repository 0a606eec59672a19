"""One product as one public source lists it, before anybody knows which product that is."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from stackaudit.dataclass import dataclass

Role = Literal["source", "destination", "app"]
"""What the product is to the hub: where data comes from, where it goes, or, on an iPaaS whose
list does not say which, either or both."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one source says about one product."""

    origin: str
    """The source, an id of sources.yaml: airbyte, sso_tax."""
    key: str
    """Its name for the product in addresses and files, unique within origin and role."""
    name: str
    """The name as it writes it; empty where it has only the key."""
    page: str
    """The page that says so."""
    role: Role | None = None
    """Which way data goes, if the source is a hub of connectors."""
    website: str | None = None
    """The product's own site, if the source names it."""
    hosts: tuple[str, ...] = ()
    """Hosts that the connector calls; not all of them are the vendor's."""
    categories: tuple[str, ...] = ()
    """In the source's own words."""
    facts: dict[str, Any] = field(default_factory=dict)
    """More keys of a product, in the catalog's form."""

    @property
    def ref(self) -> str:
        """How decisions.yaml calls it: `airbyte:hubspot`."""
        return f"{self.origin}:{self.key}"
