"""From the units of the lane map to pixels of the slide.

The picture is laid out for a page; on a slide lanes are wider and the room between them narrower,
and the name of a capability and its tools share the height of their box so that both can be read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.place import BOX_GAP, LEGEND, Placed, PlacedBox
from stackaudit.figures.lanes.place import WIDTH as WHOLE
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides.ground import BODY

ROOM: Final = Rect(BODY.left, BODY.width, 144.0, 484.0)
"""Where the lanes stand."""
SIDE: Final = 7.0
"""So much wider than its boxes is the ground of a lane, on each side."""
_GUTTER: Final = 0.31
"""Between two lanes, as a part of a lane's width."""
_LARGEST: Final = 1.6
"""A small map is not drawn larger than that."""
_HEAD: Final = 29.0
_BUNDLED_HEAD: Final = 33.0
"""Units for the name of a capability; where it stands for its tools, it is the larger."""
_LEAST_HEAD: Final = 16.0
"""Pixels for the name of a capability, with which it can be read."""
_UP, _DOWN = 0.15, 0.2
"""The parts of the room between two boxes that the lower and the upper one take."""
_PAD: Final = 3.0
_BELOW: Final = BOX_GAP + 4.0
"""Units below the lowest box that hold nothing but the last line past it."""


def down_of(whole: Placed) -> float:
    """Pixels of the slide to a unit of the picture's height."""
    return min(ROOM.height / (whole.height - LEGEND - _BELOW), _LARGEST)


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a box: its name, and its chips in their order."""

    head: Rect
    chips: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Where everything stands on the slide."""

    down: float
    units: tuple[float, ...]
    """Edges of the lanes in the picture, with those of the picture itself."""
    pixels: tuple[float, ...]
    """The same on the slide."""
    bundled: bool

    @classmethod
    def of(cls, whole: Placed) -> Scale:
        """The scale of a map that is laid out."""
        lanes = [rect for _, rect in whole.lanes]
        gaps = len(lanes) - 0.5  # lines of the last lane swing out to its right
        width = (ROOM.width - 2 * SIDE) / (len(lanes) + gaps * _GUTTER)
        lefts = [ROOM.left + SIDE + n * width * (1 + _GUTTER) for n in range(len(lanes))]
        units = [each for rect in lanes for each in (rect.left, rect.right)]
        pixels = [each for left in lefts for each in (left, left + width)]
        bundled = whole.found.bundled
        return cls(down_of(whole), (0.0, *units, WHOLE), (ROOM.left, *pixels, ROOM.right), bundled)

    def x(self, units: float) -> float:
        """How far from the left."""
        at = min(max(bisect_right(self.units, units), 1), len(self.units) - 1)
        (low, high), (start, end) = self.units[at - 1 : at + 1], self.pixels[at - 1 : at + 1]
        return start + (units - low) * (end - start) / (high - low)

    def y(self, units: float) -> float:
        """How far from the top."""
        return ROOM.top + units * self.down

    def rect(self, rect: Rect) -> Rect:
        """A rectangle of the picture on the slide."""
        left, top = self.x(rect.left), self.y(rect.top)
        return Rect(left, self.x(rect.right) - left, top, rect.height * self.down)

    def box(self, rect: Rect) -> Rect:
        """A box on the slide, which takes some of the room for lines above and below it."""
        at, more = self.rect(rect), BOX_GAP * self.down
        return Rect(at.left, at.width, at.top - more * _UP, at.height + more * (_UP + _DOWN))

    def inside(self, placed: PlacedBox, chips: Mapping[str, Rect]) -> Inside:
        """The name of a box and its chips; the height is theirs alone, without air."""
        box, own = self.box(placed.rect), placed.box.chips
        head = max((_BUNDLED_HEAD if self.bundled else _HEAD) * self.down, _LEAST_HEAD)
        height = (box.height - head - len(own) * _PAD) / max(len(own), 1)
        found = []
        for number, chip in enumerate(own):
            flat = self.rect(chips[chip.id])
            top = box.top + head + number * (height + _PAD)
            found.append(Rect(flat.left, flat.width, top, height))
        return Inside(Rect(box.left, box.width, box.top, head), tuple(found))
