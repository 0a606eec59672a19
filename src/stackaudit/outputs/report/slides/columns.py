"""The cells of tables, and how wide their columns are: as wide as what stands in them asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Align
from stackaudit.outputs.svg.palette import LIGHT

SIDE: Final = 7.0
"""Beside the text of a cell, on each side."""
_SMALL: Final = 12.0
"""Letters of heads and notes, at least."""


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
    ending: bool | None = None
    """Whether its end is kept if it has to be cut; None: if it is on one line."""
    names: tuple[str, ...] = ()
    """What the text lists, if that is all it does: names that do not fit are counted."""
    note_names: tuple[str, ...] = ()
    """The same of what stands below it."""
    note_lines: int = 2
    """So many at most of that."""
    steps: tuple[str, ...] = ()
    """The steps of the way that the text is; of a long one those between are left out."""

    @property
    def below(self) -> str:
        """All that stands below the text."""
        return self.note or ", ".join(self.note_names)


def leading(steps: Sequence[str], *, lines: int = 2) -> Cell:
    """A cell that shows a way by its steps."""
    return Cell(" → ".join(steps), lines=lines, steps=tuple(steps), ending=True)


def naming(names: Sequence[str], *, lines: int = 2) -> Cell:
    """A cell that lists names; a dash if there are none."""
    return Cell(", ".join(names) or "–", lines=lines, names=tuple(names))


def smaller(size: float, by: float) -> float:
    """Letters of heads and notes, which are smaller than the table's."""
    return max(size - by, min(size, _SMALL))


def widths(
    whole: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    size: float,
    *,
    even: bool = False,
) -> list[float]:
    """How wide each column is, in pixels.

    What a column does not need others get, by their shares; `even`: by their shares alone.
    """
    shares = [each.share for each in columns]
    if even:
        return [whole * each / sum(shares) for each in shares]
    asked = [
        _asked(column, [row[number] for row in rows], size) for number, column in enumerate(columns)
    ]
    found, left, open_ = [0.0] * len(columns), whole, set(range(len(columns)))
    while open_:
        part = left / sum(shares[each] for each in open_)
        content = {each for each in open_ if asked[each] <= part * shares[each]}
        for each in content or open_:
            found[each] = asked[each] if content else part * shares[each]
        left -= sum(found[each] for each in content)
        open_ = open_ - content if content else set()
        if content and not open_:  # all have what they ask for: the rest is for all
            return [
                each + left * share / sum(shares) for each, share in zip(found, shares, strict=True)
            ]
    return found


def _asked(column: Column, cells: Sequence[Cell], size: float) -> float:
    """The width at which every text of a column is on one line."""
    found = fit.wide(column.title, smaller(size, 1), bold=True)
    for cell in cells:
        text = fit.wide(cell.text, size + cell.larger, bold=cell.bold)
        found = max(found, text, fit.wide(cell.below, smaller(size, 2)))
    return found + 2 * SIDE + 2
