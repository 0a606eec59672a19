"""What a source saw: tools and flows, each with when, where and how sure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Any, TypeAlias

from stackaudit.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when something was seen."""

    source: str
    """The name of the source: table, tech-stack."""
    file: str
    """The file it was read from."""
    row: int | None = None
    """The row or entry of the file, counted as the file's own program counts it, from 1."""
    on: dt.date | None = None
    """The day of the observation, where the source knows it."""

    def __str__(self) -> str:
        return self.file if self.row is None else f"{self.file}, row {self.row}"


@dataclass(frozen=True, slots=True)
class ToolSeen:
    """A tool that a source saw."""

    name: str
    """As the source writes it."""
    seen: Seen
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Key in the inventory's entry (`owner.business`) → its value as an inventory states it."""
    vendor: str | None = None
    domain: str | None = None
    confidence: float = 1.0
    """How sure the source is that this is a tool of the organization, 0 to 1."""


@dataclass(frozen=True, slots=True)
class FlowSeen:
    """A flow that a source saw."""

    source: str
    target: str
    seen: Seen
    data: tuple[str, ...] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    through: str | None = None
    """The name of the tool in between, as the source writes it."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a source could not read, or not read for sure; it stays unknown.

    The place is named; what stands there is not repeated, since it may be anything.
    """

    seen: Seen
    column: str | None
    message: str
    hint: str | None = None
    key: str | None = None
    """The fact of a tool's entry that it is about."""

    def __str__(self) -> str:
        where = f"{self.seen}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was decided without a doubt, and that a reader wants to know."""

    seen: Seen
    message: str

    def __str__(self) -> str:
        return f"{self.seen}: {self.message}"


Observation: TypeAlias = "ToolSeen | FlowSeen | Doubt | Remark"
"""What a source gives, one at a time: an export may have a hundred thousand rows."""
