"""What is paid for, until when, and how much of it is used."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.money import Cost
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import (
    Count,
    DayOrNever,
    Flag,
    Id,
    Length,
    ListMeant,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(Part):
    """Something a contract is counted in: contacts, events, monthly tracked users."""

    metric: Text
    """What is counted: contacts, events, MTU."""
    bought: Count | None = None
    """How much the contract allows."""
    used: Count | None = None
    """How much is used of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Part):
    """The contract of one tool."""

    cost: Cost | None = None
    """What it costs: 48000/year, 4000/month; 0 if it is free."""
    seats: Count | None = None
    """How many seats are paid for."""
    used: Count | None = None
    """How many of the seats are used."""
    usage: Annotated[tuple[Usage, ...], ListMeant] | None = None
    """What else the contract is counted in."""
    renews: DayOrNever | None = None
    """The day the next term begins; `never` if it ends or was bought for good."""
    notice: Length | None = None
    """How long before that day notice has to be given: 60d, 3mo."""
    auto_renew: Flag | None = None
    """Whether it renews by itself when nobody gives notice."""
    notes: Text | None = None
    """For people; no rule reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContract(Contract):
    """A contract that covers several tools."""

    name: Text | None = None
    """What people call it; the id if nothing is stated."""
    covers: Annotated[tuple[Id, ...], Field(min_length=1), ListMeant]
    """The tools that it pays for."""
