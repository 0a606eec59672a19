"""Spend as a treemap: the area is what a contract costs, the color and a bar how much is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.spend import HEIGHT, WIDTH, Spend, Tile
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, Palette, Use, use_of

LEGEND: Final = 44.0
_GAP: Final = 3.0
_PAD: Final = 10.0
_LARGEST: Final = 30.0
_SMALLEST: Final = 13.0
_LARGE: Final = 18.0
_HIGH: Final = 130.0
"""From this height on a tile has room for three lines of a name in such letters."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    uses: Mapping[Use, str]
    money: Callable[[float], str]
    used: Callable[[Tile], str]
    """How much of a contract is used, in words; empty if that is unknown."""


def draw(spend: Spend, words: Words, palette: Palette = LIGHT) -> str:
    """The picture as the text of an SVG document."""
    svg = shapes.picture(WIDTH, HEIGHT + LEGEND, "treemap", words.title, words.description)
    for tile in spend.tiles:
        _tile(svg, tile, words, palette)
    _legend(svg, spend, words, palette)
    return shapes.written(svg)


def _tile(svg: ET.Element, tile: Tile, words: Words, palette: Palette) -> None:
    use, whole = use_of(tile.use), tile.rect
    rect = Rect(
        whole.left + _GAP / 2, whole.width - _GAP, whole.top + _GAP / 2, whole.height - _GAP
    )
    money, used = words.money(tile.cost), words.used(tile)
    says = "; ".join(each for each in (tile.contract.name, money, used or words.uses[use]) if each)
    found = shapes.group(
        svg, says, class_="tile", data_tools=" ".join(each.id for each in tile.tools)
    )
    shapes.box(found, rect, palette.use[use], f"use-{use}", 4)
    if tile.use is not None and rect.height > 16:
        bar = Rect(rect.left, rect.width * min(tile.use, 1.0), rect.bottom - 5, 5)
        shapes.box(found, bar, palette.ink, "fill-ink bar")
    _writing(found, (tile.contract.name, money, used), rect, palette)


def _writing(parent: ET.Element, texts: tuple[str, str, str], rect: Rect, palette: Palette) -> None:
    """As much of the name, the cost and the use as can be read in the tile."""
    pad = min(_PAD, max(0.07 * rect.width, 4.0))
    room = rect.width - 2 * pad
    size = min(_LARGEST, rect.height / 3.2, _fitting(visible(texts[0]), room))
    if size < _SMALLEST or room < 40:
        if rect.height > 22 and room > 34:
            size = _SMALLEST
        else:
            return
    size, names = _lines(visible(texts[0]), size, room, rect.height)
    y = rect.top + pad / 2
    for name in names:
        y += size if name is names[0] else size * 1.2
        shapes.label(parent, name, rect.left + pad, y, size, palette.ink, most=room, bold=True)
    small = max(min(size * 0.72, 20.0), _SMALLEST)
    for text in texts[1:]:
        y += small * 1.3
        if text and y < rect.bottom - 8 and writing.width(text, small) <= room + 2:
            shapes.label(parent, text, rect.left + pad, y, small, palette.ink)


def _lines(name: str, size: float, room: float, height: float) -> tuple[float, list[str]]:
    """A long name on several lines, where that makes its letters larger and breaks no word."""
    if size >= _LARGE or height < _HIGH:
        return size, [name]
    found = writing.lines(name, room, _LARGE * 1.09, 3)
    whole = " ".join(found) == name or writing.width(name, size * 1.08) > room
    return (_LARGE, found) if whole else (size, [name])


def _fitting(name: str, room: float) -> float:
    """The size at which a name just fits; a long one may be cut at a size that can be read."""
    # a hair below, for else a rounding decides whether the name is cut
    return max(room / max(writing.width(name, 1.08), 1.0) * 0.999, 13.0)


def _legend(svg: ET.Element, spend: Spend, words: Words, palette: Palette) -> None:
    left, top = 0.0, HEIGHT + 18
    there = {use_of(tile.use) for tile in spend.tiles}
    for use, text in words.uses.items():
        if use not in there:
            continue
        shapes.box(svg, Rect(left, 22, top, 18), palette.use[use], f"use-{use}", 3, palette.edge)
        shapes.label(svg, text, left + 29, top + 14, 15, palette.faint, "faint")
        left += 29 + writing.width(text, 15) + 26
