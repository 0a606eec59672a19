"""Reviews, roadmap, budget and policy: what both sides agreed on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import (
    Amount,
    AmountOrNone,
    Count,
    Day,
    Flag,
    Id,
    Ids,
    Share,
    Sorted,
    Text,
    Texts,
    refuse,
    typed,
)
from stackaudit.inventory.model.tools import Dpa, Level
from stackaudit.inventory.values import ValueProblem, parse_date

ReviewState = Literal["requested", "in_review", "approved", "rejected"]
"""requested: asked for; in_review: under way; approved: may be used; rejected: may not be used."""
_WHEN: Final = "[0-9]{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?"


def _when(text: str) -> str:
    if not re.fullmatch(_WHEN, text):
        hint = "write 2027, 2027-H1, 2027-Q1, 2027-03 or a day"
        raise ValueProblem("not a time of a roadmap", hint)
    if len(text) == len("2027-03-31"):
        parse_date(text)
    return text


When = Annotated[
    str, typed(_when), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_WHEN}$"})
]


def _derived_states(value: object) -> object:
    if value in ("expired", "changed", "none"):
        raise refuse(
            "this state follows from dates and scope and cannot be stated",
            "write requested, in_review, approved or rejected",
        )
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeAccess(Part):
    """How people got in when the tool was reviewed."""

    sso: Level | None = None
    """Single sign-on: none, optional or enforced."""
    mfa: Level | None = None
    """A second factor: none, optional or enforced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeAi(Part):
    """What AI did with our data when the tool was reviewed."""

    uses_data: Flag | None = None
    """Whether AI features read our data."""
    trains_on_data: Flag | None = None
    """Whether models were trained on our data."""
    acts: Flag | None = None
    """Whether it did things on its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Part):
    """What the reviewer saw, in words. Every key is optional; lists are sorted."""

    product: Text | None = None
    """Which product of the catalog the tool was, as stated; `none` for own software."""
    vendor: Text | None = None
    """Who sold it, as stated."""
    holds: Ids | None = None
    """Datasets that were stored there."""
    collects: Ids | None = None
    """Datasets that entered the stack there."""
    receives: Ids | None = None
    """Datasets that flows brought."""
    sends: Ids | None = None
    """Datasets that flows took away."""
    classes: Annotated[Mapping[Id, Text | None], Sorted] | None = None
    """The classes of each dataset: personal confidential."""
    counterparts: Ids | None = None
    """The tools it exchanged data with."""
    grants: Texts | None = None
    """The keys it held: salesforce write."""
    region: Text | None = None
    """Where the data was kept."""
    subprocessors: Texts | None = None
    """Who processed the data for the vendor."""
    access: ScopeAccess | None = None
    """How people got in."""
    dpa: Dpa | None = None
    """The data processing agreement."""
    ai: ScopeAi | None = None
    """What AI did with our data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Part):
    """A security review of a tool."""

    state: Annotated[ReviewState, BeforeValidator(_derived_states)]
    """requested, in_review, approved or rejected; what expired or changed is worked out."""
    on: Day | None = None
    """The day of this state: of the request, of the decision."""
    by: Text | None = None
    """Who decided."""
    until: Day | None = None
    """The last day it counts; 12 months after `on` if not stated, and at most 36 after it."""
    evidence: Texts | None = None
    """Where the review can be read."""
    conditions: Texts | None = None
    """What an approval depends on."""
    scope: Scope | None = None
    """What the reviewer saw."""
    notes: Text | None = None
    """For people; no rule reads it."""

    @model_validator(mode="after")
    def _approved_has_a_name(self) -> Review:
        if self.state == "approved" and (self.on is None or self.by is None):
            raise refuse(
                "an approved review needs `on` and `by`",
                "say when it was approved and by whom",
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapItem(Part):
    """Something the organization plans to do with its stack."""

    id: Id
    """Its name in this file."""
    title: Text | None = None
    """What it is, in a few words."""
    when: When | None = None
    """The year, half, quarter, month or day: 2027, 2027-H1, 2027-Q1, 2027-03."""
    business: Text | None = None
    """Who leads it in the business; `none` if nobody does."""
    technical: Text | None = None
    """Who leads it in IT; `none` if nobody does."""
    driver: Text | None = None
    """Why it is done: growth, cost, risk."""
    tools: Ids | None = None
    """The tools it is about."""
    depends_on: Ids | None = None
    """Items that have to come first."""
    notes: Text | None = None
    """For people; no rule reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Part):
    """The year's money for the stack, in the stack's currency."""

    year: Count | None = None
    """The year it is for."""
    total: Amount | None = None
    """All that may be spent on the stack in that year."""
    innovation: AmountOrNone | None = None
    """What is kept free for trying things; `none` if nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Part):
    """What the organization has decided for all its tools."""

    regions: Texts | None = None
    """Where personal data may be processed without further safeguards."""
    refused_subprocessors: Texts | None = None
    """Sub-processors that may not be used."""
    innovation_share: Share | None = None
    """The share of the budget to keep for trying things: 5%."""
