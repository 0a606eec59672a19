"""Whether sources see a tool where its declaration says that they should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from stackaudit.inventory.model import Observation
from stackaudit.phrase import phrase
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.words import NEVER_YET
from stackaudit.rules.kinds.presence import FITTING, PresenceSubject
from stackaudit.rules.kinds.sightings import Sightings
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import DATE, FLAG, TEXT, subject, words


@fact("presence", subject("tool"))
def tool(presence: PresenceSubject) -> ToolSubject:
    """The tool."""
    return presence.tool


@fact("presence", words("site", "sign_in"))
def where(presence: PresenceSubject) -> str:
    """Where a source should see it: on the site, or among the apps that people sign in to."""
    return presence.where


@fact("presence", TEXT)
def declared_as(presence: PresenceSubject) -> str:
    """The same in words."""
    return phrase(
        "a tag on the site" if presence.where == "site" else "an app behind single sign-on"
    )


def _there(presence: PresenceSubject) -> Iterator[tuple[str, Observation]]:
    """Everything that sources saw there, of any tool."""
    fitting = FITTING[presence.where]
    for id_, each in presence.world.stack.observations.items():
        if each.kind in fitting:
            yield id_, each


def _look(presence: PresenceSubject) -> tuple[dt.date | None, str, str]:
    """The day of the last look there, and of it one source and one kind; kept for all tools."""
    memory: dict[str, Any] = presence.world.memory
    key = f"last look at {presence.where}"
    if key not in memory:
        newest = max(
            (each for _, each in _there(presence)),
            key=lambda each: (each.seen or dt.date.min, each.source),
        )
        memory[key] = (newest.seen, newest.source, newest.kind)
    found: tuple[dt.date | None, str, str] = memory[key]
    return found


def _days_unstated(presence: PresenceSubject) -> tuple[Missing, ...]:
    return tuple(
        Missing("observations", id_, "seen") for id_, each in _there(presence) if each.seen is None
    )


@fact("presence", DATE, missing=_days_unstated)
def looked(presence: PresenceSubject) -> dt.date | None:
    """The last day on which a source looked there; unknown where none says when."""
    return _look(presence)[0]


@fact("presence", TEXT)
def source(presence: PresenceSubject) -> str:
    """The source that looked there last."""
    return _look(presence)[1]


@fact("presence", TEXT)
def sighting(presence: PresenceSubject) -> str:
    """As what that source sees things: tag, script, cookie, request, sign_in."""
    return _look(presence)[2]


def _own(presence: PresenceSubject) -> list[Observation]:
    fitting = FITTING[presence.where]
    found = Sightings.of(presence.world).by_tool.get(presence.tool.id, ())
    return [each for each in found if each.kind in fitting]


def _seen_unstated(presence: PresenceSubject) -> tuple[Missing, ...]:
    """When it was seen; if it was not, which of the things that were seen it may be."""
    sightings, tool = Sightings.of(presence.world), presence.tool.id
    undated = {id(each) for each in _own(presence) if each.seen is None}
    if undated:
        return tuple(Missing("observations", name, "seen")
                     for name, each in _there(presence) if id(each) in undated)  # fmt: skip
    return tuple(
        Missing("observations", names[0], "tool")
        for thing, names in sightings.things.items()
        if not sightings.meant(thing).sure and tool in sightings.meant(thing).tools
    )


@fact("presence", DATE, missing=_seen_unstated)
def seen(presence: PresenceSubject) -> dt.date | None:
    """The last day on which a source saw the tool there; longer ago than any day if none did.

    Unknown where a source does not say when it saw it, or saw something that may be the tool.
    """
    own = _own(presence)
    days = [each.seen for each in own]
    if None in days or (not own and presence.tool.id in Sightings.of(presence.world).perhaps):
        return None
    return max((day for day in days if day is not None), default=NEVER_YET)


@fact("presence", TEXT)
def last_sight(presence: PresenceSubject) -> str:
    """The same in words: was never seen there, or was last seen on a day."""
    day = seen(presence)
    if day is None or day == NEVER_YET:
        return phrase("never seen there")
    return phrase("last seen there on {day}", day=day)


@fact(
    "presence",
    FLAG,
    missing=lambda it: _seen_unstated(it) if seen(it) is None else _days_unstated(it),
)
def missed(presence: PresenceSubject) -> bool | None:
    """Whether a source looked there after it was last seen, and after it was bought.

    As long as nobody looked again, it may still be there.
    """
    last, look, bought = seen(presence), looked(presence), presence.tool.entry.bought
    if last is None or look is None:
        return None
    return look > last and (bought is None or look >= bought)
