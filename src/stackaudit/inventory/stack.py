"""The stack as declared: all files of an inventory in one, every name resolved."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stackaudit.inventory.model import (
    Budget,
    CapabilityEntry,
    Contract,
    Dataset,
    Flow,
    Policy,
    Review,
    RoadmapItem,
    SharedContract,
    Tool,
)
from stackaudit.inventory.nodes import Map
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
    merged: dict[str, Any] = {}
    for document in stack.origins.documents:
        root = document.root
        if not isinstance(root, Map):
            continue
        for section, node in root.items():
            if isinstance(node, Map):
                merged.setdefault(section, {}).update(node)
            elif isinstance(node, list):
                merged.setdefault(section, []).extend(node)
            else:
                merged[section] = node
    merged.pop("include", None)
    for section, node in merged.items():
        if isinstance(node, list):
            merged[section] = sorted(node, key=_canonical)
    return hashlib.sha256(_canonical(merged).encode()).hexdigest()


def _canonical(node: Any) -> str:
    return json.dumps(node, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
