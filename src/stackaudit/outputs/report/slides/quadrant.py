"""Tolerate, invest, migrate, eliminate: every tool in the field of its two fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.quadrant import Dot, Quarter
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.svg.palette import LIGHT, Danger

_AXIS: Final = 24.0
_SPLIT: Final = 8.0
_HEAD: Final = 36.0
_SIDE: Final = 230.0
_SIZE: Final = 12.0
"""Of letters in the list at the side."""
_LARGEST: Final = 15.0
_SMALLEST: Final = 11.0
_COLUMNS: Final = (3, 2)
"""In a list; fewer where names need the room."""
_GROUND: Final[Mapping[Quarter, Danger]] = {
    "invest": "calm", "migrate": "slight", "tolerate": "open", "eliminate": "serious",
}  # fmt: skip
_ROWS: Final[tuple[tuple[Quarter, Quarter], ...]] = (
    ("migrate", "invest"),
    ("eliminate", "tolerate"),
)
"""The quarters as they stand, the upper row first."""


def quadrant_slide(deck: Deck) -> None:
    """The slide with the quadrant."""
    language, found = deck.language, deck.book.quadrant
    page = deck.page(_headline(deck))
    page.caption(language.about("quadrant"))
    page.say(language.about("quadrant"))
    if found.empty is not None:
        page.empty(found.empty, fill="quadrant")
        deck.finish(page)
        return
    side = _SIDE if found.unstated else 0.0
    room = Rect(BODY.left, BODY.width - side, BODY.top, BODY.height)
    _drawn(page, deck, room)
    if found.unstated:
        _unstated(page, deck, Rect(room.right + 20, side - 20, BODY.top, BODY.height))
    for quarters in _ROWS:
        for quarter in quarters:
            names = [_named(deck, dot) for dot in found.of(quarter)]
            page.say(f"{language.quarter(quarter)}: {', '.join(names) or '–'}")
    deck.finish(page)


def _headline(deck: Deck) -> str:
    language, found = deck.language, deck.book.quadrant
    if found.empty is not None:
        why = language.reason(found.empty)
        return language.word("slides.headline.quadrant.unknown", why=why)
    leave = len(found.of("eliminate")) + len(found.of("migrate"))
    whole = language.number(len(found.dots))
    if not leave:
        return language.word("slides.headline.quadrant.none", whole=whole)
    return language.count("slides.headline.quadrant.some", leave, whole=whole)


def _named(deck: Deck, dot: Dot) -> str:
    if dot.decided is None or dot.agrees:
        return dot.tool.name
    decided = deck.language.word("quadrant.decided", quarter=deck.language.quarter(dot.decided))
    return f"{dot.tool.name} ({decided})"


def _drawn(page: Page, deck: Deck, room: Rect) -> None:
    """The four quarters, in each its four fields."""
    language = deck.language
    canvas = page.canvas.group(room, language.chapter("quadrant"), language.about("quadrant"))
    across = (room.width - _AXIS - _SPLIT) / 2
    down = (room.height - _AXIS - _SPLIT) / 2
    for row, quarters in enumerate(_ROWS):
        for column, quarter in enumerate(quarters):
            at = Rect(
                room.left + _AXIS + column * (across + _SPLIT),
                across,
                room.top + row * (down + _SPLIT),
                down,
            )
            _quarter(canvas, deck, quarter, at)
    _axes(canvas, deck, room)


def _quarter(canvas: Canvas, deck: Deck, quarter: Quarter, at: Rect) -> None:
    language = deck.language
    dots = deck.book.quadrant.of(quarter)
    about = language.word(f"quarter.{quarter}.about")
    canvas.box(
        at, Text(f"{language.quarter(quarter)} ({len(dots)})", 16, bold=True), name=quarter,
        says=f"{language.quarter(quarter)}: {about}", fill=LIGHT.danger[_GROUND[quarter]],
        form="roundRect", inset=(10, 4, 8),
    )  # fmt: skip
    inner = Rect(at.left, at.width, at.top + _HEAD, at.height - _HEAD)
    if _crowded(dots, inner.height / 2):
        _list(canvas, deck, dots, inner)
        return
    # the better fits stand above and to the right
    fields: dict[tuple[bool, bool], list[Dot]] = {}
    for dot in dots:
        fields.setdefault((dot.business % 2 == 0, dot.technical % 2 == 0), []).append(dot)
    width, height = inner.width / 2, inner.height / 2
    for (upper, right), found in sorted(fields.items(), reverse=True):
        left = at.left + (width if right else 0)
        top = at.top + _HEAD + (0 if upper else height)
        _field(canvas, deck, found, Rect(left, width, top, height))


def _crowded(dots: Sequence[Dot], height: float) -> bool:
    """Whether a field has more tools than there is room for."""
    fullest = Counter((each.business, each.technical) for each in dots).most_common(1)
    return bool(fullest) and fullest[0][1] * fit.high(1, _SMALLEST) > height


def _list(canvas: Canvas, deck: Deck, dots: Sequence[Dot], at: Rect) -> None:
    """The tools of a quarter in columns, where they are too many for their fields."""
    rows = int(at.height / fit.high(1, _SMALLEST)) - 1
    columns = _columns(deck, dots, at.width)
    width = at.width / columns
    for column in range(columns):
        found = dots[column * rows : (column + 1) * rows]
        for number, dot in enumerate(found):
            line = fit.high(1, _SMALLEST)
            there = Rect(at.left + column * width, width, at.top + number * line, line)
            _dot(canvas, deck, dot, there, _SMALLEST)
    left = len(dots) - rows * columns
    if left > 0:
        rest = Rect(at.left + 26, at.width - 30, at.bottom - 20, 18)
        canvas.label(rest, Text(deck.language.count("more", left), 12, color=LIGHT.faint))


def _columns(deck: Deck, dots: Sequence[Dot], width: float) -> int:
    """In how many columns the names of a list can be read whole."""
    most, least = _COLUMNS
    longest = max(fit.wide(each.tool.name, _SMALLEST) for each in dots)
    taken = max(fit.wide(_note(deck, each), _SMALLEST, bold=True) for each in dots)
    return most if longest + taken + 38 <= width / most else least


def _field(canvas: Canvas, deck: Deck, dots: Sequence[Dot], at: Rect) -> None:
    """The tools of one field, below one another."""
    rows = _fullest(deck.book.quadrant.dots, at.height)
    size = min(_LARGEST, max(at.height / rows / fit.PX / fit.LINE, _SMALLEST))
    line = fit.high(1, size)
    for number, dot in enumerate(dots):
        _dot(canvas, deck, dot, Rect(at.left, at.width, at.top + number * line, line), size)


def _fullest(dots: Sequence[Dot], height: float) -> int:
    """How many tools the fullest field has that is drawn as one."""
    counts = Counter((each.business, each.technical) for each in dots).values()
    most = int(height / fit.high(1, _SMALLEST))
    return max((each for each in counts if each <= most), default=1)


def _dot(canvas: Canvas, deck: Deck, dot: Dot, at: Rect, size: float) -> None:
    """A tool, and what was decided of it where the fit says otherwise."""
    canvas.box(
        Rect(at.left + 12, 8, at.middle - 4, 8), name=f"Dot {dot.tool.name}", form="ellipse",
        fill=LIGHT.ink,
    )  # fmt: skip
    note = _note(deck, dot)
    taken = fit.wide(note, size, bold=True) + 8 if note else 0.0
    room = Rect(at.left + 26, at.width - 30 - taken, at.top, at.height)
    canvas.label(room, Text(dot.tool.name, size), anchor="ctr")
    if note:
        there = Rect(room.right + 2, taken, at.top, at.height)
        canvas.label(there, Text(note, size, True, LIGHT.gap), anchor="ctr")


def _note(deck: Deck, dot: Dot) -> str:
    """What was decided of a tool, where that is not what its fit says."""
    if dot.decided is None or dot.agrees:
        return ""
    return f"→ {deck.language.quarter(dot.decided)}"


def _axes(canvas: Canvas, deck: Deck, room: Rect) -> None:
    word = deck.language.word
    across = f"{word('quadrant.technical')} →"
    at = Rect(room.left + _AXIS, room.width - _AXIS, room.bottom - _AXIS + 2, _AXIS - 2)
    canvas.box(at, Text(across, 13, True, align="ctr"), name=across, anchor="ctr")
    up = f"{word('quadrant.business')} →"
    height = room.height - _AXIS
    at = Rect(room.left, _AXIS - 2, room.top, height)
    canvas.box(at, Text(up, 13, True, align="ctr"), name=up, anchor="ctr", upright=True)


def _unstated(page: Page, deck: Deck, rect: Rect) -> None:
    """The tools that do not state both fits."""
    language, items = deck.language, deck.book.quadrant.unstated
    title = f"{language.word('quadrant.unstated')} ({language.number(len(items))})"
    head = Rect(rect.left, rect.width, rect.top, 44)
    page.canvas.label(head, Text(title, 14, bold=True, lines=2))
    most = int((rect.height - 50) / fit.high(1, _SIZE))
    shown = items if len(items) <= most else items[: most - 1]
    texts = [Text(each.name, _SIZE) for each in shown]
    if len(shown) < len(items):
        more = language.count("more", len(items) - len(shown))
        texts.append(Text(more, _SIZE, color=LIGHT.faint))
        page.say(f"{title}: {', '.join(each.name for each in items)}")
    page.canvas.box(
        Rect(rect.left, rect.width, rect.top + 50, rect.height - 50), *texts, name=title
    )
