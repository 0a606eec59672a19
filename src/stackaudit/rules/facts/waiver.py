"""Waivers: what they accept, until when, and whether there is anything left to accept."""

from __future__ import annotations

import datetime as dt

from stackaudit.rules.facts.registry import fact
from stackaudit.rules.finding import Finding, Open
from stackaudit.rules.kinds.waiver import WaiverSubject
from stackaudit.rules.types import DATE, FLAG, TEXT
from stackaudit.rules.waiver import Waiver


@fact("waiver", TEXT)
def rule(waiver: WaiverSubject) -> str:
    """The rule that it names, or a whole category as `<category>/*`."""
    return waiver.entry.rule


@fact("waiver", TEXT)
def subject(waiver: WaiverSubject) -> str:
    """The subject that it names; `*` in it stands for any characters."""
    return waiver.entry.subject


@fact("waiver", TEXT)
def reason(waiver: WaiverSubject) -> str:
    """Why the finding is accepted."""
    return waiver.entry.reason


@fact("waiver", TEXT)
def owner(waiver: WaiverSubject) -> str:
    """Who answers for it."""
    return waiver.entry.owner


@fact("waiver", DATE)
def expires(waiver: WaiverSubject) -> dt.date:
    """The last day on which it counts."""
    return waiver.entry.expires


@fact("waiver", FLAG)
def used(waiver: WaiverSubject) -> bool:
    """Whether a finding, or something that could not be decided, is what it names.

    A waiver that has run out is used as long as what it accepted is still there.
    """
    return waiver.entry in _used(waiver)


def _used(waiver: WaiverSubject) -> frozenset[Waiver]:
    """All waivers that name something; worked out once for all of them."""
    world = waiver.world
    if "used waivers" not in world.memory:
        results: tuple[Finding | Open, ...] = (*world.earlier.findings, *world.earlier.open)
        named = (each for result in results for each in world.waivers.about(result, world))
        world.memory["used waivers"] = frozenset(named)
    found: frozenset[Waiver] = world.memory["used waivers"]
    return found
