"""What is planned: the items of the roadmap, and which tools they are about."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from stackaudit.phrase import phrase
from stackaudit.rules.facts.paid import contracts_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.words import coming
from stackaudit.rules.kinds.roadmap import RoadmapItemSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import DATE, FLAG, TEXT, TEXTS

if TYPE_CHECKING:
    from stackaudit.rules.world import World

LISTED: Final = Missing("stack", "roadmap")
"""The whole roadmap, so that what it does not mention is not planned."""

TO_BE_NAMED: Final = "to be named"
"""Stands for a lead or a driver until there is one."""


@fact("roadmap_item", TEXT)
def name(item: RoadmapItemSubject) -> str:
    """What it is, in a few words; its id if nothing is stated."""
    return item.label()


@fact("roadmap_item", FLAG, rests_on=("business",))
def has_business_lead(item: RoadmapItemSubject) -> bool | None:
    """Whether somebody in the business leads it; false only if `none` is stated."""
    return _named(item.entry.business)


@fact("roadmap_item", FLAG, rests_on=("technical",))
def has_technical_lead(item: RoadmapItemSubject) -> bool | None:
    """Whether somebody in IT leads it; false only if `none` is stated."""
    return _named(item.entry.technical)


@fact("roadmap_item", FLAG, rests_on=("driver",))
def has_driver(item: RoadmapItemSubject) -> bool | None:
    """Whether it is said why it is done; false only if `none` is stated."""
    return _named(item.entry.driver)


def _named(value: str | None) -> bool | None:
    return None if value is None else value != "none"


@fact("roadmap_item", TEXTS)
def lacks(item: RoadmapItemSubject) -> tuple[str, ...]:
    """What it is stated to be without: a lead in the business, a lead in IT, a driver."""
    stated = {
        "a lead in the business": item.entry.business,
        "a lead in IT": item.entry.technical,
        "a driver": item.entry.driver,
    }
    return tuple(phrase(words) for words, value in stated.items() if value == "none")


@fact("roadmap_item", TEXT, rests_on=("business",), writes="business")
def business(item: RoadmapItemSubject) -> str | None:
    """Who leads it in the business; `to be named` if it is stated that nobody does."""
    return _or_to_be_named(item.entry.business)


@fact("roadmap_item", TEXT, rests_on=("technical",), writes="technical")
def technical(item: RoadmapItemSubject) -> str | None:
    """Who leads it in IT; `to be named` if it is stated that nobody does."""
    return _or_to_be_named(item.entry.technical)


@fact("roadmap_item", TEXT, rests_on=("driver",), writes="driver")
def driver(item: RoadmapItemSubject) -> str | None:
    """Why it is done; `to be named` if it is stated that nobody knows."""
    return _or_to_be_named(item.entry.driver)


def _or_to_be_named(value: str | None) -> str:
    return phrase(TO_BE_NAMED) if value in (None, "none") else str(value)


def _unlisted(tool: ToolSubject) -> tuple[Missing, ...]:
    """The roadmap if it is not there or not whole; else the items that name no tools."""
    stack = tool.world.stack
    if not _whole(tool.world):
        return (LISTED,)
    items = stack.roadmap.items()
    return tuple(Missing("roadmap", name, "tools") for name, each in items if each.tools is None)


def _whole(world: World) -> bool:
    memory, stack = world.memory, world.stack
    if "whole roadmap" not in memory:
        memory["whole roadmap"] = (
            stack.origins.states("roadmap") and "roadmap" not in stack.incomplete
        )
    found: bool = memory["whole roadmap"]
    return found


def _mentioned(world: World) -> frozenset[str]:
    """The tools that items of the roadmap are about."""
    if "on the roadmap" not in world.memory:
        items = world.stack.roadmap.values()
        named = frozenset(tool for each in items for tool in each.tools or ())
        world.memory["on the roadmap"] = named
    found: frozenset[str] = world.memory["on the roadmap"]
    return found


@fact("tool", FLAG, missing=_unlisted)
def on_roadmap(tool: ToolSubject) -> bool | None:
    """Whether an item of the roadmap is about it.

    Unknown where there is no roadmap, where it is known to be incomplete, or where an item does
    not say which tools it is about.
    """
    if tool.id in _mentioned(tool.world):
        return True
    return None if _unlisted(tool) else False


@fact("tool", DATE, rests_on=("contract.renews",), missing=lambda tool: _renewals_unstated(tool),
      cached=True)  # fmt: skip
def renews(tool: ToolSubject) -> dt.date | None:
    """The first day on which a new term of one of its contracts begins.

    Later than any day where it has no contract, or none that renews.
    """
    contracts = contracts_of(tool)
    if not contracts:
        return coming("never") if tool.entry.contract == "none" else None
    days = [coming(each.entry.renews) for each in contracts]
    return None if None in days else min(each for each in days if each is not None)


def _renewals_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    from stackaudit.rules.facts.contract import missing

    contracts = contracts_of(tool)
    if not contracts:
        return (Missing("tools", tool.id, "contract"),)
    return tuple(missing(each, "renews") for each in contracts if each.entry.renews is None)
