"""Where everything on the lane map stands: columns of boxes, ordered so that lines stay short.

Quick and deterministic: a few sweeps that move each box and chip towards what it is linked to.
Lengths are in units of the picture, which is `WIDTH` wide and as high as it needs to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Box, Chip, Gap, LaneMap, Link
from stackaudit.figures.lanes.route import Path, Rect, Router

WIDTH: Final = 1600.0
MARGIN: Final = 20.0
GUTTER: Final = 92.0
"""Between two lanes: room for lines to turn."""
LANE_HEAD: Final = 46.0
BOX_HEAD: Final = 26.0
PADDING: Final = 7.0
CHIP_HEIGHT: Final = 36.0
CHIP_GAP: Final = 6.0
BOX_GAP: Final = 24.0
"""Between two boxes: room for lines that pass the lane."""
LEAST_HEIGHT: Final = 240.0
LEGEND: Final = 64.0
"""Below the lanes: what signs and lines mean."""
_SWEEPS: Final = 6


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box, and the lane it is in."""

    lane: str
    box: Box
    rect: Rect


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip where it stands."""

    chip: Chip
    rect: Rect


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link along its way."""

    link: Link
    path: Path


@dataclass(frozen=True, slots=True)
class PlacedGap:
    """A missing flow along its way, and where its number stands."""

    gap: Gap
    path: Path
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """The map with all its coordinates."""

    found: LaneMap
    width: float
    height: float
    """With the legend, which takes the lowest `LEGEND` of it."""
    lanes: tuple[tuple[str, Rect], ...]
    boxes: tuple[PlacedBox, ...]
    chips: tuple[PlacedChip, ...]
    links: tuple[PlacedLink, ...]
    gaps: tuple[PlacedGap, ...]


def placed(found: LaneMap) -> Placed:
    """Give everything its place."""
    columns = _ordered(found)
    rects = _stack(columns)
    bottom = max((rect.bottom for rect in rects.boxes.values()), default=0.0)
    height = max(bottom + MARGIN + BOX_GAP, LEAST_HEIGHT)
    router = Router(
        rects.chips,
        {chip.id: n for n, column in enumerate(columns) for box in column for chip in box.chips},
        [_column(number, len(columns)) for number in range(len(columns))],
        [_corridors(number, column, rects) for number, column in enumerate(columns)],
    )
    paths = router.routes(found.ends)
    split = len(found.links)
    gaps = zip(found.gaps, paths[split:], router.labels(paths[split:]), strict=True)
    return Placed(
        found=found,
        width=WIDTH,
        height=height + LEGEND,
        lanes=tuple(
            (lane.id, Rect(*_column(number, len(columns)), 0.0, height))
            for number, lane in enumerate(found.lanes)
        ),
        boxes=tuple(
            PlacedBox(found.lanes[number].id, box, rects.boxes[number, box.capability])
            for number, column in enumerate(columns)
            for box in column
        ),
        chips=tuple(
            PlacedChip(chip, rects.chips[chip.id])
            for column in columns
            for box in column
            for chip in box.chips
        ),
        links=tuple(map(PlacedLink, found.links, paths[:split])),
        gaps=tuple(PlacedGap(*each) for each in gaps),
    )


@dataclass(frozen=True, slots=True)
class _Rects:
    boxes: Mapping[tuple[int, str], Rect]
    """By number of the lane, and capability."""
    chips: Mapping[str, Rect]


def _column(number: int, columns: int) -> tuple[float, float]:
    """Left edge and width of a lane."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GUTTER - GUTTER / 2) / columns
    return MARGIN + number * (width + GUTTER), width


def _ordered(found: LaneMap) -> list[list[Box]]:
    """The boxes of each lane from top to bottom, with their chips in order."""
    columns = [list(lane.boxes) for lane in found.lanes]
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in found.ends:
        near[source].append(target)
        near[target].append(source)
    for _ in range(_SWEEPS):
        middle = _middles(columns)
        columns = [_reordered(column, near, middle) for column in columns]
    return columns


def _reordered(
    column: Sequence[Box], near: Mapping[str, Sequence[str]], middle: Mapping[str, float]
) -> list[Box]:
    def wanted(chip: Chip) -> float:
        others = [middle[each] for each in near.get(chip.id, ())]
        return sum(others) / len(others) if others else middle[chip.id]

    def order(chips: Iterable[Chip]) -> tuple[Chip, ...]:
        return tuple(sorted(chips, key=lambda chip: (round(wanted(chip), 3), chip.id)))

    boxes = [Box(box.capability, box.name, order(box.chips)) for box in column]

    def height(box: Box) -> tuple[float, str]:
        return round(sum(map(wanted, box.chips)) / len(box.chips), 3), box.capability

    return sorted(boxes, key=height)


def _middles(columns: Sequence[Sequence[Box]]) -> Mapping[str, float]:
    return {name: rect.middle for name, rect in _stack(columns).chips.items()}


def _stack(columns: Sequence[Sequence[Box]]) -> _Rects:
    """The boxes of each lane below one another."""
    boxes: dict[tuple[int, str], Rect] = {}
    chips: dict[str, Rect] = {}
    for number, column in enumerate(columns):
        left, width = _column(number, len(columns))
        top = LANE_HEAD + BOX_GAP
        for box in column:
            below = top + BOX_HEAD
            for chip in box.chips:
                chips[chip.id] = Rect(left + PADDING, width - 2 * PADDING, below, CHIP_HEIGHT)
                below += CHIP_HEIGHT + CHIP_GAP
            bottom = below - CHIP_GAP + PADDING
            boxes[number, box.capability] = Rect(left, width, top, bottom - top)
            top = bottom + BOX_GAP
    return _Rects(boxes, chips)


def _corridors(number: int, column: Sequence[Box], rects: _Rects) -> list[float]:
    """The heights at which a line can pass a lane: above, between and below its boxes."""
    found = [LANE_HEAD + BOX_GAP / 2]
    found += [rects.boxes[number, box.capability].bottom + BOX_GAP / 2 for box in column]
    return found
