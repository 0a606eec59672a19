"""How data moves: flows, the credentials that open them, and the keys a tool holds to others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import (
    TEXT_SCHEMA,
    Day,
    DayOrNever,
    Every,
    Id,
    Ids,
    PerTime,
    Text,
    Texts,
)

Method = Literal["native", "api", "webhook", "tag", "etl", "reverse_etl", "ipaas", "file", "manual"]
"""native: a connector of one of the two; api: calls of our own; webhook: sent as things happen;
tag: from the visitor's browser; etl: into the warehouse; reverse_etl: out of the warehouse;
ipaas: a service in between; file: a machine drops a file; manual: a person carries it."""
Status = Literal["planned", "active", "broken", "paused", "finished", "absent"]
"""planned: not built; active: runs; broken: should run and does not; paused: stopped for a while;
finished: ran once and is done; absent: known not to exist."""
Protection = Literal["none", "encrypted", "hashed", "aggregated", "anonymized"]
"""none: nothing; encrypted: readable for the receiver only; hashed: keys replaced by hashes;
aggregated: sums and counts only; anonymized: nobody can be identified."""
KeyKind = Literal["oauth", "api_key", "mcp", "extension"]
"""oauth: an app that was allowed in; api_key: a secret text; mcp: a server that an AI assistant
uses; extension: an add-on of a browser or a tool."""
Right = Literal["read", "write", "admin"]
"""read: sees; write: changes; admin: everything, settings too."""
Belongs = Literal["person", "team", "service"]
"""person: somebody's own; team: shared by a team; service: an account for machines."""


def _one_or_more(value: object) -> object:
    return [value] if type(value) is str else value


OneOrMore = Annotated[
    Texts,
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]}),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Part):
    """The key that a flow runs on."""

    held_by: Id | None = None
    """The tool that stores the key."""
    owner: Text | None = None
    """Who answers for it; `none` if nobody does."""
    of: Belongs | None = None
    """Whether it belongs to a person, a team or a service account."""
    kind: KeyKind | None = None
    """oauth, api_key, mcp or extension."""
    can: Right | None = None
    """What it allows: read, write or admin."""
    scopes: Texts | None = None
    """The scopes it was granted, in the words of the tool that granted them."""
    rotated: DayOrNever | None = None
    """When it was last renewed."""
    expires: DayOrNever | None = None
    """When it stops working by itself."""
    reviewed: DayOrNever | None = None
    """When somebody last asked whether it is still needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Credential):
    """A key that this tool holds to another one."""

    on: Id
    """The tool that it opens."""
    data: Ids | None = None
    """The datasets that it opens there; everything that tool holds if not stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Part):
    """A directed movement of datasets from one tool to another."""

    id: Id | None = None
    """A name of its own; made from from, to, method and through if not stated."""
    source: Annotated[Id, Field(alias="from")]
    """The tool that the data leaves."""
    target: Annotated[Id, Field(alias="to")]
    """The tool that the data reaches."""
    data: Ids | None = None
    """The datasets that it carries."""
    method: Method | None = None
    """native, api, webhook, tag, etl, reverse_etl, ipaas, file (a machine drops it) or
    manual (a person does it)."""
    through: Id | None = None
    """The tool in between that moves the data and sees it: an iPaaS, a tag manager."""
    every: Every | None = None
    """How often it runs: a duration, or `event` when it runs as things happen."""
    records: PerTime | None = None
    """How much it carries: 12000/day."""
    key: OneOrMore | None = None
    """The identity key that the records are matched on."""
    owner: Text | None = None
    """Who answers for the flow; `none` if nobody does."""
    credential: Credential | None = None
    """The key that it runs on."""
    protect: Protection | None = None
    """What is done to the data on the way; hashed, aggregated or anonymized data is not
    personal any more when it arrives."""
    status: Status | None = None
    """planned, active, broken, paused, finished, or absent (known not to exist). Active if nothing
    is stated, unless a tool at its end or in between is planned or retired."""
    last_success: DayOrNever | None = None
    """When it last ran through."""
    requested: Day | None = None
    """When a planned flow was asked for."""
    notes: Text | None = None
    """For people; no rule reads it."""
