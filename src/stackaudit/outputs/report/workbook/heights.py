"""How high rows have to be: Excel finds that out by itself, other programs do not."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Final

from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.tables.model import Column, Lines
from stackaudit.outputs.report.workbook.entries import SheetCell

LINE: Final = 14.0
"""Points."""
_MOST: Final = 10
"""Lines; what is longer can be read in the cell itself, and rows stay in sight."""
_MOST_FACTS: Final = 4
_WRAPPED: Final = 0.95
"""Letters are narrower than the figures that widths are counted in, and words leave lines open."""


def height(row: Sequence[SheetCell], columns: Sequence[Column]) -> float:
    """The height of a row in points, so that its texts can be read."""
    needed = (
        min(_lines(cell, each.width), _MOST_FACTS if each.kind == "facts" else _MOST)
        for cell, each in zip(row, columns, strict=True)
    )
    return max(needed, default=1) * LINE + 4


def _lines(cell: SheetCell, width: float) -> int:
    if isinstance(cell, Lines):
        return sum(_lines(each, width) for each in cell.texts)
    if not isinstance(cell, str) or len(cell) * 2 <= width:
        return 1
    return max(math.ceil(_signs(sheet_cells.cell(cell)) * _WRAPPED / width), 1)


def _signs(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
