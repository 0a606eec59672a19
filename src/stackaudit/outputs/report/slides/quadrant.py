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
from stackaudit.outputs.report.slides.quadrant_list import (
    SMALLEST,
    contradicted,
    crowd,
    marked,
)
from stackaudit.outputs.svg.palette import LIGHT, Danger

_AXIS: Final = 24.0
_SPLIT: Final = 8.0
_HEAD: Final = 36.0
_SIDE: Final = 230.0
_SIZE: Final = 12.0
"""Of letters in the list at the side."""
_LARGEST: Final = 15.0
_MOST_PART: Final = 0.7
"""Of the width or the height for two quarters, where the others have few tools."""
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
        return language.count("slides.headline.quadrant.none", len(found.dots))
    return language.count("slides.headline.quadrant.some", leave, whole=whole)


def _named(deck: Deck, dot: Dot) -> str:
    if dot.decided is None or dot.agrees:
        return dot.tool.name
    decided = deck.language.word("quadrant.decided", quarter=deck.language.quarter(dot.decided))
    return f"{dot.tool.name} ({decided})"


def _drawn(page: Page, deck: Deck, room: Rect) -> None:
    """The four quarters; where one is crowded, it gets room of those that are not."""
    language, found = deck.language, deck.book.quadrant
    canvas = page.canvas.group(room, language.chapter("quadrant"), language.about("quadrant"))
    across = room.width - _AXIS - _SPLIT
    down = room.height - _AXIS - _SPLIT
    left, upper = 0.5, 0.5
    if any(_crowded(found.of(each), down / 4 - _HEAD / 2) for row in _ROWS for each in row):
        left = _part([len(found.of(row[0])) for row in _ROWS], len(found.dots))
        upper = _part([len(found.of(each)) for each in _ROWS[0]], len(found.dots))
    for row, quarters in enumerate(_ROWS):
        top = room.top + row * (down * upper + _SPLIT)
        height = down * (1 - upper if row else upper)
        for column, quarter in enumerate(quarters):
            start = room.left + _AXIS + column * (across * left + _SPLIT)
            width = across * (1 - left if column else left)
            _quarter(canvas, deck, quarter, Rect(start, width, top, height))
    _axes(canvas, deck, room)


def _part(counts: Sequence[int], whole: int) -> float:
    """The part of the width or height for quarters with so many of all tools."""
    return min(max(sum(counts) / whole, 1 - _MOST_PART), _MOST_PART)


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
        crowd(canvas, deck, dots, inner)
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
    line = max((fit.high(1, SMALLEST, each.tool.name) for each in dots), default=0.0)
    return bool(fullest) and fullest[0][1] * line > height


def _field(canvas: Canvas, deck: Deck, dots: Sequence[Dot], at: Rect) -> None:
    """The tools of one field, below one another."""
    rows = _fullest(deck.book.quadrant.dots, at.height)
    high = max(fit.high(1, 1, each.tool.name) for each in dots)
    size = min(_LARGEST, max(at.height / rows / high, SMALLEST))
    for number, dot in enumerate(dots):
        there = Rect(at.left, at.width, at.top + number * size * high, size * high)
        marked(canvas, dot, there, size, contradicted(deck, dot))


def _fullest(dots: Sequence[Dot], height: float) -> int:
    """How many tools the fullest field has that is drawn as one."""
    counts = Counter((each.business, each.technical) for each in dots).values()
    most = int(height / fit.high(1, SMALLEST))
    return max((each for each in counts if each <= most), default=1)


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
