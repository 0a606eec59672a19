"""Which waiver speaks of which finding, and what there is to say about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from stackaudit.dataclass import dataclass
from stackaudit.rules.finding import Finding, Open, Results
from stackaudit.rules.waiver import Waiver
from stackaudit.rules.world import World


@dataclass(frozen=True, slots=True)
class Accepted:
    """A waiver that names a finding, and whether it counts on the day of the audit."""

    waiver: Waiver
    in_force: bool
    note: str | None = None
    """That it has run out, or that it soon will."""


def accepted(results: Results, world: World) -> Mapping[str, Accepted]:
    """The waiver of each finding and of each open rule that has one, by fingerprint.

    Of several waivers the one that counts longest is taken; one that has run out only where
    none counts; one that is not given yet never.
    """
    everything: Iterable[Finding | Open] = (*results.findings, *results.open)
    if not world.waivers.all:
        return {}
    return {
        each.fingerprint: found
        for each in everything
        if (found := _best(world.waivers.about(each, world), world.today)) is not None
    }


def _best(waivers: Iterable[Waiver], day: dt.date) -> Accepted | None:
    started = [each for each in waivers if each.on is None or each.on <= day]
    if not started:
        return None
    waiver = max(started, key=lambda each: (each.expires, each.place))
    return Accepted(waiver, waiver.in_force(day), _note(waiver, day))


def _note(waiver: Waiver, day: dt.date) -> str | None:
    if waiver.expired(day):
        return f"the waiver of {waiver.owner} ran out on {waiver.expires} ({waiver.place})"
    if waiver.runs_out_soon(day):
        return (
            f"the waiver of {waiver.owner} runs out on {waiver.expires}, "
            f"{in_days(waiver.days_left(day))} ({waiver.place})"
        )
    return None


def in_days(days: int) -> str:
    """How far a day is ahead: `today`, `in 1 day`, `in 9 days`."""
    if days == 0:
        return "today"
    return f"in {days} day{'' if days == 1 else 's'}"
