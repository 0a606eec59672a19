"""A waiver as a subject, looked at after all other rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.rules.subjects import Subject, register_kind
from stackaudit.rules.waiver import Waiver

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class WaiverSubject(Subject):
    """An accepted finding, or several, as the configuration states it."""

    __slots__ = ()
    kind: ClassVar[str] = "waiver"
    entry: Waiver

    def place(self) -> Place:
        return self.entry.place


def _waivers(world: World) -> Iterator[Subject]:
    """a waiver of a rule that was asked, looked at after all other rules"""
    asked = {tally.rule for tally in world.earlier.tallies}
    for waiver in world.waivers.all:
        if any(map(waiver.about, asked)):
            yield WaiverSubject(world, (waiver.words,), waiver)


register_kind("waiver", _waivers)
