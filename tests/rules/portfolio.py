"""Reading single facts off an inventory of a few lines."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent
from typing import Any

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.evidence import missing_for
from stackaudit.rules.examples import world_of
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.subjects import Subject, kinds
from stackaudit.rules.world import World

DAY = dt.date(2026, 11, 2)


def world(text: str, day: dt.date = DAY) -> World:
    """The world of an inventory as a person writes it."""
    return world_of(load_text(dedent(text), by_alias()), day)


def subject(text: str, kind: str, *ids: str, day: dt.date = DAY) -> Subject:
    """The subject with these ids; LookupError if rules would not look at it."""
    for each in kinds()[kind].members(world(text, day)):
        if each.ids == ids:
            return each
    raise LookupError(f"no {kind} {ids}")


def fact(text: str, name: str, *ids: str, day: dt.date = DAY) -> Any:
    """The value of a fact such as `contract.annual_cost`."""
    kind, _, called = name.partition(".")
    return facts_of(kind)[called].read(subject(text, kind, *ids, day=day))


def missing(text: str, name: str, *ids: str) -> list[str]:
    """What would have to be stated for the fact to be known."""
    kind, _, called = name.partition(".")
    return [str(each) for each in missing_for(facts_of(kind)[called], subject(text, kind, *ids))]
