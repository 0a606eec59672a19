"""A heat map: rows × columns, where a square is filled; for the matrix and for overlaps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
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
_KEY_ROW: Final = 30.0
_LEAST_NUMBER: Final = 10.5
MANY: Final = "!"
"""Instead of numbers for which a square has no room."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large everything is; as it stands for screens."""

    width: float = WIDTH
    height: float | None = None
    """What it should fit into, as long as squares stay large enough; None: as high as it gets."""
    least: float = _LEAST
    """Of a square."""
    share: float = 0.52
    """Of a square's height that a letter takes."""
    least_letter: float = 10.5


SCREEN: Final = Sizes()


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
    shift: int = 0
    """How many columns stand before these, in another part of the same picture."""


def draw(found: HeatMap, palette: Palette = LIGHT, sizes: Sizes = SCREEN) -> str:
    """The picture as the text of an SVG document."""
    return shapes.written(_Drawing.of(found, palette, sizes).root())


def room_for_columns(found: HeatMap, sizes: Sizes) -> float:
    """How wide all columns together may be."""
    return sizes.width - _beside(found, sizes) - _noted(found) - 8


def _noted(found: HeatMap) -> float:
    """How much room the notes at the ends of rows take."""
    notes = max((writing.width(each.note, 15) for each in found.rows), default=0.0)
    return notes + 24 if notes else 0.0


def _beside(found: HeatMap, sizes: Sizes) -> float:
    """How much room the names of rows take; on paper as much as they need, if there is any."""
    if sizes.height is None:
        return _NAME
    bold = max((writing.width(visible(each.name), 17.3) for each in found.rows), default=0.0)
    free = sizes.width - _noted(found) - 8 - len(found.columns) * _SQUARE
    return min(bold + 20, max(free, _NAME))


@dataclass(frozen=True, slots=True)
class _Drawing:
    found: HeatMap
    palette: Palette
    sizes: Sizes
    size: float
    """How wide a square is."""
    tall: float
    """How high: on paper rather higher than wide, where letters ask for it."""
    left: float
    top: float

    @classmethod
    def of(cls, found: HeatMap, palette: Palette, sizes: Sizes) -> _Drawing:
        size = min(_SQUARE, room_for_columns(found, sizes) / max(len(found.columns), 1))
        names = [visible(each.name) for each in found.columns]
        if sizes.height is not None:
            below = sizes.height - _above(names, size, sizes) - _LEGEND
            size = min(size, below / max(len(found.rows), 1))
        tall = max(size, sizes.least)
        size = size if sizes.height is not None and not any(names) else tall
        left = _beside(found, sizes)
        return cls(found, palette, sizes, size, tall, left, _above(names, tall, sizes))

    def root(self) -> ET.Element:
        found, size, tall = self.found, self.size, self.tall
        bottom = self.top + len(found.rows) * tall
        legend = _LEGEND + (self._key_rows() - 1) * _KEY_ROW if found.keys else 4
        svg = shapes.picture(
            self.sizes.width, bottom + legend, found.kind, found.title, found.description
        )
        self._grid(svg, bottom)
        for number, each in enumerate(found.columns):
            self._column(svg, each, number)
        for number, each in enumerate(found.rows):
            self._row(svg, each, number)
        for square in found.squares:
            at = Rect(self.left + square.column * size, size, self.top + square.row * tall, tall)
            self._square(svg, square, at)
        self._keys(svg, bottom + 16)
        return svg

    @property
    def letters(self) -> float:
        """The size of letters that suits a square."""
        return _letters(self.tall, self.sizes)

    def _grid(self, svg: ET.Element, bottom: float) -> None:
        """Every second row lighter, a line where the band changes."""
        found, size, tall = self.found, self.size, self.tall
        right = self.left + len(found.columns) * size
        for number in range(0, len(found.rows), 2):
            rect = Rect(0, right, self.top + number * tall, tall)
            shapes.box(svg, rect, self.palette.lane, "lane")
        if found.diagonal:
            for number in range(
                found.shift, min(found.shift + len(found.columns), len(found.rows))
            ):
                left = self.left + (number - found.shift) * size
                at = Rect(left, size, self.top + number * tall, tall)
                shapes.box(svg, at, self.palette.box, "box")
        for number in _changes(found.columns):
            x = shapes.short(self.left + number * size)
            path = f"M{x} {shapes.short(self.top - 8)}V{shapes.short(bottom)}"
            shapes.line(svg, path, self.palette.edge, "stroke-edge")
        for number in _changes(found.rows):
            y = shapes.short(self.top + number * tall)
            shapes.line(svg, f"M0 {y}H{shapes.short(right)}", self.palette.edge, "stroke-edge")

    def _column(self, svg: ET.Element, each: Line, number: int) -> None:
        x, y = self.left + (number + 0.5) * self.size + self.letters * 0.35, self.top - 8
        named = {"data_tools": each.tool} if each.tool else {}
        group = shapes.group(svg, each.name, **named)
        text = shapes.label(group, each.name, x, y, self.letters, self.palette.ink,
                            most=self.top - 12, bold=each.bold)  # fmt: skip
        text.set("transform", f"rotate(-90 {shapes.short(x)} {shapes.short(y)})")

    def _row(self, svg: ET.Element, each: Line, number: int) -> None:
        size = min(self.letters + 1, 16.0)
        y = self.top + (number + 0.5) * self.tall + size * 0.35
        named = {"data_tools": each.tool} if each.tool else {}
        group = shapes.group(svg, each.name, **named)
        shapes.label(group, each.name, 8, y, size, self.palette.ink, most=self.left - 18,
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
            self._sign(group, square, at)

    def _sign(self, group: ET.Element, square: Square, at: Rect) -> None:
        """The sign; numbers that have no room become one sign for all of them."""
        sign, letters = square.sign, min(self.letters, 15.0)
        room = 0.78 * at.width / max(writing.width(sign, 1.08), 0.1)
        if len(sign) > 1 and room < letters:
            sign, letters = (sign, room) if room >= _LEAST_NUMBER else (MANY, letters)
        color, class_ = (self.palette.chip, "on-fill") if square.dark else (self.palette.ink, "ink")
        y = at.middle + letters * 0.36
        shapes.label(group, sign, at.left + at.width / 2, y, letters, color, class_,
                     bold=True, anchor="middle")  # fmt: skip

    def _keys(self, svg: ET.Element, top: float) -> None:
        for key, left, row in self._placed_keys():
            y = top + row * _KEY_ROW
            self._square(svg, key.square, Rect(left, 22, y, 22))
            shapes.label(svg, key.text, left + 30, y + 16, 15, self.palette.faint, "faint")

    def _key_rows(self) -> int:
        return max((row for _, _, row in self._placed_keys()), default=0) + 1

    def _placed_keys(self) -> Iterator[tuple[Key, float, int]]:
        """Where each key stands, in rows as wide as the picture."""
        left, row = 8.0, 0
        for key in self.found.keys:
            width = 30 + writing.width(key.text, 15)
            if left > 8 and left + width > self.sizes.width:
                left, row = 8.0, row + 1
            yield key, left, row
            left += width + 24


def _letters(size: float, sizes: Sizes) -> float:
    return max(min(size * sizes.share, 16.0), sizes.least_letter)


def _above(names: Sequence[str], size: float, sizes: Sizes) -> float:
    """How much room the names of columns take."""
    letters = _letters(size, sizes)
    longest = max((writing.width(each, letters) for each in names), default=0.0)
    return min(longest, _ABOVE) + 16


def _changes(lines: Sequence[Line]) -> list[int]:
    """Before which numbers the band changes."""
    pairs = itertools.pairwise(lines)
    return [number for number, (one, two) in enumerate(pairs, 1) if one.band != two.band]
