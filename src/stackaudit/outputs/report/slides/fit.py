"""Text that fits: how much of it a field can show, at which size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing

PX: Final = 4 / 3
"""Pixels to a point, at 96 to the inch: slides are measured in pixels, letters in points."""
BOLD: Final = 1.08
"""So much wider are bold letters."""
_LARGER: Final = 0.12
"""So much wider, as a part of their size, capitals are taken to be than in pictures."""
_ARROWS: Final = frozenset("→⇄")
LINE: Final = 1.22
"""The height of a line, as a multiple of the size of its letters."""
_TALL: Final = 1.5
"""The same of scripts whose fonts need more: Chinese, Japanese, Arabic, Hebrew, Thai …"""
_TALL_FROM, _SYMBOLS = 0x0590, range(0x2000, 0x2C00)


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text on one line is, in pixels; the size in points."""
    return size * PX * (BOLD if bold else 1) * sum(map(_sign, text))


@cache
def _sign(sign: str) -> float:
    """The width of one sign, as a multiple of the size."""
    if sign in _ARROWS:
        return 1.0
    return writing.width(sign, 1.0) + (_LARGER if sign.isupper() or sign == "@" else 0.0)


def high(lines: int, size: float, text: str = "") -> float:
    """How high so many lines (of a text) are, in pixels; the size in points."""
    return lines * size * PX * (_TALL if _is_tall(text) else LINE)


def _is_tall(text: str) -> bool:
    shown = visible(text)
    return any(ord(each) >= _TALL_FROM and ord(each) not in _SYMBOLS for each in shown)


def count(text: str, most: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes where a line is at most so wide."""
    return len(list(_lines(visible(text), most, size, bold=bold)))


def whole_words(text: str, most: float, size: float, *, bold: bool = False) -> bool:
    """Whether every word of a text fits on a line."""
    return all(wide(word, size, bold=bold) <= most for word in visible(text).split(" "))


def fitted(text: str, most: float, size: float, lines: int = 1, *, bold: bool = False) -> str:
    """As much of a text as so many lines of that width hold, made visible.

    The program that shows the slides breaks the lines: nothing in the text does.
    """
    clean = visible(text)
    if lines < 1:
        return ""
    found = list(_lines(clean, most, size, bold=bold))
    if len(found) <= lines:
        return clean
    start, end = found[lines - 1]
    if lines == 1:  # a name: the more of it, the better it is told from others
        end = len(clean)
    room = most - wide(writing.ELLIPSIS, size, bold=bold)
    while end > start and wide(clean[start:end], size, bold=bold) > room:
        end -= 1
    return clean[:end].rstrip() + writing.ELLIPSIS


def _lines(text: str, most: float, size: float, *, bold: bool) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; between words where that is possible."""
    start, end = 0, 0
    while end < len(text):
        following = text.find(" ", end + 1)
        following = len(text) if following < 0 else following
        if wide(text[start:following], size, bold=bold) <= most:
            end = following
            continue
        if end == start:  # one long word: it is broken where it ends the line
            end += 1
            while end < following and wide(text[start : end + 1], size, bold=bold) <= most:
                end += 1
        yield start, end
        start = end = end + 1 if text[end : end + 1] == " " else end
    if start < len(text) or not text:
        yield start, len(text)


def size_for(text: str, most: float, sizes: tuple[float, ...], lines: int, *, bold: bool) -> float:
    """The largest of the sizes, which fall, at which the text takes no more than so many lines."""
    fits = (each for each in sizes if count(text, most, each, bold=bold) <= lines)
    return next(fits, sizes[-1])
