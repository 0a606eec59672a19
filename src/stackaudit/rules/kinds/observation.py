"""The observation as a subject: one thing that sources saw, whoever saw it and how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from stackaudit.errors import Place
from stackaudit.inventory.model import Observation
from stackaudit.rules.kinds.sightings import Meant, Sightings
from stackaudit.rules.subjects import Subject, register_kind

if TYPE_CHECKING:
    from stackaudit.rules.world import World


class ObservationSubject(Subject):
    """One thing that sources saw. Its id is the tool, product, host or name that it is.

    Neither the source nor the day is part of it: the same script seen again tomorrow, or by
    another source, is the same thing, and its finding the same finding.
    """

    __slots__ = ("__dict__", "names")
    kind: ClassVar[str] = "observation"
    section: ClassVar[str | None] = "observations"
    entry: Observation

    def __init__(self, world: World, thing: str, names: tuple[str, ...]) -> None:
        entries = world.stack.observations
        newest = max(names, key=lambda name: (entries[name].seen or dt.date.min, name))
        super().__init__(world, (thing,), entries[newest])
        self.names = (newest, *(name for name in names if name != newest))
        """The ids of all observations of it, the newest first."""

    @cached_property
    def members(self) -> tuple[Observation, ...]:
        """All observations of it, the newest first."""
        return tuple(self.world.stack.observations[name] for name in self.names)

    @cached_property
    def meant(self) -> Meant:
        """The tools of the inventory that it is."""
        return Sightings.of(self.world).meant(self.id)

    def label(self) -> str:
        """What a source calls it; else the tool, product or host."""
        tools = self.meant.tools if self.meant.sure else ()
        if len(tools) == 1:
            return self.world.tools[tools[0]].label()
        return next((each.name for each in self.members if each.name), self.id)

    def path_of(self, key: str) -> tuple[str, str | None, tuple[str | int, ...]]:
        return ("observations", self.names[0], tuple(key.split(".")))

    def place(self) -> Place:
        return self.world.stack.origins.place("observations", self.names[0])

    def more_places(self) -> tuple[Place, ...]:
        origins = self.world.stack.origins
        return tuple(origins.place("observations", name) for name in self.names[1:])


def _observations(world: World) -> Iterator[Subject]:
    """one thing that sources saw (a tag, a script, a sign-in app, a key), however often"""
    for thing, names in Sightings.of(world).things.items():
        yield ObservationSubject(world, thing, names)


register_kind("observation", _observations)
