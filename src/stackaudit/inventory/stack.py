"""The stack as declared: all files of an inventory in one, every name resolved."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import (
    Budget,
    CapabilityEntry,
    Contract,
    Dataset,
    Flow,
    Observation,
    Policy,
    Review,
    RoadmapItem,
    SharedContract,
    Tool,
)
from stackaudit.inventory.nodes import Map, Seq
from stackaudit.inventory.origins import Origins
from stackaudit.inventory.values import Money


@dataclass(frozen=True, slots=True)
class Stack:
    """One organization's tools, the data they hold and the flows between them.

    Every mapping is sorted by id, so that whatever walks over it is deterministic.
    """

    organization: str | None
    currency: str | None
    confirmed: dt.date | None
    incomplete: frozenset[str]
    """Sections known to be listed only in part."""
    knows_flows: bool
    """Whether there is a `flows:` section at all; without one nothing is known of flows."""
    exchange_rates: Mapping[str, Decimal]
    policy: Policy
    budget: Budget
    datasets: Mapping[str, Dataset]
    capabilities: Mapping[str, CapabilityEntry]
    """What is declared under `capabilities:`; the taxonomy is not repeated here."""
    tools: Mapping[str, Tool]
    flows: Mapping[str, Flow]
    contracts: Mapping[str, SharedContract]
    reviews: Mapping[str, Review]
    roadmap: Mapping[str, RoadmapItem]
    observations: Mapping[str, Observation]
    """What sources saw, by an id made of source, kind and what it is (see merge)."""
    origins: Origins = field(repr=False, compare=False)

    def own_contract(self, tool: str) -> Contract | None:
        """The contract that the tool has for itself, if one is stated."""
        contract = self.tools[tool].contract
        return contract if isinstance(contract, Contract) else None

    def a_year(self, money: Money) -> Decimal:
        """What the money is for a year, in the stack's currency."""
        if money.currency is None or money.currency == self.currency:
            return money.per_year
        return money.per_year * self.exchange_rates[money.currency]


def digest_of(stack: Stack) -> str:
    """sha-256 of what is declared, whatever the order of files, entries and keys."""
    said: dict[str, set[bytes]] = {}
    for document in stack.origins.documents:
        for section, node in document.root.items() if isinstance(document.root, Map) else ():
            if section != "include":
                hashes = (sha256(each.encode()).digest() for each in _statements(node))
                said.setdefault(section, set()).update(hashes)
    together = sha256()
    for section, statements in sorted(said.items()):
        together.update(sha256(section.encode()).digest())
        together.update(b"".join(sorted(statements)))
    return together.hexdigest()


def _statements(node: Any) -> Iterator[str]:
    """What a section says, one text for each entry."""
    if isinstance(node, Map):
        yield "{}"  # a section without entries says something too
        for entry in node.items():
            yield _canonical(entry)
    elif isinstance(node, Seq):
        yield "[]"
        for entry in node:
            yield _canonical(entry)
    else:
        yield _canonical(node)


_canonical: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), check_circular=False
).encode
