"""An inventory file: the sections, each optional, and what the file says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import PlainValidator, WithJsonSchema

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.capabilities import CapabilityEntry, Dataset
from stackaudit.inventory.model.contracts import SharedContract
from stackaudit.inventory.model.flows import Flow
from stackaudit.inventory.model.governance import Budget, Policy, Review, RoadmapItem
from stackaudit.inventory.model.observations import Observation
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import (
    CurrencyCode,
    Day,
    Id,
    ListMeant,
    Text,
    Texts,
    Worth,
    refuse,
)
from stackaudit.inventory.model.tools import Tool

Section = Literal[
    "datasets",
    "capabilities",
    "tools",
    "flows",
    "contracts",
    "reviews",
    "roadmap",
    "budget",
    "policy",
    "observations",
]
Version = Literal["1"]
_ONE: Final = {"enum": [1, "1"]}


def _version(value: object) -> object:
    if value == "1":
        return value
    message = "this is not version 1 of the format, the only one that this stackaudit reads"
    raise refuse(message, "write `stackaudit: 1`, or install a newer stackaudit for a newer file")


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryFile(Part):
    """The tools of one organization's marketing stack, their data and how it flows."""

    stackaudit: Annotated[Version, PlainValidator(_version), WithJsonSchema(_ONE)] | None = None
    """The version of this format: 1."""
    organization: Text | None = None
    """Whose stack it is."""
    currency: CurrencyCode | None = None
    """The currency of every amount that does not say otherwise: EUR."""
    exchange_rates: Mapping[CurrencyCode, Worth | None] | None = None
    """What one unit of another currency is worth in the stack's: {USD: 0.92}."""
    confirmed: Day | None = None
    """When somebody last said: this is right."""
    include: Texts | None = None
    """More files of the same form, below this folder: [teams/*.yaml, reviews.yaml]."""
    incomplete: Annotated[tuple[Section, ...], ListMeant] | None = None
    """Sections that are known to be listed only in part."""
    policy: Policy | None = None
    """What the organization has decided for all its tools."""
    datasets: Mapping[Id, Dataset] | None = None
    """The kinds of data that the stack holds."""
    capabilities: Mapping[Id, CapabilityEntry] | None = None
    """What the business must be able to do."""
    tools: Mapping[Id, Tool] | None = None
    """The tools, by id."""
    flows: Annotated[tuple[Flow, ...], ListMeant] | None = None
    """How data moves between the tools; with this section, a flow not listed does not exist."""
    contracts: Mapping[Id, SharedContract] | None = None
    """Contracts that cover several tools."""
    reviews: Mapping[Id, Review] | None = None
    """Security reviews, by tool; a tool without one is unreviewed."""
    roadmap: Annotated[tuple[RoadmapItem, ...], ListMeant] | None = None
    """What is planned, and who leads it."""
    budget: Budget | None = None
    """The year's money for the stack."""
    observations: Annotated[tuple[Observation, ...], ListMeant] | None = None
    """What sources saw, written by a machine: normally an included file of its own."""
