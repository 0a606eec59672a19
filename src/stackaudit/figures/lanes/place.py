"""Where everything on the lane map stands: columns of boxes, ordered so that lines stay short.

Quick and deterministic: a few sweeps that move each box and chip towards what it is linked to.
Lengths are in units of the picture, which is `WIDTH` wide and as high as it needs to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
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
class Sizes:
    """How large everything is; as it stands for screens, closer together for paper."""

    width: float = WIDTH
    gutter: float = GUTTER
    box_head: float = BOX_HEAD
    """Room for the name of a box; without any, a chip stands for its box and has its name."""
    padding: float = PADDING
    chip_height: float = CHIP_HEIGHT
    chip_gap: float = CHIP_GAP
    box_gap: float = BOX_GAP
    page: float | None = None
    """So high is a page, and no box goes over its end; None: all on one, however high."""


SCREEN: Final = Sizes()


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
    sizes: Sizes = SCREEN


def placed(found: LaneMap, sizes: Sizes = SCREEN) -> Placed:
    """Give everything its place."""
    columns = _ordered(found, sizes)
    rects = _stack(columns, sizes)
    bottom = max((rect.bottom for rect in rects.boxes.values()), default=0.0)
    height = max(bottom + MARGIN + sizes.box_gap, LEAST_HEIGHT) + LEGEND
    if sizes.page is not None:
        height = ceil(height / sizes.page) * sizes.page
    router = Router(
        rects.chips,
        {chip.id: n for n, column in enumerate(columns) for box in column for chip in box.chips},
        [_column(number, len(columns), sizes) for number in range(len(columns))],
        [_corridors(number, column, rects, sizes) for number, column in enumerate(columns)],
    )
    paths = router.routes(found.ends)
    split = len(found.links)
    gaps = zip(found.gaps, paths[split:], router.labels(paths[split:]), strict=True)
    return Placed(
        found=found,
        width=sizes.width,
        height=height,
        lanes=tuple(
            (lane.id, Rect(*_column(number, len(columns), sizes), 0.0, height - LEGEND))
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
        sizes=sizes,
    )


@dataclass(frozen=True, slots=True)
class _Rects:
    boxes: Mapping[tuple[int, str], Rect]
    """By number of the lane, and capability."""
    chips: Mapping[str, Rect]


def _column(number: int, columns: int, sizes: Sizes) -> tuple[float, float]:
    """Left edge and width of a lane."""
    gutter = sizes.gutter
    width = (sizes.width - 2 * MARGIN - (columns - 1) * gutter - gutter / 2) / columns
    return MARGIN + number * (width + gutter), width


def _ordered(found: LaneMap, sizes: Sizes) -> list[list[Box]]:
    """The boxes of each lane from top to bottom, with their chips in order."""
    columns = [list(lane.boxes) for lane in found.lanes]
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in found.ends:
        near[source].append(target)
        near[target].append(source)
    for _ in range(_SWEEPS):
        middle = _middles(columns, sizes)
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


def _middles(columns: Sequence[Sequence[Box]], sizes: Sizes) -> Mapping[str, float]:
    return {name: rect.middle for name, rect in _stack(columns, sizes).chips.items()}


def _stack(columns: Sequence[Sequence[Box]], sizes: Sizes) -> _Rects:
    """The boxes of each lane below one another."""
    boxes: dict[tuple[int, str], Rect] = {}
    chips: dict[str, Rect] = {}
    for number, column in enumerate(columns):
        left, width = _column(number, len(columns), sizes)
        top = LANE_HEAD + sizes.box_gap
        for box in column:
            height = _height(box, sizes)
            top = _on_a_page(top, height, sizes)
            boxes[number, box.capability] = Rect(left, width, top, height)
            below, pad = top + sizes.box_head, sizes.padding
            for chip in box.chips:
                chips[chip.id] = Rect(left + pad, width - 2 * pad, below, sizes.chip_height)
                below += sizes.chip_height + sizes.chip_gap
            top += height + sizes.box_gap
    return _Rects(boxes, chips)


def _height(box: Box, sizes: Sizes) -> float:
    chips = len(box.chips) * (sizes.chip_height + sizes.chip_gap) - sizes.chip_gap
    return sizes.box_head + chips + sizes.padding


def _on_a_page(top: float, height: float, sizes: Sizes) -> float:
    """Where a box begins that may not go over the end of a page, unless it is higher than one."""
    if sizes.page is None:
        return top
    end = (top // sizes.page + 1) * sizes.page
    if top + height + sizes.box_gap <= end:
        return top
    return end + LANE_HEAD + sizes.box_gap


def _corridors(number: int, column: Sequence[Box], rects: _Rects, sizes: Sizes) -> list[float]:
    """The heights at which a line can pass a lane: above, between and below its boxes."""
    half = sizes.box_gap / 2
    found = [LANE_HEAD + half]
    found += [rects.boxes[number, box.capability].bottom + half for box in column]
    return found
