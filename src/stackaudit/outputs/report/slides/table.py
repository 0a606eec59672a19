"""Native tables that fit their place.

Letters are as large as they can be; rows that do not fit are counted, and stand in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import (
    ACCENT,
    Align,
    Canvas,
    Pen,
    Text,
    emu,
    fill_with,
    named,
    outlined,
)
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
_SIDE: Final = 7.0
_ABOVE: Final = 4.0
_SIZES: Final = (15.0, 14.0, 13.0, 12.0)
_SMALL: Final = 11.0
"""Of heads and notes, at least."""
_MORE: Final = 28.0
_AIR: Final = 12.0
"""So much higher a row gets at most, where there is room to spare."""
_RULE: Final = Pen(LIGHT.edge, 0.75)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, and its share of the width."""

    title: str
    share: float
    align: Align = "l"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: a text, perhaps a fainter one below it, perhaps a ground."""

    text: str
    note: str = ""
    bold: bool = False
    color: str = LIGHT.ink
    fill: str | None = None
    lines: int = 2
    """So many at most, of the text."""
    larger: float = 0.0
    """By so many points its letters are larger than those of the table."""


@dataclass(frozen=True, slots=True)
class _Plan:
    size: float
    heights: tuple[float, ...]
    """Of the head, then of each row shown."""


def table(  # noqa: PLR0913 - what a table is made of
    canvas: Canvas,
    rect: Rect,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    says: str,
    more: Callable[[int], str],
    sizes: tuple[float, ...] = _SIZES,
) -> float:
    """Draw a table, in as many rows as there is room for; returns where it ends.

    Rows that do not fit are counted below it, and stand in full in the notes of the slide.
    """
    widths = _widths(rect, columns)
    plan = _plan(columns, widths, rows, rect.height, sizes)
    shown = rows[: len(plan.heights) - 1]
    found = _frame(canvas, rect, widths, plan, name, says)
    heads = [_head(each, plan.size) for each in columns]
    _row(canvas, found, plan.heights[0], heads, widths, Pen(ACCENT, 1.5))
    for height, row in zip(plan.heights[1:], shown, strict=True):
        texts = [
            (_texts(cell, column.align, plan.size), cell.fill)
            for cell, column in zip(row, columns, strict=True)
        ]
        _row(canvas, found, height, texts, widths)
    bottom = rect.top + sum(plan.heights)
    left = len(rows) - len(shown)
    if left:
        at = Rect(rect.left, rect.width, bottom + 4, _MORE - 4)
        canvas.label(at, Text(more(left), 12, color=LIGHT.faint))
        for row in rows[len(shown) :]:
            canvas.left_out(" · ".join(cell.text for cell in row if cell.text))
        bottom += _MORE
    return bottom


def fits(
    rect: Rect,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    sizes: tuple[float, ...] = _SIZES,
) -> bool:
    """Whether a table has room for all its rows."""
    plan = _plan(columns, _widths(rect, columns), rows, rect.height, sizes)
    return len(plan.heights) == len(rows) + 1


def _widths(rect: Rect, columns: Sequence[Column]) -> list[float]:
    whole = sum(each.share for each in columns)
    return [rect.width * each.share / whole for each in columns]


def _plan(
    columns: Sequence[Column],
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    room: float,
    sizes: tuple[float, ...],
) -> _Plan:
    """The largest letters with which all rows fit; else the smallest, and the rows that do."""
    for size in _unbroken(columns, widths, rows, sizes):
        heights = _heights(columns, widths, rows, size)
        if sum(heights) <= room:
            spare = min((room - sum(heights)) / max(len(rows), 1), _AIR)
            return _Plan(size, (heights[0], *(each + spare for each in heights[1:])))
    size = sizes[-1]
    heights, kept = _heights(columns, widths, rows, size), list[float]()
    for height in heights:
        if sum(kept) + height > room - _MORE:
            break
        kept.append(height)
    return _Plan(size, tuple(kept or heights[:1]))


def _unbroken(
    columns: Sequence[Column],
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    sizes: tuple[float, ...],
) -> Iterator[float]:
    """The sizes at which no word is broken that is whole at the smallest."""
    heads = (Cell(each.title, bold=True) for each in columns)
    lines = zip(columns, heads, *rows, strict=True)
    words = [
        (word, width - 2 * _SIDE, cell)
        for width, (_, *cells) in zip(widths, lines, strict=True)
        for cell in cells
        for word in visible(cell.text).split(" ")
    ]
    last = sizes[-1]
    there = [e for e in words if fit.wide(e[0], last + e[2].larger, bold=e[2].bold) <= e[1]]
    for size in sizes:
        if all(fit.wide(w, size + cell.larger, bold=cell.bold) <= room for w, room, cell in there):
            yield size


def _heights(
    columns: Sequence[Column],
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    size: float,
) -> list[float]:
    letters = _smaller(size, 1)
    head = max(
        min(fit.count(each.title, width - 2 * _SIDE, letters, bold=True), 2)
        for each, width in zip(columns, widths, strict=True)
    )
    found = [fit.high(head, letters) + 2 * _ABOVE]
    for row in rows:
        cells = zip(row, widths, strict=True)
        found.append(max(_height(cell, width - 2 * _SIDE, size) for cell, width in cells))
    return found


def _height(cell: Cell, room: float, size: float) -> float:
    letters = size + cell.larger
    lines = min(fit.count(cell.text, room, letters, bold=cell.bold), cell.lines)
    below = _smaller(size, 2)
    notes = min(fit.count(cell.note, room, below), 2) if cell.note else 0
    text = fit.high(lines, letters, cell.text)
    return text + fit.high(notes, below, cell.note) + 2 * _ABOVE + 1


def _smaller(size: float, by: float) -> float:
    """Of heads and notes, which are smaller than the table's letters."""
    return max(size - by, min(size, _SMALL))


_Texts = tuple[Sequence[Text], str | None]


def _head(column: Column, size: float) -> _Texts:
    text = Text(
        column.title, _smaller(size, 1), bold=True, color=LIGHT.faint, align=column.align, lines=2
    )
    return (text,), LIGHT.lane


def _texts(cell: Cell, align: Align, size: float) -> Sequence[Text]:
    first = Text(cell.text, size + cell.larger, cell.bold, cell.color, align, cell.lines)
    if not cell.note:
        return (first,)
    return first, Text(cell.note, _smaller(size, 2), color=LIGHT.faint, align=align, lines=2)


def _frame(
    canvas: Canvas, rect: Rect, widths: Sequence[float], plan: _Plan, name: str, says: str
) -> ET.Element:
    frame = ET.Element("p:graphicFrame")
    named(frame, ("p:nvGraphicFramePr", "p:cNvGraphicFramePr"), next(canvas.ids), name, says)
    place = ET.SubElement(frame, "p:xfrm")
    ET.SubElement(place, "a:off", x=emu(rect.left), y=emu(rect.top))
    ET.SubElement(place, "a:ext", cx=emu(rect.width), cy=emu(sum(plan.heights)))
    graphic = ET.SubElement(ET.SubElement(frame, "a:graphic"), "a:graphicData", uri=_URI)
    found = ET.SubElement(graphic, "a:tbl")
    ET.SubElement(found, "a:tblPr", firstRow="1")
    grid = ET.SubElement(found, "a:tblGrid")
    for width in widths:
        ET.SubElement(grid, "a:gridCol", w=emu(width))
    canvas.elements.append(frame)
    return found


def _row(
    canvas: Canvas,
    parent: ET.Element,
    height: float,
    cells: Sequence[_Texts],
    widths: Sequence[float],
    rule: Pen = _RULE,
) -> None:
    row = ET.SubElement(parent, "a:tr", h=emu(height))
    for (texts, fill), width in zip(cells, widths, strict=True):
        cell = ET.SubElement(row, "a:tc")
        body = ET.SubElement(cell, "a:txBody")
        ET.SubElement(body, "a:bodyPr")
        ET.SubElement(body, "a:lstStyle")
        canvas.paragraphs(body, texts, width - 2 * _SIDE)
        margins = {"marL": emu(_SIDE), "marR": emu(_SIDE), "marT": emu(_ABOVE), "marB": emu(_ABOVE)}
        look = ET.SubElement(cell, "a:tcPr", margins, anchor="ctr")
        for tag in ("a:lnL", "a:lnR", "a:lnT"):
            outlined(look, None, tag)
        outlined(look, rule, "a:lnB")
        fill_with(look, fill)
