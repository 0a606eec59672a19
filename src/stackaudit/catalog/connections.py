"""How products connect: directly, and by the connectors of a hub."""

from __future__ import annotations

from typing import Final, Literal, get_args

from stackaudit.dataclass import dataclass

Role = Literal["source", "destination", "app"]
"""What a product is to a hub: where data comes from, where it goes, or, on an iPaaS that does not
say which, either or both."""
Method = Literal["native", "api", "webhook", "tag", "etl", "reverse_etl", "ipaas", "file"]
"""The inventory's words for how data moves."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)
METHODS: Final[tuple[Method, ...]] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Integration:
    """A way in which data moves from one product to another without a hub between them."""

    from_: str
    """The product that data leaves."""
    to: str
    """The product that it reaches."""
    data: tuple[str, ...]
    """Kinds of data that usually move, ids of datasets.yaml."""
    method: Method
    by: str
    """Who provides it: the id of a product, or a name."""
    source: str
    """The page that says so."""


@dataclass(frozen=True, slots=True)
class HubConnector:
    """A connector for a product on a hub such as Segment, Airbyte or an iPaaS."""

    product: str
    hub: str
    role: Role
    id: str
    """The hub's own name for the connector."""
    page: str
    """The page that says so."""
