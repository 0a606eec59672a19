"""How high rows have to be: Excel finds that out by itself, other programs do not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from stackaudit.outputs.encode import sheet_cells
from stackaudit.outputs.report.scripts import is_tall
from stackaudit.outputs.report.tables.model import Column, Lines
from stackaudit.outputs.report.workbook.entries import SheetCell

LINE: Final = 14.0
"""Points."""
_TALL: Final = 16.0
"""Points; of scripts whose fonts need more: Chinese, Japanese, Arabic, Hebrew, Thai …"""
_PAD: Final = 6.0
"""Points above and below the text of a row together."""
_MOST: Final = 10
"""Lines; what is longer can be read in the cell itself, and rows stay in sight."""
_MOST_FACTS: Final = 3
_INDENT: Final = 1.6
"""What the distance from the edges takes from a column, in its unit."""
_SIZE: Final = 10.5 / 11
"""Of the letters, as a part of the size in which widths of columns are counted."""
_BUTTON: Final = 1.3
"""Signs in width; so much more of a head is left free for the button of a filter."""
BOLD: Final = 1.06
"""So much wider are bold letters."""
_WORD: Final = re.compile(r"[^\s\-/\u2e80-\uffef]*[\-/]|[\u2e80-\uffef]|[^\s\-/\u2e80-\uffef]+|\s+")
"""What stays on one line: up to a space, a hyphen, or one Chinese or Japanese sign."""
_SHARES: Final[Mapping[str, float]] = {
    sign: share
    for share, signs in {
        0.5: " ijlI.,:;'|!`",
        0.68: 'frt()[]{}-/"',
        0.85: "sczJ",
        0.95: "aäevkxyELFPST",
        1.15: "AÄBCKRVXZ",
        1.3: "DGHNOÖQUÜ&→",
        1.45: "w",
        1.7: "mMW@%",
    }.items()
    for sign in signs
}
"""Widths of signs, as multiples of that of a figure; about the same in every common sans-serif."""


def height(row: Sequence[SheetCell], columns: Sequence[Column]) -> float:
    """The height of a row in points, so that its texts can be read."""
    needed = (_needed(cell, each) for cell, each in zip(row, columns, strict=True))
    return max(needed, default=LINE) + _PAD


def is_cut(cell: SheetCell, column: Column) -> bool:
    """Whether a cell has more lines than its row shows of it."""
    if not isinstance(cell, str | Lines):
        return False
    limit = _limit(column)
    if isinstance(cell, str) and len(cell) * 4 <= (column.width - _INDENT) * (limit - 1):
        return False  # even if every sign were wide and every line half empty
    return _lines(cell, column.width) > limit


def head_height(columns: Sequence[Column]) -> float:
    """The height of a row of heads."""
    titles = (wrapped(each.title, (each.width - _BUTTON) / BOLD) for each in columns)
    return max(2, *titles) * LINE + _PAD


def _needed(cell: SheetCell, column: Column) -> float:
    lines = min(_lines(cell, column.width), _limit(column))
    return lines * (_TALL if _is_tall(cell) else LINE)


def _limit(column: Column) -> int:
    return _MOST_FACTS if column.kind == "facts" else _MOST


def _lines(cell: SheetCell, width: float) -> int:
    if isinstance(cell, Lines):
        return sum(_lines(each, width) for each in cell.texts)
    if not isinstance(cell, str) or len(cell) * 2 <= width - _INDENT:
        return 1
    return wrapped(sheet_cells.cell(cell), width)


def _is_tall(cell: SheetCell) -> bool:
    if isinstance(cell, Lines):
        return any(map(_is_tall, cell.texts))
    return isinstance(cell, str) and is_tall(cell)


def head_width(title: str) -> float:
    """How wide a column has to be for every word of its head to be on one line."""
    longest = max(map(_wide, _WORD.findall(title)), default=0.0)
    return longest * BOLD * _SIZE + _INDENT + _BUTTON


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width."""
    lines, used, room = 1, 0.0, (width - _INDENT) / _SIZE
    for word in _WORD.findall(text):
        wide = _wide(word)
        if word.isspace():
            used += wide
            continue
        if used + wide > room and used:
            lines, used = lines + 1, 0.0
        if wide > room:  # broken where it ends the line
            more = int(wide / room)
            lines, wide = lines + more, wide - more * room
        used += wide
    return lines


@lru_cache(maxsize=16384)
def _wide(word: str) -> float:
    return sum(map(_sign, word))


@lru_cache(maxsize=4096)
def _sign(sign: str) -> float:
    if sign in _SHARES:
        return _SHARES[sign]
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 2.0
    return 1.2 if sign.isupper() else 1.05
