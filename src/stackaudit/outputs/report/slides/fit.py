"""Text that fits: how much of it a field can show, at which size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from stackaudit.outputs.report.reading_order import runs_leftward
from stackaudit.outputs.report.scripts import is_tall
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing

PX: Final = 4 / 3
"""Pixels to a point, at 96 to the inch: slides are measured in pixels, letters in points."""
BOLD: Final = 1.08
"""So much wider are bold letters."""
_AIR: Final = 1.02
"""So much wider than Arial a text is taken to be."""
_ARIAL: Final = {
    sign: width / 1000
    for width, signs in (
        (191, "'"), (222, "ijl"), (260, "|"), (278, " !,./:;I[\\]ft\u00a0"), (334, "()-`r{}"),
        (355, '"'), (389, "*"), (469, "^"), (500, "Jckvsxyz"),
        (556, "#$0123456789?L_abdeghnopqu€–"), (584, "+<=>~"), (611, "FTZ"), (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"), (778, "GOQ"), (833, "Mm"), (889, "%"), (944, "W"), (1000, "…—→⇄"),
        (1015, "@"),
    )
    for sign in signs
}  # fmt: skip
"""The widths of its signs, as multiples of the size."""
LINE: Final = 1.22
"""The height of a line, as a multiple of the size of its letters."""
_TALL: Final = 1.5
"""The same of scripts whose fonts need more: Chinese, Japanese, Arabic, Hebrew, Thai …"""


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text on one line is, in pixels; the size in points."""
    return size * PX * (BOLD if bold else 1) * sum(map(_sign, text))


@cache
def _sign(sign: str) -> float:
    """The width of one sign, as a multiple of the size."""
    known = _ARIAL.get(sign) or _ARIAL.get(unicodedata.normalize("NFD", sign)[0])
    return writing.width(sign, 1.0) if known is None else known * _AIR


def high(lines: int, size: float, text: str = "") -> float:
    """How high so many lines (of a text) are, in pixels; the size in points."""
    return lines * size * PX * (_TALL if is_tall(visible(text)) else LINE)


def count(text: str, most: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes where a line is at most so wide."""
    return len(list(_lines(visible(text), most, size, bold=bold)))


def whole_words(text: str, most: float, size: float, *, bold: bool = False) -> bool:
    """Whether every word of a text fits on a line."""
    return all(wide(word, size, bold=bold) <= most for word in visible(text).split(" "))


def fitted(
    text: str,
    most: float,
    size: float,
    lines: int = 1,
    *,
    bold: bool = False,
    ending: bool | None = None,
) -> str:
    """As much of a text as so many lines of that width hold, made visible.

    `ending`: it is cut in the last line, and its end is kept, by which names are told from one
    another; on one line that is so unless stated otherwise. The program that shows the slides
    breaks the lines: nothing in the text does.
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
    tail = _tail(clean, most, size, bold=bold) if ending or (ending is None and lines == 1) else ""
    room = most - wide(writing.ELLIPSIS + tail, size, bold=bold)
    while end > start and wide(clean[start:end], size, bold=bold) > room:
        end -= 1
    return clean[:end].rstrip() + writing.ELLIPSIS + tail


_TAIL: Final = 0.3
"""The part of a line that the end of a name may take."""
_LEAST_LETTERS: Final = 9
"""Of lines that are shorter only the beginning is kept."""
_MUCH: Final = 1.5
"""So much longer than its line a name is of which the end is kept, if that is no number."""


def _tail(text: str, most: float, size: float, *, bold: bool) -> str:
    """The end of a name, from the beginning of a word if that is near."""
    room = most * _TAIL
    if most < wide("n" * _LEAST_LETTERS, size, bold=bold):
        return ""
    if not text[-1].isdigit() and wide(text, size, bold=bold) < most * _MUCH:
        return ""
    start = len(text)
    while start > 0 and wide(text[start - 1 :], size, bold=bold) <= room:
        start -= 1
    word = text.find(" ", start)
    kept = text[word:] if 0 <= word < len(text) - 1 else text[start:]
    return "" if runs_leftward(kept) else kept  # its two parts would change places


SHORT: Final = 34
"""Letters of a name inside a sentence."""
_SHORTER: Final = (SHORT, 28, 22, 16, 12)
"""The same where there is hardly room for one name."""


def short(name: str, letters: int = SHORT) -> str:
    """A name as it stands beside other words: its beginning and its end."""
    clean = visible(name)
    if len(clean) <= letters:
        return clean
    end = clean[-letters // 3 :]
    end = end[end.rindex(" ") :] if " " in end[:-1] else end
    end = "" if runs_leftward(end) else end
    return clean[: letters - len(end) - 1].rstrip() + writing.ELLIPSIS + end


def listed(
    names: Sequence[str],
    most: float,
    size: float,
    lines: int,
    more: Callable[[int], str],
    *,
    bold: bool = False,
) -> str:
    """As many of the names as fit, and how many there are more."""
    whole = ", ".join(names)
    if count(whole, most, size, bold=bold) <= lines:
        return whole
    shown = [short(each) for each in names]
    for number in range(len(names), 0, -1):
        parts = [*shown[:number], *([more(len(names) - number)] if number < len(names) else [])]
        text = ", ".join(parts)
        if wide(text, size, bold=bold) <= most * lines and (
            count(text, most, size, bold=bold) <= lines
        ):
            return text
    rest = [more(len(names) - 1)] if len(names) > 1 else []
    ways = [", ".join([short(names[0], letters), *rest]) for letters in _SHORTER]
    fits = (each for each in ways if count(each, most, size, bold=bold) <= lines)
    return next(fits, ways[-1])


def way(steps: Sequence[str], most: float, size: float, lines: int, *, bold: bool = False) -> str:
    """A way from the first to the last of its steps; where it is too long, without those between.

    What of it still does not fit is for the caller to cut.
    """
    shown, left = list(steps), len(steps)
    while left > 2 and count(" → ".join(shown), most, size, bold=bold) > lines:
        left -= 1
        half = left // 2
        names = [short(each) for each in steps]
        shown = [*names[: left - half], writing.ELLIPSIS, *names[len(names) - half :]]
    return " → ".join(shown)


def _lines(text: str, most: float, size: float, *, bold: bool) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; between words where that is possible."""
    start, end = 0, 0
    while end < len(text):
        following = _next_break(text, end + 1)
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


_BREAK: Final = re.compile(r" |(?<=\w-)(?=\w)")
"""Between words, and after a hyphen."""


def _next_break(text: str, start: int) -> int:
    """Where a line can end next."""
    found = _BREAK.search(text, start)
    return len(text) if found is None else found.start()


def size_for(text: str, most: float, sizes: tuple[float, ...], lines: int, *, bold: bool) -> float:
    """The largest of the sizes, which fall, at which the text takes no more than so many lines."""
    fits = (each for each in sizes if count(text, most, each, bold=bold) <= lines)
    return next(fits, sizes[-1])
