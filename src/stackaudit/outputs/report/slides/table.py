"""Native tables that fit their place.

Letters are as large as they can be; rows that do not fit are counted, and stand in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Align, Canvas, Text
from stackaudit.outputs.report.slides.columns import SIDE, Cell, Column, smaller, widths
from stackaudit.outputs.report.slides.parts import ACCENT, Pen, emu, fill_with, named, outlined
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
_ABOVE: Final = 4.0
_SIZES: Final = (15.0, 14.0, 13.0, 12.0)
_MORE: Final = 28.0
AIR: Final = 12.0
_RULE: Final = Pen(LIGHT.edge, 0.75)


@dataclass(frozen=True, slots=True)
class _Plan:
    size: float
    widths: Sequence[float]
    heights: tuple[float, ...]
    """Of the head, then of each row shown."""


More = Callable[[int], str]
"""That there are so many more."""


def table(  # noqa: PLR0913 - what a table is made of
    canvas: Canvas,
    rect: Rect,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    says: str,
    more: More,
    sizes: tuple[float, ...] = _SIZES,
    even: bool = False,
    air: float = AIR,
    rest: More | None = None,
    noted: bool = True,
) -> float:
    """Draw a table, in as many rows as there is room for; returns where it ends.

    Rows that do not fit are counted below it, and stand in full in the notes of the slide.
    Columns are as wide as their texts ask for, or `even`: as their shares say. `air`: so much
    higher a row gets at most where there is room to spare. `rest` says how many rows are left out,
    where they are not to be counted like names; `noted`: the notes have them.
    """
    plan = _plan(columns, rows, rect, sizes, even=even, air=air)
    shown = rows[: len(plan.heights) - 1]
    found = _frame(canvas, rect, plan, name, says)
    heads = [_head(each, plan.size) for each in columns]
    _row(canvas, found, plan.heights[0], heads, plan.widths, Pen(ACCENT, 1.5))
    for height, row in zip(plan.heights[1:], shown, strict=True):
        texts = [
            (_texts(canvas, cell, column.align, plan.size, width - 2 * SIDE, more), cell.fill)
            for cell, column, width in zip(row, columns, plan.widths, strict=True)
        ]
        _row(canvas, found, height, texts, plan.widths)
    bottom = rect.top + sum(plan.heights)
    left = len(rows) - len(shown)
    if left:
        at = Rect(rect.left, rect.width, bottom + 4, _MORE - 4)
        canvas.label(at, Text((rest or more)(left), 12, color=LIGHT.faint))
        for row in rows[len(shown) :] if noted else ():
            canvas.left_out(" · ".join(cell.text for cell in row if cell.text))
        bottom += _MORE
    return bottom


def fits(
    rect: Rect,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    sizes: tuple[float, ...] = _SIZES,
    *,
    even: bool = False,
) -> bool:
    """Whether a table has room for all its rows."""
    plan = _plan(columns, rows, rect, sizes, even=even)
    return len(plan.heights) == len(rows) + 1


def _plan(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    rect: Rect,
    sizes: tuple[float, ...],
    *,
    even: bool = False,
    air: float = AIR,
) -> _Plan:
    """The largest letters with which all rows fit; else the smallest, and the rows that do."""
    last = sizes[-1]
    tried = {each: widths(rect.width, columns, rows, each, even=even) for each in {*sizes, last}}
    for size in _unbroken(columns, tried, rows, sizes):
        heights = _heights(columns, tried[size], rows, size)
        if sum(heights) <= rect.height:
            spare = min((rect.height - sum(heights)) / max(len(rows), 1), air)
            airy = (heights[0], *(each + spare for each in heights[1:]))
            return _Plan(size, tried[size], airy)
    heights, kept = _heights(columns, tried[last], rows, last), list[float]()
    for height in heights:
        if sum(kept) + height > rect.height - _MORE:
            break
        kept.append(height)
    return _Plan(last, tried[last], tuple(kept or heights[:1]))


def _unbroken(
    columns: Sequence[Column],
    tried: Mapping[float, Sequence[float]],
    rows: Sequence[Sequence[Cell]],
    sizes: tuple[float, ...],
) -> Iterator[float]:
    """The sizes at which no word is broken that is whole at the smallest."""
    heads = [Cell(each.title, bold=True) for each in columns]
    words = [
        (word, column, cell)
        for column, cells in enumerate(zip(heads, *rows, strict=True))
        for cell in cells
        for word in visible(cell.text).split(" ")
    ]

    def whole(word: str, column: int, cell: Cell, size: float) -> bool:
        wide = fit.wide(word, size + cell.larger, bold=cell.bold)
        return wide <= tried[size][column] - 2 * SIDE

    there = [each for each in words if whole(*each, sizes[-1])]
    for size in sizes:
        if all(whole(*each, size) for each in there):
            yield size


def _heights(
    columns: Sequence[Column],
    across: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    size: float,
) -> list[float]:
    letters = smaller(size, 1)
    head = max(
        min(fit.count(each.title, width - 2 * SIDE, letters, bold=True), 2)
        for each, width in zip(columns, across, strict=True)
    )
    found = [fit.high(head, letters) + 2 * _ABOVE]
    for row in rows:
        cells = zip(row, across, strict=True)
        found.append(max(_height(cell, width - 2 * SIDE, size) for cell, width in cells))
    return found


def _height(cell: Cell, room: float, size: float) -> float:
    letters = size + cell.larger
    lines = min(fit.count(cell.text, room, letters, bold=cell.bold), cell.lines)
    below = smaller(size, 2)
    notes = min(fit.count(cell.below, room, below), cell.note_lines) if cell.below else 0
    text = fit.high(lines, letters, cell.text)
    return text + fit.high(notes, below, cell.below) + 2 * _ABOVE + 1


_Texts = tuple[Sequence[Text], str | None]


def _head(column: Column, size: float) -> _Texts:
    text = Text(
        column.title, smaller(size, 1), bold=True, color=LIGHT.faint, align=column.align, lines=2
    )
    return (text,), LIGHT.lane


def _texts(
    canvas: Canvas, cell: Cell, align: Align, size: float, room: float, more: More
) -> Sequence[Text]:
    letters, small = size + cell.larger, smaller(size, 2)
    text, note = cell.text, cell.note
    if cell.names:
        text = fit.listed(cell.names, room, letters, cell.lines, more, bold=cell.bold)
    if cell.steps:
        text = fit.way(cell.steps, room, letters, cell.lines, bold=cell.bold)
    if cell.note_names:
        note = fit.listed(cell.note_names, room, small, cell.note_lines, more)
    for shown, whole in ((text, cell.text), (note, cell.below)):
        if shown != whole:
            canvas.left_out(whole)
    first = Text(text, letters, cell.bold, cell.color, align, cell.lines, ending=cell.ending)
    if not note:
        return (first,)
    return first, Text(note, small, color=LIGHT.faint, align=align, lines=cell.note_lines)


def _frame(canvas: Canvas, rect: Rect, plan: _Plan, name: str, says: str) -> ET.Element:
    frame = ET.Element("p:graphicFrame")
    named(frame, ("p:nvGraphicFramePr", "p:cNvGraphicFramePr"), next(canvas.ids), name, says)
    place = ET.SubElement(frame, "p:xfrm")
    ET.SubElement(place, "a:off", x=emu(rect.left), y=emu(rect.top))
    ET.SubElement(place, "a:ext", cx=emu(rect.width), cy=emu(sum(plan.heights)))
    graphic = ET.SubElement(ET.SubElement(frame, "a:graphic"), "a:graphicData", uri=_URI)
    found = ET.SubElement(graphic, "a:tbl")
    ET.SubElement(found, "a:tblPr", firstRow="1")
    grid = ET.SubElement(found, "a:tblGrid")
    for width in plan.widths:
        ET.SubElement(grid, "a:gridCol", w=emu(width))
    canvas.elements.append(frame)
    return found


def _row(
    canvas: Canvas,
    parent: ET.Element,
    height: float,
    cells: Sequence[_Texts],
    across: Sequence[float],
    rule: Pen = _RULE,
) -> None:
    row = ET.SubElement(parent, "a:tr", h=emu(height))
    for (texts, fill), width in zip(cells, across, strict=True):
        cell = ET.SubElement(row, "a:tc")
        body = ET.SubElement(cell, "a:txBody")
        ET.SubElement(body, "a:bodyPr")
        ET.SubElement(body, "a:lstStyle")
        canvas.paragraphs(body, texts, width - 2 * SIDE)
        margins = {"marL": emu(SIDE), "marR": emu(SIDE), "marT": emu(_ABOVE), "marB": emu(_ABOVE)}
        look = ET.SubElement(cell, "a:tcPr", margins, anchor="ctr")
        for tag in ("a:lnL", "a:lnR", "a:lnT"):
            outlined(look, None, tag)
        outlined(look, rule, "a:lnB")
        fill_with(look, fill)
