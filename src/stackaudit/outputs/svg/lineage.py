"""The way of one dataset: from where it enters, flow by flow to the right, to where it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.lineage import Stop, Way
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg.palette import LIGHT, Palette

WIDTH: Final = 1600.0
_HEAD: Final = 34.0
_CHIP: Final = 46.0
_GAP: Final = 10.0
_BAR: Final = 8.0
_MOST_WIDE: Final = 250.0
_LEAST_ROOM: Final = 60.0
"""Between two columns, for lines."""
MOST_STEPS: Final = 6
"""Columns; what is further away is counted, and in the list below the picture too."""
MOST: Final = 12
"""Chips in a column; a list below the picture has the others."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    steps: Callable[[int], str]
    """The head of a column: so many flows from where it enters."""
    note: Callable[[Stop], str]
    """What stands below the name: how late it is there."""
    says: Callable[[Stop], str]
    """Everything about a stop."""
    more: Callable[[int], str]
    record: str
    """The word for the system of record."""


def draw(way: Way, words: Words, palette: Palette = LIGHT) -> str:
    """The picture as the text of an SVG document."""
    every = _columns(way)
    columns = every[:MOST_STEPS]
    further = sum(map(len, every[MOST_STEPS:]))
    placed, rest = _placed(columns)
    rows = max((min(len(each), MOST) + (len(each) > MOST) for each in columns), default=0)
    height = _HEAD + rows * (_CHIP + _GAP) + 4 + (30 if further else 0)
    svg = shapes.picture(WIDTH, height, "lineage", words.title, words.description)
    stops = [each for column in columns for each in column if each.tool.id in placed]
    _links(svg, stops, placed, palette)
    _grounds(svg, stops, way, placed, palette)
    for depth in range(len(columns)):
        left, width = _column(depth, len(columns))
        shapes.label(svg, words.steps(depth), left, 18, 15, palette.faint, "faint", most=width + 40)
        if rest[depth]:
            y = _HEAD + MOST * (_CHIP + _GAP) + 26
            shapes.label(svg, words.more(rest[depth]), left + 8, y, 16, palette.faint, "faint")
    if further:
        text = f"{words.steps(MOST_STEPS)} →  {words.more(further)}"
        shapes.label(svg, text, WIDTH, height - 10, 16, palette.faint, "faint", anchor="end")
    for stop in stops:
        _chip(svg, stop, way, placed[stop.tool.id], words, palette)
    return shapes.written(svg)


def _columns(way: Way) -> list[list[Stop]]:
    """The stops by depth; in each those whose sender stands higher stand higher."""
    deepest = max((each.depth for each in way.stops), default=-1)
    columns: list[list[Stop]] = [[] for _ in range(deepest + 1)]
    height: dict[str, int] = {}
    for depth in range(deepest + 1):
        here = [each for each in way.stops if each.depth == depth]
        here.sort(key=lambda each: (height.get(each.previous or "", -1), each.end, each.tool.id))
        height |= {each.tool.id: number for number, each in enumerate(here)}
        columns[depth] = here
    return columns


def _column(depth: int, columns: int) -> tuple[float, float]:
    """Left edge and width."""
    room = WIDTH / max(columns, 4)
    width = min(_MOST_WIDE, max(room - _LEAST_ROOM, room * 0.7))
    return depth * room, width


def _placed(columns: list[list[Stop]]) -> tuple[Mapping[str, Rect], list[int]]:
    """Where each chip stands, and how many of each column have no place."""
    rects: dict[str, Rect] = {}
    rest = []
    for depth, column in enumerate(columns):
        left, width = _column(depth, len(columns))
        for number, stop in enumerate(column[:MOST]):
            rects[stop.tool.id] = Rect(left, width, _HEAD + number * (_CHIP + _GAP), _CHIP)
        rest.append(max(len(column) - MOST, 0))
    return rects, rest


def _links(
    svg: ET.Element, stops: Sequence[Stop], placed: Mapping[str, Rect], palette: Palette
) -> None:
    """All lines of one look as one path, and so their heads."""
    lines: dict[tuple[Sensitivity, str], list[str]] = {}
    heads: dict[Sensitivity, list[str]] = {}
    for stop in stops:
        source = placed.get(stop.previous or "")
        if source is None:
            continue
        target = placed[stop.tool.id]
        x0, y0, x1, y1 = source.right, source.middle, target.left - 3, target.middle
        half = (x0 + x1) / 2
        numbers = [shapes.short(each) for each in (x0, y0, half, y0, half, y1, x1, y1)]
        dashes = "7 5" if stop.method in ("file", "manual") else ""
        path = "M{} {}C{} {} {} {} {} {}".format(*numbers)
        lines.setdefault((_name(stop), dashes), []).append(path)
        heads.setdefault(_name(stop), []).append(f"M{numbers[6]} {numbers[7]}l-9 -5v10z")
    for (name, dashes), paths in lines.items():
        color = palette.sensitivity[name]
        link = shapes.line(svg, "".join(paths), color, f"stroke-{name}", 2, dashes)
        link.set("stroke-opacity", "0.8")
    for name, paths in heads.items():
        _path(svg, paths, palette.sensitivity[name], f"fill-{name}")


def _name(stop: Stop) -> Sensitivity:
    return "personal" if stop.personal else "none"


def _path(svg: ET.Element, paths: Sequence[str], fill: str, class_: str) -> ET.Element:
    return ET.SubElement(svg, "path", {"d": "".join(paths), "fill": fill, "class": class_})


def _grounds(
    svg: ET.Element,
    stops: Sequence[Stop],
    way: Way,
    placed: Mapping[str, Rect],
    palette: Palette,
) -> None:
    """What stands behind the names: a ground, a thicker edge for the system of record, a bar."""
    chips = [_outline(placed[each.tool.id]) for each in stops]
    ground = _path(svg, chips, palette.chip, "chip-ground")
    ground.set("stroke", palette.edge)
    if way.record is not None and way.record.id in placed:
        outline = _outline(placed[way.record.id])
        shapes.line(svg, outline, palette.ink, "stroke-ink", 2.5)
    bars: dict[Sensitivity, list[str]] = {}
    for stop in stops:
        rect = placed[stop.tool.id]
        middle = shapes.short(rect.left + _BAR / 2)
        bar = f"M{middle} {shapes.short(rect.top)}v{shapes.short(_CHIP)}"
        bars.setdefault(_name(stop), []).append(bar)
    for name, paths in bars.items():
        shapes.line(svg, "".join(paths), palette.sensitivity[name], f"stroke-{name}", _BAR)


def _outline(rect: Rect) -> str:
    width = shapes.short(rect.width)
    return (
        f"M{shapes.short(rect.left)} {shapes.short(rect.top)}"
        f"h{width}v{shapes.short(rect.height)}h-{width}z"
    )


def _chip(
    svg: ET.Element, stop: Stop, way: Way, rect: Rect, words: Words, palette: Palette
) -> None:
    record = way.record is not None and stop.tool.id == way.record.id
    note = " · ".join(each for each in (words.record if record else "", words.note(stop)) if each)
    y = rect.top + (20 if note else rect.height / 2 + 6)
    most = rect.width - 26
    shown = shapes.label(svg, stop.tool.name, rect.left + 16, y, 16, palette.ink, most=most,
                         bold=True)  # fmt: skip
    ET.SubElement(shown, "title").text = visible(words.says(stop))
    if note:
        shapes.label(svg, note, rect.left + 16, rect.top + 38, 13, palette.faint, "faint",
                     most=most)  # fmt: skip
