"""A tool: one SaaS product as this organization uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.capabilities import Confidentiality
from stackaudit.inventory.model.contracts import Contract
from stackaudit.inventory.model.flows import Grant
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import (
    TEXT_SCHEMA,
    Count,
    Day,
    DayOrNever,
    Flag,
    Id,
    Ids,
    ListMeant,
    PerTime,
    Sorted,
    Text,
    Texts,
    none_or_mapping,
    refuse,
)
from stackaudit.inventory.nodes import Map

Lifecycle = Literal["planned", "pilot", "active", "retiring", "retired", "rejected"]
"""planned: decided and not in use; pilot: tried out for a time; active: in use; retiring: in use,
and on its way out; retired: not used any more; rejected: decided against."""
Level = Literal["none", "optional", "enforced"]
"""none: it cannot or does not; optional: who wants to may; enforced: nobody gets in without."""
Criticality = Literal["low", "medium", "high", "critical"]
"""low: nobody would notice for a week; medium: work slows down; high: work stops; critical:
customers or the law are hurt."""
Dpa = Literal["signed", "pending", "none", "not_needed"]
"""signed: both sides signed it; pending: asked for and not signed; none: there is none;
not_needed: it processes no personal data for us."""
Safeguard = Literal["adequacy", "scc", "bcr", "none"]
"""adequacy: the country is recognized as safe; scc: standard contractual clauses; bcr: binding
corporate rules; none: nothing protects it."""
Disposition = Literal["tolerate", "invest", "migrate", "eliminate"]
"""tolerate: keep as it is; invest: build on it; migrate: move to another; eliminate: end it."""


Score = Annotated[
    Count,
    Field(ge=1, le=4),
    WithJsonSchema(
        {"type": ["integer", "string"], "minimum": 1, "maximum": 4, "pattern": "^[1-4]$"}
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner(Part):
    """Who answers for a tool, on both sides."""

    business: Text | None = None
    """The person or team in the business; `none` if there is nobody."""
    technical: Text | None = None
    """The person or team in IT; `none` if there is nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFor(Part):
    """What a tool is used for; whatever is not stated means everything."""

    brands: Texts | None = None
    """The brands it serves."""
    regions: Texts | None = None
    """The markets it serves."""
    channels: Texts | None = None
    """The channels it serves: online, shops, events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access(Part):
    """How people get in."""

    sso: Level | None = None
    """Single sign-on: none, optional or enforced."""
    mfa: Level | None = None
    """A second factor: none, optional or enforced."""
    scim: Flag | None = None
    """Whether accounts are made and removed by the directory."""
    roles: Flag | None = None
    """Whether rights can be given by role."""
    shared_login: Flag | None = None
    """Whether several people use one account."""
    admins: Count | None = None
    """How many people have all rights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AiUse(Part):
    """What AI in the tool does with our data."""

    uses_data: Flag | None = None
    """Whether AI features read our data."""
    trains_on_data: Flag | None = None
    """Whether models are trained on our data."""
    acts: Flag | None = None
    """Whether it does things on its own, without a person who confirms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit(Part):
    """How well the tool serves, from 1 (poor) to 4 (well)."""

    business: Score | None = None
    """As those who work with it see it."""
    technical: Score | None = None
    """As those who run and connect it see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness(Part):
    """How the tool can be connected, and left."""

    api: Flag | None = None
    """Whether it has an API that we may use."""
    webhooks: Flag | None = None
    """Whether it tells others when something happens."""
    export: Flag | None = None
    """Whether our data can be taken out in bulk."""
    self_service: Flag | None = None
    """Whether marketing can do its daily work in it without IT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Part):
    """What the tool can take."""

    records: PerTime | None = None
    """Records it can take in: 500000/day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot(Part):
    """The terms of a pilot."""

    ends: DayOrNever | None = None
    """The day it ends."""
    decides: Text | None = None
    """Who decides whether it stays; `none` if nobody does."""
    must_show: Text | None = None
    """What it has to show by then."""


@dataclass(frozen=True, slots=True)
class Subprocessor:
    """A company that processes our data for the vendor, and where, if that is known."""

    name: str
    region: str | None = None


def _subprocessors(value: object) -> tuple[Subprocessor, ...]:
    pairs: list[tuple[object, object]]
    if isinstance(value, Map):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(name, None) for name in value]
    else:
        raise refuse("a list or a mapping is meant here", "write [aws, snowflake] or {aws: eu}")
    found = (_subprocessor(name, region) for name, region in pairs)
    return tuple(sorted(found, key=lambda each: each.name))


def _subprocessor(name: object, region: object) -> Subprocessor:
    if isinstance(name, str) and name and (region is None or isinstance(region, str)):
        return Subprocessor(name, region)
    raise refuse("a sub-processor is a name, with a region if known", "write {aws: eu}")


ContractOrNone = Annotated[
    Annotated[Contract, Tag("mapping")] | Annotated[Literal["none"], Tag("none")],
    Discriminator(none_or_mapping),
]
PilotOrNone = Annotated[
    Annotated[Pilot, Tag("mapping")] | Annotated[Literal["none"], Tag("none")],
    Discriminator(none_or_mapping),
]
_SUBPROCESSORS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "array", "items": TEXT_SCHEMA},
        {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        },
    ]
}
Subprocessors = Annotated[
    tuple[Subprocessor, ...],
    BeforeValidator(_subprocessors),
    WithJsonSchema(_SUBPROCESSORS_SCHEMA),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Part):
    """One SaaS product as this organization uses it. Everything is optional."""

    product: Id | None = None
    """The entry of the catalog of products; `none` for software of your own."""
    name: Text | None = None
    """What people call it; the id if nothing is stated."""
    vendor: Text | None = None
    """Who sells it."""
    lifecycle: Lifecycle | None = None
    """planned, pilot, active (the default), retiring, retired or rejected."""
    capabilities: Ids | None = None
    """What the business does with it; the first is what it is mainly for."""
    meets: Texts | None = None
    """Which of the musts of its capabilities it meets."""
    used_for: UsedFor | None = None
    """The brands, regions and channels it serves; everything if not stated."""
    owner: Owner | None = None
    """Who answers for it in the business and in IT."""
    operated_by: Text | None = None
    """An agency or somebody else outside who runs the account; `none` if we do."""
    own_access: Flag | None = None
    """Whether we can get in ourselves."""
    bought: Day | None = None
    """When it was bought."""
    it_involved: DayOrNever | None = None
    """When IT was first involved; `never` if it was not."""
    contract: ContractOrNone | None = None
    """What it costs and how long it runs; `none` if there is no contract."""
    last_used: DayOrNever | None = None
    """When somebody last worked with it."""
    users: Count | None = None
    """How many people work with it."""
    access: Access | None = None
    """How people get in."""
    classified: Confidentiality | None = None
    """How the organization classifies the tool itself."""
    criticality: Criticality | None = None
    """What it would mean to lose it."""
    collects: Ids | None = None
    """Datasets that enter the stack here."""
    holds: Ids | None = None
    """Datasets that are stored here."""
    erasure: Ids | None = None
    """Datasets it deletes when the system of record says so."""
    region: Text | None = None
    """Where the data is kept: eu, uk, us."""
    subprocessors: Subprocessors | None = None
    """Who processes the data for the vendor, with the region where it is known."""
    dpa: Dpa | None = None
    """The data processing agreement: signed, pending, none or not_needed."""
    safeguard: Safeguard | None = None
    """What protects a transfer to a third country: adequacy, scc, bcr or none."""
    certifications: Annotated[Mapping[Id, Day | None], Sorted] | None = None
    """Certificates and reports, each with the day until which it is valid."""
    ai: AiUse | None = None
    """What AI in the tool does with our data."""
    grants: Annotated[tuple[Grant, ...], ListMeant] | None = None
    """The keys that this tool holds to others."""
    fit: Fit | None = None
    """How well it serves the business and how sound it is technically, 1 to 4."""
    disposition: Disposition | None = None
    """What was decided: tolerate, invest, migrate or eliminate."""
    successor: Id | None = None
    """The tool that replaces it."""
    keep: Text | None = None
    """Why it is deliberately kept although another tool does the same."""
    openness: Openness | None = None
    """How it can be connected, and left."""
    limits: Limits | None = None
    """What it can take."""
    domains: Texts | None = None
    """Hosts under which it runs for us."""
    pilot: PilotOrNone | None = None
    """The terms of a pilot; a pilot without them has none."""
    previously: Ids | None = None
    """Ids it had before; keeps the history of its findings."""
    incomplete: Annotated[tuple[Literal["flows"], ...], ListMeant] | None = None
    """`[flows]` if its flows are known to be listed only in part."""
    links: Annotated[Mapping[str, Text | None], Sorted] | None = None
    """Where to read more."""
    notes: Text | None = None
    """For people; no rule reads it."""

    @property
    def stage(self) -> Lifecycle:
        """The lifecycle, active if nothing is stated."""
        return self.lifecycle or "active"

    @property
    def in_use(self) -> bool:
        """Whether people work with it: pilot, active or retiring."""
        return self.stage in ("pilot", "active", "retiring")
