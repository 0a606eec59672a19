"""Text that fits: how much of it a field can show, at which size."""

from __future__ import annotations

from typing import Final

from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing

PX: Final = 4 / 3
"""Pixels to a point, at 96 to the inch: slides are measured in pixels, letters in points."""
BOLD: Final = 1.08
"""So much wider are bold letters."""
LINE: Final = 1.22
"""The height of a line, as a multiple of the size of its letters."""


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text on one line is, in pixels; the size in points."""
    return writing.width(text, size * PX * (BOLD if bold else 1))


def high(lines: int, size: float) -> float:
    """How high so many lines are, in pixels; the size in points."""
    return lines * size * PX * LINE


def count(text: str, most: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes where a line is at most so wide."""
    return len(writing.lines(visible(text), most, size * PX * (BOLD if bold else 1), 99))


def fitted(text: str, most: float, size: float, lines: int = 1, *, bold: bool = False) -> str:
    """As much of a text as so many lines of that width hold, made visible.

    The program that shows the slides breaks the lines: nothing in the text does.
    """
    clean = visible(text)
    if lines < 1:
        return ""
    found = writing.lines(clean, most, size * PX * (BOLD if bold else 1), lines)
    shown, rest = "", clean
    for number, line in enumerate(found):
        shown += line
        rest = rest[len(line) :]
        if number < len(found) - 1 and rest.startswith(" "):
            shown, rest = shown + " ", rest[1:]
    return shown


def size_for(text: str, most: float, sizes: tuple[float, ...], lines: int, *, bold: bool) -> float:
    """The largest of the sizes, which fall, at which the text takes no more than so many lines."""
    fits = (each for each in sizes if count(text, most, each, bold=bold) <= lines)
    return next(fits, sizes[-1])
