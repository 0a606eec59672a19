"""A heat map: rows × columns, where a square is filled; for the matrix and for overlaps."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, Palette

WIDTH: Final = 1600.0
_SQUARE: Final = 40.0
_LEAST: Final = 15.0
_NAME: Final = 250.0
_ABOVE: Final = 190.0
"""At most so much room for the names of columns, which stand upright."""
_LEGEND: Final = 46.0


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column."""

    name: str
    band: str = ""
    """What it belongs to; where that changes, a line is drawn."""
    note: str = ""
    """What stands at the end of the row."""
    bold: bool = False
    tool: str = ""
    """The id of the tool that it stands for."""


@dataclass(frozen=True, slots=True)
class Square:
    """A square that is not blank."""

    row: int
    column: int
    fill: str
    """The color, or empty for none."""
    class_: str
    sign: str
    """One letter or number that says what the color says."""
    says: str
    """The same in words."""
    dashes: str = ""
    """Of its outline, which it has where this is not empty."""
    edge: str = ""
    edge_class: str = ""
    dark: bool = True
    """Whether the fill is strong, so that the sign stands on it in the color of the ground."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a kind of square means."""

    square: Square
    text: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Everything that is drawn."""

    kind: str
    title: str
    description: str
    rows: Sequence[Line]
    columns: Sequence[Line]
    squares: Sequence[Square]
    keys: Sequence[Key] = ()
    diagonal: bool = False
    """Whether rows and columns are the same things, so that the diagonal means nothing."""


def draw(found: HeatMap, palette: Palette = LIGHT) -> str:
    """The picture as the text of an SVG document."""
    return shapes.written(_Drawing.of(found, palette).root())


@dataclass(frozen=True, slots=True)
class _Drawing:
    found: HeatMap
    palette: Palette
    size: float
    """Of a square."""
    left: float
    top: float

    @classmethod
    def of(cls, found: HeatMap, palette: Palette) -> _Drawing:
        notes = max((writing.width(each.note, 15) for each in found.rows), default=0.0)
        room = WIDTH - _NAME - (notes + 24 if notes else 0) - 8
        size = max(min(_SQUARE, room / max(len(found.columns), 1)), _LEAST)
        letters = _letters(size)
        longest = max((writing.width(visible(e.name), letters) for e in found.columns), default=0.0)
        return cls(found, palette, size, _NAME, min(longest, _ABOVE) + 16)

    def root(self) -> ET.Element:
        found, size = self.found, self.size
        bottom = self.top + len(found.rows) * size
        legend = _LEGEND if found.keys else 4
        svg = shapes.picture(WIDTH, bottom + legend, found.kind, found.title, found.description)
        self._grid(svg, bottom)
        for number, each in enumerate(found.columns):
            self._column(svg, each, number)
        for number, each in enumerate(found.rows):
            self._row(svg, each, number)
        for square in found.squares:
            at = Rect(self.left + square.column * size, size, self.top + square.row * size, size)
            self._square(svg, square, at)
        self._keys(svg, bottom + 16)
        return svg

    def _grid(self, svg: ET.Element, bottom: float) -> None:
        """Every second row lighter, a line where the band changes."""
        found, size = self.found, self.size
        right = self.left + len(found.columns) * size
        for number in range(0, len(found.rows), 2):
            rect = Rect(0, right, self.top + number * size, size)
            shapes.box(svg, rect, self.palette.lane, "lane")
        if found.diagonal:
            for number in range(len(found.rows)):
                at = Rect(self.left + number * size, size, self.top + number * size, size)
                shapes.box(svg, at, self.palette.box, "box")
        for number in _changes(found.columns):
            x = shapes.short(self.left + number * size)
            path = f"M{x} {shapes.short(self.top - 8)}V{shapes.short(bottom)}"
            shapes.line(svg, path, self.palette.edge, "stroke-edge")
        for number in _changes(found.rows):
            y = shapes.short(self.top + number * size)
            shapes.line(svg, f"M0 {y}H{shapes.short(right)}", self.palette.edge, "stroke-edge")

    def _column(self, svg: ET.Element, each: Line, number: int) -> None:
        x, y = self.left + (number + 0.5) * self.size + _letters(self.size) * 0.35, self.top - 8
        named = {"data_tools": each.tool} if each.tool else {}
        group = shapes.group(svg, each.name, **named)
        text = shapes.label(group, each.name, x, y, _letters(self.size), self.palette.ink,
                            most=self.top - 12, bold=each.bold)  # fmt: skip
        text.set("transform", f"rotate(-90 {shapes.short(x)} {shapes.short(y)})")

    def _row(self, svg: ET.Element, each: Line, number: int) -> None:
        size = min(_letters(self.size) + 1, 16.0)
        y = self.top + (number + 0.5) * self.size + size * 0.35
        named = {"data_tools": each.tool} if each.tool else {}
        group = shapes.group(svg, each.name, **named)
        shapes.label(group, each.name, 8, y, size, self.palette.ink, most=_NAME - 18,
                     bold=each.bold)  # fmt: skip
        if each.note:
            right = self.left + len(self.found.columns) * self.size + 14
            shapes.label(svg, each.note, right, y, 15, self.palette.ink)

    def _square(self, svg: ET.Element, square: Square, at: Rect) -> None:
        group = shapes.group(svg, square.says, class_="square")
        inner = Rect(at.left + 1.5, at.width - 3, at.top + 1.5, at.height - 3)
        edge = square.edge or None
        rect = shapes.box(group, inner, square.fill or "none", square.class_, 3, edge)
        if edge is not None:
            rect.set("stroke-width", "2")
            rect.set("class", f"{square.class_} {square.edge_class}".strip())
            if square.dashes:
                rect.set("stroke-dasharray", square.dashes)
        if square.sign:
            letters = min(_letters(self.size), 15.0)
            color, class_ = (
                (self.palette.chip, "on-fill") if square.dark else (self.palette.ink, "ink")
            )
            y = at.middle + letters * 0.36
            shapes.label(group, square.sign, at.left + at.width / 2, y, letters, color, class_,
                         bold=True, anchor="middle")  # fmt: skip

    def _keys(self, svg: ET.Element, top: float) -> None:
        left = 8.0
        for key in self.found.keys:
            self._square(svg, key.square, Rect(left, 22, top, 22))
            shapes.label(svg, key.text, left + 30, top + 16, 15, self.palette.faint, "faint")
            left += 30 + writing.width(key.text, 15) + 24


def _letters(size: float) -> float:
    """The size of letters that suits a square."""
    return max(min(size * 0.52, 16.0), 10.5)


def _changes(lines: Sequence[Line]) -> list[int]:
    """Before which numbers the band changes."""
    pairs = itertools.pairwise(lines)
    return [number for number, (one, two) in enumerate(pairs, 1) if one.band != two.band]
