"""A quarter with more tools than its fields have room for: as a list, the dearest tools first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.quadrant import Dot
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.svg.palette import LIGHT

SMALLEST: Final = 12.0
_SIZES: Final = (15.0, 14.0, 13.0, SMALLEST)
_LEFT: Final = 26.0
"""Before a name: the dot."""
_BESIDE: Final = 8.0
_NARROWEST: Final = 190.0
"""Of a column, in which a name is cut rather than left to the notes."""


@dataclass(frozen=True, slots=True)
class _Entry:
    dot: Dot
    beside: str
    """What stands to the right of the name: what it costs, or what was decided of it."""


def crowd(canvas: Canvas, deck: Deck, dots: Sequence[Dot], at: Rect) -> None:
    """The tools in columns; where they are too many, those that cost the most, and how many more.

    What was decided otherwise of all of them is said once.
    """
    language, top = deck.language, at.top
    decided = Counter(each.decided for each in dots if each.decided and not each.agrees)
    if decided:
        counted = ", ".join(f"{language.quarter(e)} ({n})" for e, n in decided.most_common())
        text = language.word("slides.quadrant.decided", counted=counted)
        line = fit.high(1, 13) + 4
        room = Rect(at.left + 10, at.width - 18, top, line)
        canvas.label(room, Text(text, 13, bold=True, color=LIGHT.gap))
        top += line
    alike = sum(decided.values()) == len(dots) and len(decided) == 1
    _columns(canvas, deck, dots, Rect(at.left, at.width, top, at.bottom - top), alike=alike)


def _columns(canvas: Canvas, deck: Deck, dots: Sequence[Dot], at: Rect, *, alike: bool) -> None:
    entries = [_Entry(each, "" if alike else contradicted(deck, each)) for each in dots]
    for size in _SIZES:
        rows, columns = _room(entries, at, size)
        if rows * columns >= len(entries):
            _listed(canvas, entries, at, size, (rows, columns))
            return
    dear = sorted(dots, key=lambda each: -(each.cost.least or 0.0))
    entries = [_Entry(each, _money(deck, each)) for each in dear]
    last = Rect(at.left, at.width, at.top, at.height - fit.high(1, SMALLEST) - 8)
    rows, columns = _room(entries, last, SMALLEST)
    shown = entries[: rows * columns]
    _listed(canvas, shown, last, SMALLEST, (rows, columns))
    key = "dearest" if any(each.beside for each in shown) else "more"
    text = deck.language.count(f"slides.quadrant.{key}", len(entries) - len(shown))
    rest = Rect(at.left + _LEFT, at.width - _LEFT - 4, at.bottom - 24, 18)
    canvas.label(rest, Text(text, SMALLEST, color=LIGHT.faint), anchor="ctr")


def _room(entries: Sequence[_Entry], at: Rect, size: float) -> tuple[int, int]:
    """How many rows and columns there is room for; names are whole, or the columns narrow."""
    asked = max(
        fit.wide(each.dot.tool.name, size) + _beside(each.beside, size) + _LEFT + 12
        for each in entries
    )
    wide = min(asked, max(_NARROWEST, at.width / 2)) if size > SMALLEST else min(asked, _NARROWEST)
    return max(int(at.height / _line(entries, size)), 1), max(int(at.width / wide), 1)


def _line(entries: Sequence[_Entry], size: float) -> float:
    return max(fit.high(1, size, each.dot.tool.name) for each in entries)


def _beside(text: str, size: float) -> float:
    return fit.wide(text, size, bold=True) + 2 + _BESIDE if text else 0.0


def _listed(
    canvas: Canvas, entries: Sequence[_Entry], at: Rect, size: float, room: tuple[int, int]
) -> None:
    """The entries in columns, read downwards."""
    rows, columns = room
    columns = max(min(columns, -(-len(entries) // rows)), 1)
    line, width = _line(entries, size), at.width / columns
    for number, entry in enumerate(entries):
        column, row = divmod(number, rows)
        there = Rect(at.left + column * width, width, at.top + row * line, line)
        marked(canvas, entry.dot, there, size, entry.beside)


def _money(deck: Deck, dot: Dot) -> str:
    """What a tool costs a year, where that is known to the cent."""
    if dot.cost.least is None or not dot.cost.exact:
        return ""
    return deck.language.money(dot.cost.least, deck.book.currency)


def contradicted(deck: Deck, dot: Dot) -> str:
    """What was decided of a tool, where that is not what its fit says."""
    if dot.decided is None or dot.agrees:
        return ""
    return f"→ {deck.language.quarter(dot.decided)}"


def marked(canvas: Canvas, dot: Dot, at: Rect, size: float, beside: str) -> None:
    """A tool as a dot with its name, and with what stands beside it."""
    name = dot.tool.name
    canvas.box(
        Rect(at.left + 12, 8, at.middle - 4, 8), name=f"Dot {name}", form="ellipse", fill=LIGHT.ink
    )
    taken = _beside(beside, size)
    room = Rect(at.left + _LEFT, at.width - _LEFT - 4 - taken, at.top, at.height)
    canvas.label(room, Text(name, size), anchor="ctr")
    if beside:
        left = room.left + min(fit.wide(name, size), room.width) + _BESIDE
        color = LIGHT.gap if beside.startswith("→") else LIGHT.faint
        there = Rect(left, taken - _BESIDE, at.top, at.height)
        canvas.label(there, Text(beside, size, True, color), anchor="ctr")
