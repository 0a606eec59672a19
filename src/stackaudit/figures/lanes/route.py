"""The ways of lines on the lane map: out of one chip, past the lanes between, into another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, NamedTuple, TypeAlias

from stackaudit.dataclass import dataclass

BULGE: Final = 34.0
"""How far a line between two chips of one lane swings out."""
SPREAD: Final = 3.5
"""Between two lines that pass a lane at the same height."""
SLOTS: Final = 5
_LABEL: Final = 22.0
"""So far apart are two numbers, at least."""
_ALONG: Final = (0.5, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85)
"""Where on a part of its way a number may stand, the best place first."""


class Rect(NamedTuple):
    """A rectangle."""

    left: float
    width: float
    top: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.top + self.height / 2


class Point(NamedTuple):
    """A place on the picture."""

    x: float
    y: float


class Curve(NamedTuple):
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """The point a part of the way along."""
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        return Point(
            sum(weight * point.x for weight, point in zip(weights, self, strict=True)),
            sum(weight * point.y for weight, point in zip(weights, self, strict=True)),
        )


Path: TypeAlias = tuple[Curve, ...]


@dataclass(slots=True)
class Router:
    """Finds a way for each line, and keeps lines that go the same way apart."""

    chips: Mapping[str, Rect]
    lane_of: Mapping[str, int]
    lanes: Sequence[tuple[float, float]]
    """Left edge and width of each lane."""
    corridors: Sequence[Sequence[float]]
    """For each lane the heights at which a line can pass it."""
    used: dict[tuple[int, float], int] = field(default_factory=lambda: defaultdict(int))

    def routes(self, ends: Sequence[tuple[str, str]]) -> list[Path]:
        """A way for each pair of chips, in the order given."""
        starts, arrivals = self._ports(ends)
        return [
            tuple(self._way(source, target, starts[n], arrivals[n]))
            for n, (source, target) in enumerate(ends)
        ]

    def labels(self, paths: Sequence[Path]) -> list[tuple[float, float]]:
        """A place for a number on each way, none upon another if there is room.

        Between lanes if possible; where there is no room anywhere on its way, the number stands as
        far from the others as it can.
        """
        taken: list[Point] = []
        for path in paths:
            taken.append(_roomy(path, taken))
        return [(point.x, point.y) for point in taken]

    def _ports(
        self, ends: Sequence[tuple[str, str]]
    ) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """At which height each line leaves and arrives: spread along the side, none crossing."""
        sides: dict[tuple[str, bool], list[tuple[float, int, bool]]] = defaultdict(list)
        for number, (source, target) in enumerate(ends):
            right_out, right_in = self._sides(source, target)
            sides[source, right_out].append((self.chips[target].middle, number, True))
            sides[target, right_in].append((self.chips[source].middle, number, False))
        starts: dict[int, float] = {}
        arrivals: dict[int, float] = {}
        for (chip, _), lines in sides.items():
            rect = self.chips[chip]
            for place, (_, number, leaves) in enumerate(sorted(lines), 1):
                height = rect.top + rect.height * place / (len(lines) + 1)
                (starts if leaves else arrivals)[number] = height
        return starts, arrivals

    def _sides(self, source: str, target: str) -> tuple[bool, bool]:
        """Whether a line leaves on the right, and whether it arrives on the right."""
        here, there = self.lane_of[source], self.lane_of[target]
        return here <= there, here >= there

    def _way(self, source: str, target: str, leaves: float, arrives: float) -> Iterator[Curve]:
        here, there = self.lane_of[source], self.lane_of[target]
        right_out, right_in = self._sides(source, target)
        start = Point(_edge(self.chips[source], right_out), leaves)
        end = Point(_edge(self.chips[target], right_in), arrives)
        if here == there:
            out = max(start.x, end.x) + BULGE + min(abs(start.y - end.y) / 12, BULGE)
            yield Curve(start, Point(out, start.y), Point(out, end.y), end)
            return
        at = start
        step = 1 if there > here else -1
        for lane in range(here + step, there, step):
            left, width = self.lanes[lane]
            height = self._corridor(lane, at.y, end.y)
            enter, leave = (left, left + width) if step > 0 else (left + width, left)
            yield _smooth(at, Point(enter, height))
            yield _smooth(Point(enter, height), Point(leave, height))
            at = Point(leave, height)
        yield _smooth(at, end)

    def _corridor(self, lane: int, start: float, end: float) -> float:
        """Where to pass a lane: where the way is shortest, beside the lines already there."""

        def detour(height: float) -> float:
            full = self.used[lane, height] // SLOTS
            return abs(height - start) + abs(end - height) + full * 60

        height = min(self.corridors[lane], key=lambda each: (detour(each), each))
        number = self.used[lane, height]
        self.used[lane, height] += 1
        slot = number % SLOTS
        return height + SPREAD * ((slot + 1) // 2) * (-1 if slot % 2 else 1)


def _roomy(path: Path, taken: Sequence[Point]) -> Point:
    """The first place on a way that has room, or the one that has most."""
    best, most = path[0].start, -1.0
    for curve in (*path[::2], *path[1::2]):
        for t in _ALONG:
            here = curve.at(t)
            room = min((_between(here, other) for other in taken), default=_LABEL)
            if room >= _LABEL:
                return here
            if room > most:
                best, most = here, room
    return best


def _edge(rect: Rect, right: bool) -> float:
    return rect.right if right else rect.left


def _smooth(start: Point, end: Point) -> Curve:
    """A curve that leaves and arrives level."""
    half = (end.x - start.x) / 2
    return Curve(start, Point(start.x + half, start.y), Point(end.x - half, end.y), end)


def _between(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
