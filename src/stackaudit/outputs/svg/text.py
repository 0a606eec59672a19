"""Text in a picture: how wide it is about, and where it is broken or cut."""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE: Final = frozenset("mwMW@%")
ELLIPSIS: Final = "…"


def width(text: str, size: float) -> float:
    """The width of a text in a common sans-serif, rather too much than too little."""
    return size * sum(map(_share, text))


def _share(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if sign in _NARROW:
        return 0.33
    if sign in _WIDE:
        return 0.9
    return 0.66 if sign.isupper() else 0.57


def cut(text: str, most: float, size: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, size) <= most:
        return text
    room = most - width(ELLIPSIS, size)
    kept = ""
    for sign in text:
        room -= width(sign, size)
        if room < 0:
            break
        kept += sign
    return kept.rstrip() + ELLIPSIS


def lines(text: str, most: float, size: float, count: int = 2, end: str = "") -> list[str]:
    """The text on at most so many lines, broken between words where that is possible.

    `end` closes the last line, and is never cut.
    """
    found: list[str] = []
    words = text.split(" ")
    while words and len(found) < count - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= most:
            line = f"{line} {words.pop(0)}"
        if width(line, size) > most:  # one long word: break it where it ends the line
            head = _head(line, most, size)
            words.insert(0, line[len(head) :])
            line = head
        found.append(line)
    if words:
        found.append(cut(" ".join(words), most - width(end, size), size))
    elif len(found) < count and width(found[-1] + end, size) > most:
        return [*found, end.lstrip()]
    return [*found[:-1], found[-1] + end]


def _head(word: str, most: float, size: float) -> str:
    room, number = most, 0
    for number, sign in enumerate(word):  # noqa: B007
        room -= width(sign, size)
        if room < 0:
            break
    return word[: max(number, 1)]
