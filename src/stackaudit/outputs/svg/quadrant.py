"""The TIME quadrant: every tool in the field of its two fits, where no name covers another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.quadrant import Dot, Quadrant, Quarter
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, Danger, Palette

WIDTH: Final = 1600.0
_LEFT: Final = 64.0
_BOTTOM: Final = 56.0
_HEAD: Final = 40.0
_ROW: Final = 28.0
LEAST: Final = 4
MOST: Final = 10
"""Rows of a field; with more tools the last row counts the others."""
_STEPS: Final = 4
_FIELD: Final = (WIDTH - _LEFT) / _STEPS
_NAME, _NOTE, _SIZE = 38.0, 110.0, 18.0
"""Where a name begins in its field, how wide the note behind it is, and the size of a name."""
_SPLIT: Final = 10.0
"""Between the quarters."""
_GROUND: Final[Mapping[Quarter, Danger]] = {
    "invest": "calm", "migrate": "slight", "tolerate": "open", "eliminate": "serious",
}  # fmt: skip


_ROWS: Final[tuple[tuple[Quarter, Quarter], ...]] = (
    ("migrate", "invest"),
    ("eliminate", "tolerate"),
)
"""The quarters as they stand, upper row first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    quarters: Mapping[Quarter, str]
    business: str
    """The axis upwards."""
    technical: str
    """The axis to the right."""
    poor: str
    well: str
    more: Callable[[int], str]
    """That there are so many more."""
    decided: Callable[[Quarter], str]
    """That something else than the fit says was decided."""


def draw(
    found: Quadrant,
    words: Words,
    palette: Palette = LIGHT,
    limits: tuple[int, int] = (LEAST, MOST),
) -> str:
    """The picture as the text of an SVG document; `limits` of the rows in a field."""
    fields = _fields(found)
    heights = [_height(fields, business, limits) for business in range(_STEPS, 0, -1)]
    bottom = sum(heights) + 2 * _HEAD + _SPLIT
    svg = shapes.picture(WIDTH, bottom + _BOTTOM, "quadrant", words.title, words.description)
    middle = _HEAD + heights[0] + heights[1]
    rows = (Rect(0, 0, 0, middle), Rect(0, 0, middle + _SPLIT, bottom - middle - _SPLIT))
    for row, quarters in zip(rows, _ROWS, strict=True):
        for side, quarter in enumerate(quarters):
            _quarter(svg, quarter, side, row, words, palette)
    tops = [_HEAD, _HEAD + heights[0], middle + _SPLIT + _HEAD]
    tops.append(tops[2] + heights[2])
    for business, top, height in zip(range(_STEPS, 0, -1), tops, heights, strict=True):
        for technical in range(1, _STEPS + 1):
            dots = fields.get((business, technical), ())
            shift = _SPLIT / 2 * (1 if technical > 2 else -1)
            left = _LEFT + (technical - 1) * _FIELD + shift
            alone = technical % 2 == 1 and (business, technical + 1) not in fields
            room = _FIELD * (2 if alone else 1)
            _field(svg, dots, Rect(left, room, top, height), words, palette, limits[1])
    _axes(svg, bottom, words, palette)
    return shapes.written(svg)


def _fields(found: Quadrant) -> Mapping[tuple[int, int], Sequence[Dot]]:
    fields: dict[tuple[int, int], list[Dot]] = {}
    for dot in found.dots:
        fields.setdefault((dot.business, dot.technical), []).append(dot)
    return fields


def _height(
    fields: Mapping[tuple[int, int], Sequence[Dot]], business: int, limits: tuple[int, int]
) -> float:
    dots = max(len(fields.get((business, each), ())) for each in range(1, _STEPS + 1))
    return min(max(dots, limits[0]), limits[1]) * _ROW + 12


def _quarter(
    svg: ET.Element, quarter: Quarter, side: int, row: Rect, words: Words, palette: Palette
) -> None:
    width = _FIELD * 2 - _SPLIT / 2
    rect = Rect(_LEFT + side * (width + _SPLIT), width, row.top, row.height)
    ground = _GROUND[quarter]
    shapes.box(svg, rect, palette.danger[ground], f"danger-{ground}", 8)
    shapes.label(
        svg, words.quarters[quarter], rect.left + 16, rect.top + 30, 24, palette.ink, bold=True
    )


def _field(
    svg: ET.Element, dots: Sequence[Dot], rect: Rect, words: Words, palette: Palette, most: int
) -> None:
    """The tools of one field, below one another; with the room of the next one if that is empty."""
    shown = dots if len(dots) <= most else dots[: most - 1]
    longest = max((writing.width(visible(dot.tool.name), _SIZE) for dot in shown), default=0.0)
    wished = rect.left + _NAME + longest + 19 + _NOTE  # a little more than it takes
    right = min(max(wished, rect.left + _FIELD), rect.right)
    for number, dot in enumerate(shown):
        y = rect.top + 22 + number * _ROW
        says = dot.tool.name
        wrong = dot.agrees is False and dot.decided is not None
        if wrong and dot.decided is not None:
            says = f"{says}; {words.decided(dot.decided)}"
        found = shapes.group(svg, says, class_="dot", data_tools=dot.tool.id)
        shapes.disc(found, rect.left + 24, y - 6, 6, palette.ink, "fill-ink")
        note = f"→ {words.quarters[dot.decided]}" if wrong and dot.decided else ""
        room = right - rect.left - _NAME - 18 - (_NOTE if note else 0)
        shapes.label(found, dot.tool.name, rect.left + _NAME, y, _SIZE, palette.ink, most=room)
        if note:
            shapes.label(found, note, right - 14, y, 15, palette.gap, "fill-gap", bold=True,
                         anchor="end", most=_NOTE)  # fmt: skip
    if len(dots) > len(shown):
        more = words.more(len(dots) - len(shown))
        y = rect.top + 22 + len(shown) * _ROW
        shapes.label(svg, more, rect.left + _NAME, y, 16, palette.ink)


def _axes(svg: ET.Element, bottom: float, words: Words, palette: Palette) -> None:
    base = bottom + 34
    across = shapes.label(svg, f"{words.technical} →", (_LEFT + WIDTH) / 2, base, 18,
                          palette.ink, bold=True, anchor="middle")  # fmt: skip
    assert across is not None
    shapes.label(svg, words.poor, _LEFT, base, 16, palette.faint, "faint")
    shapes.label(svg, words.well, WIDTH, base, 16, palette.faint, "faint", anchor="end")
    for text, y, anchor, bold in (
        (f"{words.business} →", bottom / 2, "middle", True),
        (words.poor, bottom, "start", False),
        (words.well, 0.0, "end", False),
    ):
        up = shapes.label(svg, text, 30, y, 18 if bold else 16,
                          palette.ink if bold else palette.faint, "ink" if bold else "faint",
                          bold=bold, anchor=anchor)  # fmt: skip
        up.set("transform", f"rotate(-90 30 {shapes.short(y)})")
