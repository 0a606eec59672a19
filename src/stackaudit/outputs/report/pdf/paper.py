"""How the pictures are drawn so that their letters can be read on paper.

A picture is as wide as its page. What is too high for a page goes on on the next one, and what is
too wide is drawn in several parts: letters are never smaller than about 6 points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.place import Sizes as MapSizes
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.svg import heat_map
from stackaudit.outputs.svg.quadrant import LEAST, MOST

_WIDE, _TALL = 762.0, 493.0
"""How wide a picture is on a landscape page and on an upright one, in points."""
_WIDE_HEIGHT, _TALL_HEIGHT = 448.0, 660.0
"""How high, below the heading of the chapter."""
_PART: Final = MapSizes(
    width=1400.0, gutter=64.0, box_head=20.0, padding=4.0, chip_height=29.0, chip_gap=3.0,
    box_gap=12.0,
)  # fmt: skip
_BUNDLED: Final = replace(
    _PART, box_head=0.0, padding=0.0, chip_height=38.0, chip_gap=0.0, box_gap=13.0
)
_TIGHT: Final = replace(_PART, box_head=17.0, padding=3.0, chip_height=26.0, box_gap=8.0)
_SHRUNK: Final = 1.08
"""So much smaller a map may be, to be on one page."""
_SQUARES: Final = heat_map.Sizes(least=13.5, share=0.8, least_letter=12.6)
_SCALE: Final = 0.514
"""Points for a unit of a heat map."""
_TALL_NAMED, _TALL_ALONE = 46, 58
"""With more rows a heat map stands on an upright page: below names of columns, and without."""
_MOST_ROWS: Final = 30
"""More rows than a field of the quadrant has room for."""
_ROW: Final = 31.0
"""Of a time line with as many rows as it may have."""


def lanes(pictures: Pictures) -> list[str]:
    """The lane map, on as many pages as it needs."""
    layouts = (_BUNDLED,) if pictures.book.lanes.map.bundled else (_PART, _TIGHT)
    page = _PART.width * _WIDE_HEIGHT / _WIDE
    for sizes in layouts:
        whole = pictures.lanes(sizes)
        if _size(whole)[1] <= page * _SHRUNK:
            return [whole]
    return list(_pages(pictures.lanes(replace(layouts[0], page=page)), page))


def matrix(pictures: Pictures) -> list[str]:
    """Who sends to whom, on an upright page."""
    return _parts(pictures.matrix_map(), pictures, upright=True)


def overlap(pictures: Pictures) -> list[str]:
    """Capabilities × tools."""
    found = pictures.overlap_map()
    return _parts(found, pictures, upright=is_upright(found))


def is_upright(found: heat_map.HeatMap) -> bool:
    """Whether a heat map needs the height of an upright page."""
    named = any(each.name for each in found.columns)
    return len(found.rows) > (_TALL_NAMED if named else _TALL_ALONE)


def quadrant(pictures: Pictures) -> list[str]:
    """With as many tools in a field as there is room for."""
    rows = [(LEAST, _MOST_ROWS), *((1, most) for most in range(_MOST_ROWS, MOST, -1))]
    drawn = (pictures.quadrant(each) for each in rows)
    return [next(filter(_fits, drawn), pictures.quadrant())]


def renewals(pictures: Pictures) -> list[str]:
    """Rows closer together, where that makes letters larger."""
    screen = pictures.renewals()
    return [screen if _fits(screen) else pictures.renewals(_ROW)]


def _fits(svg: str) -> bool:
    """Whether a picture is as wide as a landscape page, and not too high for one."""
    width, height = _size(svg)
    return height / width <= _WIDE_HEIGHT / _WIDE


def _parts(found: heat_map.HeatMap, pictures: Pictures, *, upright: bool) -> list[str]:
    """A heat map, some columns at a time where the names of all together have no room."""
    width, height = (_TALL, _TALL_HEIGHT) if upright else (_WIDE, _WIDE_HEIGHT)
    sizes = replace(_SQUARES, width=width / _SCALE, height=height / _SCALE)
    most = int(heat_map.room_for_columns(found, sizes) // sizes.least)
    if not any(each.name for each in found.columns):
        most = len(found.columns)
    count = ceil(len(found.columns) / max(most, 1)) or 1
    each = max(ceil(len(found.columns) / count), 1)
    shown = [_part(found, number * each, (number + 1) * each) for number in range(count)]
    return [heat_map.draw(part, pictures.palette, sizes) for part in shown]


def _part(found: heat_map.HeatMap, first: int, last: int) -> heat_map.HeatMap:
    """All rows, and the columns from one to before another."""
    squares = [
        replace(each, column=each.column - first)
        for each in found.squares
        if first <= each.column < last
    ]
    columns = found.columns[first:last]
    return replace(found, columns=columns, squares=squares, shift=found.shift + first)


def _pages(svg: str, page: float) -> Iterator[str]:
    """The picture page by page: what is drawn over an end goes on, texts are on one page only."""
    width, height = _size(svg)
    for number in range(round(height / page)):
        root = ET.fromstring(svg)  # noqa: S314 - we drew it a moment ago
        top = number * page
        root.set("viewBox", f"0 {top:.1f} {width:.1f} {page:.1f}")
        for parent in list(root.iter()):
            for text in [each for each in parent if each.tag.endswith("}text")]:
                if not top <= float(text.get("y", "0")) < top + page:
                    parent.remove(text)
        yield ET.tostring(root, encoding="unicode")


def _size(svg: str) -> tuple[float, float]:
    """Width and height in its own units."""
    _, _, width, height = ET.fromstring(svg).get("viewBox", "").split()  # noqa: S314 - ours
    return float(width), float(height)
