"""Small tables: aligned columns, a rule under the head, no lines around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.outputs.terminal.line import blank
from stackaudit.outputs.terminal.page import Page, Part

NARROW: Final = 60
"""Below this the columns stand closer."""

Cell: TypeAlias = "Part"
Row: TypeAlias = "Sequence[Cell]"


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is laid out."""

    head: str = ""
    right: bool = False
    least: int | None = None
    """A column that may be cut to so many cells; None for one that is never cut."""


def gap_of(page: Page) -> int:
    """Spaces between columns, fewer where there is little room."""
    return 2 if page.width >= NARROW else 1


def width_of(page: Page, columns: Sequence[Column], rows: Sequence[Row], gap: int) -> int:
    """How wide the table is when nothing is cut."""
    return sum(_natural(page, columns, rows)) + gap * (len(columns) - 1)


def write_table(
    page: Page, columns: Sequence[Column], rows: Sequence[Row], *, indent: int, gap: int
) -> None:
    """Write the rows; columns that may be cut give way until the table fits."""
    widths = _fitted(page, columns, rows, page.width - indent - gap * (len(columns) - 1))
    if any(column.head for column in columns):
        _write_row(
            page, columns, [(column.head, "label") for column in columns], widths, indent, gap
        )
        total = sum(widths) + gap * (len(widths) - 1)
        page.line(page.text(" " * indent, ("─" * total, "faint")))
    for row in rows:
        _write_row(page, columns, row, widths, indent, gap)


def _natural(page: Page, columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    return [
        max(page.cells(_content(cell)) for cell in (column.head, *(row[at] for row in rows)))
        for at, column in enumerate(columns)
    ]


def _fitted(page: Page, columns: Sequence[Column], rows: Sequence[Row], room: int) -> list[int]:
    """The natural widths, less what the widest columns that may be cut have to give up."""
    widths = _natural(page, columns, rows)
    while sum(widths) > room:
        spare = [
            (widths[at] - column.least, -at)
            for at, column in enumerate(columns)
            if column.least is not None
        ]
        most = max(spare, default=(0, 0))
        if most[0] <= 0:
            break
        widths[-most[1]] -= 1
    return widths


def _write_row(
    page: Page, columns: Sequence[Column], row: Row, widths: Sequence[int], indent: int, gap: int
) -> None:
    line = blank(indent)
    for at, (column, cell, width) in enumerate(zip(columns, row, widths, strict=True)):
        content, style = (cell, "plain") if isinstance(cell, str) else cell
        text = page.text((page.cut(content, width), style))
        space = blank(width - text.cells)
        line += blank(gap if at else 0)
        line += space + text if column.right else text + space
    page.line(line)


def _content(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
