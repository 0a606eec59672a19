"""What a tool is, who answers for it, how it is used."""

from __future__ import annotations

import datetime as dt
import math

from stackaudit.phrase import counted, phrase, word
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.facts.words import NEVER_YET, named, past
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection
from stackaudit.rules.types import (
    CRITICALITY,
    DATE,
    DAYS,
    FLAG,
    LIFECYCLE,
    NUMBER,
    TEXT,
    TEXTS,
    many,
    subject,
    words,
)

stated("tool", "lifecycle", LIFECYCLE, "lifecycle", "Where it is in its life here; active if "
       "nothing is stated.", default="active")  # fmt: skip
stated("tool", "users", NUMBER, "users", "How many people work with it.")
stated("tool", "criticality", CRITICALITY, "criticality", "What it would mean to lose it.")
stated("tool", "bought", DATE, "bought", "When it was bought.")
stated("tool", "disposition", words("tolerate", "invest", "migrate", "eliminate"), "disposition",
       "What was decided about it.")  # fmt: skip


@fact("tool", TEXT, writes="name")
def name(tool: ToolSubject) -> str:
    """What people call it; its id if nothing is stated."""
    return tool.label()


@fact("tool", TEXT, name="id")
def id_(tool: ToolSubject) -> str:
    """Its id in the inventory."""
    return tool.id


@fact("tool", FLAG)
def in_use(tool: ToolSubject) -> bool:
    """Whether people work with it: a pilot, active or retiring."""
    return tool.in_use


# Who answers for it


@fact("tool", FLAG, rests_on=("owner.business",))
def has_business_owner(tool: ToolSubject) -> bool | None:
    """Whether somebody in the business answers for it; false only if `none` is stated."""
    return named(business_owner(tool))


@fact("tool", FLAG, rests_on=("owner.technical",))
def has_technical_owner(tool: ToolSubject) -> bool | None:
    """Whether somebody in IT answers for it; false only if `none` is stated."""
    return named(technical_owner(tool))


@fact("tool", TEXT, rests_on=("owner.business",), writes="owner.business")
def business_owner(tool: ToolSubject) -> str | None:
    """Who in the business answers for it; `none` if it is stated that nobody does."""
    return _who(tool.entry.owner.business) if tool.entry.owner else None


@fact("tool", TEXT, rests_on=("owner.technical",), writes="owner.technical")
def technical_owner(tool: ToolSubject) -> str | None:
    """Who in IT answers for it; `none` if it is stated that nobody does."""
    return _who(tool.entry.owner.technical) if tool.entry.owner else None


def _who(stated: str | None) -> str | None:
    return word("owner", stated) if stated == "none" else stated


# When it came, and when it was last used


@fact("tool", DATE, rests_on=("last_used",), writes="last_used")
def last_used(tool: ToolSubject) -> dt.date | None:
    """When somebody last worked with it; `never` is longer ago than any day."""
    return past(tool.entry.last_used)


@fact("tool", DATE, rests_on=("last_used",))
def unused_since(tool: ToolSubject) -> dt.date | None:
    """The day since when nobody works with it.

    Of a tool that was never used, the day it was bought, or longer ago than any day if that is
    not stated.
    """
    if tool.entry.last_used == "never":
        return tool.entry.bought or NEVER_YET
    return past(tool.entry.last_used)


@fact("tool", DATE, rests_on=("it_involved",), writes="it_involved")
def it_involved(tool: ToolSubject) -> dt.date | None:
    """When IT was first involved; `never` is longer ago than any day."""
    return past(tool.entry.it_involved)


@fact("tool", DAYS, rests_on=("it_involved", "bought"))
def it_came_after(tool: ToolSubject) -> float | None:
    """Days from the purchase to IT's first involvement; without end if IT never was.

    Negative if IT was involved before.
    """
    involved, bought = tool.entry.it_involved, tool.entry.bought
    if isinstance(involved, str):
        return math.inf
    if involved is None or bought is None:
        return None
    return (involved - bought).days


@fact("tool", TEXT, rests_on=("it_involved", "bought"))
def it_timing(tool: ToolSubject) -> str | None:
    """When IT came in, in words: to follow the name of the tool in a message."""
    days = it_came_after(tool)
    if days is None:
        return None
    if math.isinf(days):
        return phrase("was bought without IT, and IT was never involved")
    if days > 0:
        return counted(int(days), "was bought {n} day before IT was involved",
                       "was bought {n} days before IT was involved")  # fmt: skip
    return phrase("was bought with IT involved")


# What it is for


@fact("tool", many(subject("capability")), rests_on=("capabilities",))
def capabilities(tool: ToolSubject) -> Collection:
    """What the business does with it, the main one first."""
    if tool.entry.capabilities is None:
        return None
    named_once = dict.fromkeys(tool.entry.capabilities)
    return tuple(tool.world.capabilities[each] for each in named_once)


def _does(tool: ToolSubject, verb: str) -> bool | None:
    """Whether any of its capabilities does this with data; unknown where it is not stated."""
    found: bool | None = False if tool.entry.capabilities is not None else None
    for each in tool.entry.capabilities or ():
        does = tool.world.capabilities[each].entry.does
        if does is None:
            found = None
        elif verb in does:
            return True
    return found


def _purpose_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What it is for, or what those capabilities do that the stack has declared itself."""
    if tool.entry.capabilities is None:
        return (Missing("tools", tool.id, "capabilities"),)
    known = tool.world.capabilities
    return tuple(
        Missing("capabilities", each, "does")
        for each in dict.fromkeys(tool.entry.capabilities)
        if known[each].entry.does is None
    )


@fact("tool", FLAG, rests_on=("capabilities",), missing=_purpose_unstated)
def measures(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to measure with data."""
    return _does(tool, "measures")


@fact("tool", FLAG, rests_on=("capabilities",), missing=_purpose_unstated)
def stores(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to store data that others rely on."""
    return _does(tool, "stores")


@fact("tool", FLAG, rests_on=("capabilities",), missing=_purpose_unstated)
def activates(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to use data on people."""
    return _does(tool, "activates")


# What was decided about it; what is not stated here was not decided


@fact("tool", FLAG)
def kept(tool: ToolSubject) -> bool:
    """Whether it is stated why it is deliberately kept."""
    return tool.entry.keep not in (None, "none")


@fact("tool", TEXTS)
def pilot_lacks(tool: ToolSubject) -> tuple[str, ...]:
    """What the terms of the pilot do not name: the day it ends, who decides.

    Terms that are not stated are missing; a pilot that ends `never` has no end.
    """
    pilot = None if tool.entry.pilot == "none" else tool.entry.pilot
    ends = pilot.ends if pilot else None
    decides = pilot.decides if pilot else None
    lacking = (phrase("a day on which it ends"),) if ends in (None, "never") else ()
    return lacking + ((phrase("somebody who decides"),) if decides in (None, "none") else ())
