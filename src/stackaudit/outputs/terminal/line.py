"""A line of a report: pieces of text with their styles, measured and broken in columns.

The library's own text can do far more, and takes several times as long for it: a report of thirty
thousand findings is half a million lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from rich.cells import cell_len, chop_cells

from stackaudit.dataclass import dataclass

Run: TypeAlias = tuple[str, str]
"""A text and the name of its style."""

LEAST: Final = 10
"""No paragraph is narrower, even where that is more than there is room for."""

_WORD: Final = re.compile(r"\s*\S+\s*")


def cells(text: str) -> int:
    """How many columns a text without control characters takes."""
    return len(text) if text.isascii() else cell_len(text)


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of text beside each other."""

    runs: tuple[Run, ...] = ()

    @property
    def plain(self) -> str:
        """The text alone."""
        return self.runs[0][0] if len(self.runs) == 1 else "".join(text for text, _ in self.runs)

    @property
    def cells(self) -> int:
        """How many columns it takes."""
        return cells(self.plain)

    def __add__(self, other: Line) -> Line:
        return Line(self.runs + other.runs)

    def part(self, start: int, end: int) -> Line:
        """The characters from `start` to before `end`."""
        if len(self.runs) == 1:
            return Line(((self.runs[0][0][start:end], self.runs[0][1]),))
        kept, at = [], 0
        for text, style in self.runs:
            piece = text[max(start - at, 0) : max(end - at, 0)]
            if piece:
                kept.append((piece, style))
            at += len(text)
        return Line(tuple(kept))

    def stripped(self) -> Line:
        """Without white space at its beginning."""
        plain = self.plain
        return self.part(len(plain) - len(plain.lstrip()), len(plain))

    def ended(self) -> Line:
        """Without white space at its end."""
        return self.part(0, len(self.plain.rstrip()))

    def wrapped(self, width: int) -> list[Line]:
        """In lines of at most `width` columns, broken at words, and within words longer than that.

        What is left at the end of a line is white space, as much as fits.
        """
        plain = self.plain
        if cells(plain) <= width:
            return [self]
        width = max(width, LEAST)
        ends = [*breaks(plain, width), len(plain)]
        starts = [0, *ends]
        return [self._fitting(plain, *each, width) for each in zip(starts, ends, strict=False)]

    def _fitting(self, plain: str, start: int, end: int, width: int) -> Line:
        while plain[start:end][-1:].isspace() and cells(plain[start:end]) > width:
            end -= 1
        return self.part(start, end)


@lru_cache(maxsize=256)
def blank(count: int) -> Line:
    """So many spaces."""
    return Line(((" " * count, "plain"),))


def breaks(text: str, width: int) -> Iterator[int]:
    """Where the lines after the first begin: each takes as many words as fit.

    The white space after a word may stand out; a word that is wider than a line is cut.
    """
    used, cells = 0, len if text.isascii() else cell_len
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        needed = cells(word.rstrip())
        if needed <= width - used:
            used += cells(word)
        elif needed <= width:
            yield start
            used = cells(word)
        else:
            *pieces, last = chop_cells(word, width)
            if start:
                yield start
            for piece in pieces:
                start += len(piece)
                yield start
            used = cells(last)
