"""What a tool is, who answers for it, how it is used."""

from __future__ import annotations

import datetime as dt
import math

from stackaudit.rules.facts.registry import fact, stated
from stackaudit.rules.facts.words import named, past
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

@fact("tool", TEXT)
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
    return tool.entry.in_use

@fact("tool", FLAG, name="has_business_owner", rests_on=("owner.business",))
def has_business_owner(tool: ToolSubject) -> bool | None:
    """Whether somebody in the business answers for it; false only if `none` is stated."""
    return named(tool.entry.owner.business if tool.entry.owner else None)

@fact("tool", FLAG, rests_on=("owner.technical",))
def has_technical_owner(tool: ToolSubject) -> bool | None:
    """Whether somebody in IT answers for it; false only if `none` is stated."""
    return named(tool.entry.owner.technical if tool.entry.owner else None)

@fact("tool", TEXT, rests_on=("owner.business",))
def business_owner(tool: ToolSubject) -> str | None:
    """Who in the business answers for it."""
    return tool.entry.owner.business if tool.entry.owner else None

@fact("tool", DATE, rests_on=("last_used",))
def last_used(tool: ToolSubject) -> dt.date | None:
    """When somebody last worked with it; `never` is longer ago than any day."""
    return past(tool.entry.last_used)

@fact("tool", DATE, rests_on=("it_involved",))
def it_involved(tool: ToolSubject) -> dt.date | None:
    """When IT was first involved; `never` is written as such."""
    return past(tool.entry.it_involved)

@fact("tool", DAYS, rests_on=("bought", "it_involved"))
def it_came_after(tool: ToolSubject) -> float | None:
    """Days from the purchase to IT's first involvement; without end if IT never was."""
    involved, bought = tool.entry.it_involved, tool.entry.bought
    if involved == "never":
        return math.inf
    if involved is None or bought is None:
        return None
    return (involved - bought).days  # type: ignore[operator]

@fact("tool", many(subject("capability")), rests_on=("capabilities",))
def capabilities(tool: ToolSubject) -> Collection:
    """What the business does with it, the main one first."""
    stated_ids = tool.entry.capabilities
    if stated_ids is None:
        return None
    return tuple(tool.world.capabilities[each] for each in stated_ids)

def _does(tool: ToolSubject, verb: str) -> bool | None:
    """Whether any of its capabilities does this with data; unknown where it is not stated."""
    stated_ids = tool.entry.capabilities
    if stated_ids is None:
        return None
    found: bool | None = False
    for each in stated_ids:
        does = tool.world.capabilities[each].entry.does
        if does is None:
            found = None
        elif verb in does:
            return True
    return found

@fact("tool", FLAG, rests_on=("capabilities",))
def measures(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to measure with data."""
    return _does(tool, "measures")

@fact("tool", FLAG, rests_on=("capabilities",))
def stores(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to store data that others rely on."""
    return _does(tool, "stores")

@fact("tool", FLAG, rests_on=("capabilities",))
def activates(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to use data on people."""
    return _does(tool, "activates")

@fact("tool", FLAG)
def pilot_has_end(tool: ToolSubject) -> bool:
    """Whether the pilot's terms name the day it ends; terms that are not stated are missing."""
    pilot = tool.entry.pilot
    return pilot is not None and pilot != "none" and pilot.ends not in (None, "never")

@fact("tool", FLAG)
def pilot_has_decider(tool: ToolSubject) -> bool:
    """Whether the pilot's terms name who decides; terms that are not stated are missing."""
    pilot = tool.entry.pilot
    return pilot is not None and pilot != "none" and pilot.decides not in (None, "none")

@fact("tool", FLAG)
def kept(tool: ToolSubject) -> bool:
    """Whether it is stated why it is deliberately kept."""
    return tool.entry.keep not in (None, "none")
