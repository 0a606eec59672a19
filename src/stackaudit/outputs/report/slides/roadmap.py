"""The roadmap: what to do now, next and later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.roadmap import HORIZONS, Horizon, Step
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.decisions import money_of
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.parts import ACCENT
from stackaudit.outputs.svg.palette import LIGHT

_TOP: Final = 80.0
_GAP: Final = 6.0
_MORE: Final = 22.0
_SIZE, _NOTE = 13.0, 12.0
"""Letters of what a step is, and of what is said of it."""
_PADS: Final = 12.0
_SIDES: Final = 22.0
"""What of a card's height and width is not text."""


def roadmap_slide(deck: Deck) -> None:
    """The slide with now, next and later."""
    language, found = deck.language, deck.book.roadmap
    numbers = {each: language.number(len(found.of(each))) for each in HORIZONS}
    empty = found.empty
    if empty is not None:
        page = deck.page(language.word("slides.headline.roadmap.none", why=language.reason(empty)))
        page.empty(empty, fill="roadmap")
    else:
        later = {"next": numbers["next"], "later": numbers["later"]}
        headline = language.count("slides.headline.roadmap.some", len(found.now), **later)
        page = deck.page(headline)
        page.caption(language.about("roadmap"))
        width = (BODY.width - 2 * 18) / 3
        for column, horizon in enumerate(HORIZONS):
            at = Rect(BODY.left + column * (width + 18), width, BODY.top, BODY.height)
            _column(page, deck, horizon, at)
    page.say(language.about("roadmap"))
    for horizon in HORIZONS:
        page.say(f"{language.horizon(horizon)}: {language.word(f'horizon_about.{horizon}')}")
    deck.finish(page)


def _column(page: Page, deck: Deck, horizon: Horizon, at: Rect) -> None:
    language, steps = deck.language, deck.book.roadmap.of(horizon)
    title = f"{language.horizon(horizon)} ({language.number(len(steps))})"
    head = Rect(at.left, at.width, at.top, _TOP - 10)
    about = language.word(f"horizon_about.{horizon}")
    page.canvas.box(
        head, Text(title, 16, bold=True), Text(about, 12, color=LIGHT.faint, lines=2), name=title,
        inset=(0, 2, 0),
    )  # fmt: skip
    page.canvas.box(Rect(at.left, at.width, head.bottom, 3), name="Mark", fill=ACCENT)
    if not steps:
        nothing = Rect(at.left, at.width, at.top + _TOP, 22)
        page.canvas.label(nothing, Text(language.word("none"), 12, color=LIGHT.faint))
    heights = [_height(each, at.width) for each in steps]
    number, top = _most(heights, at.height - _TOP), at.top + _TOP
    for step, height in zip(steps[:number], heights, strict=False):
        _step(page.canvas, deck, step, Rect(at.left, at.width, top, height))
        top += height + _GAP
    if number < len(steps):
        more = language.count("more", len(steps) - number)
        page.canvas.label(Rect(at.left, at.width, top, 22), Text(more, 12, color=LIGHT.faint))
        page.say(f"{title}:", *(f"– {_title(each)}" for each in steps[number:]))


def _most(heights: Sequence[float], room: float) -> int:
    """How many steps there is room for, with how many more there are if not for all."""
    if sum(heights) + _GAP * (len(heights) - 1) <= room:
        return len(heights)
    number, left = 0, room - _MORE
    while heights[number] <= left:
        left -= heights[number] + _GAP
        number += 1
    return number


def _height(step: Step, width: float) -> float:
    """How high the card of a step is: with a title on one line or on two."""
    title = _title(step)
    lines = min(fit.count(title, width - _SIDES, _SIZE, bold=True), 2)
    return fit.high(lines, _SIZE, title) + fit.high(1, _NOTE) + _PADS


def _title(step: Step) -> str:
    """What a step is, and what it is about where that is one thing."""
    if step.origin == "planned" or not step.findings:
        return step.title
    return step.title if step.detail is None else f"{fit.short(step.detail)}: {step.title}"


def _step(canvas: Canvas, deck: Deck, step: Step, at: Rect) -> None:
    """A step: what, who, when, how much."""
    language = deck.language
    parts = [step.when or ""]
    if step.origin == "planned":
        parts[:0] = [language.word("slides.roadmap.planned")]
        parts += [", ".join(step.owners.all)]
    if step.lead is not None:
        parts.append(language.lead(step.lead))
    if step.effort is not None:
        parts.append(language.word("slides.roadmap.effort", effort=language.effort(step.effort)))
    money = money_of(deck, step.saves)
    if money != "–":
        known = any(map(str.isdigit, money))
        parts.append(money if known else f"{language.word('column.saves')}: {money}")
    note = " · ".join(each for each in parts if each)
    title = _title(step)
    group = canvas.group(at, f"Step {title}", f"{title}. {note}")
    group.box(
        at, Text(title, _SIZE, bold=True, lines=2, ending=True),
        Text(note, _NOTE, color=LIGHT.faint),
        name="Step", fill=LIGHT.lane, form="roundRect", anchor="ctr", inset=(14, 3, 8),
    )  # fmt: skip
    color = LIGHT.severity[step.severity] if step.severity is not None else ACCENT
    group.box(Rect(at.left, 5, at.top, at.height), name="Weight", fill=color)
