"""The decisions to take first, and the roadmap."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.decisions import Decision
from stackaudit.figures.report.roadmap import HORIZONS, Horizon, Step
from stackaudit.findings.money import Total
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import ACCENT, Canvas, Text
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.table import Cell, Column, fits, table
from stackaudit.outputs.svg.palette import LIGHT

_CARD: Final = 53.0
_STEP_GAP: Final = 6.0
_TOP: Final = 80.0
_MORE: Final = 20.0
_SIZES: Final = (15.0, 14.0, 13.0, 12.0, 11.0)
"""Of the letters of the decisions, which all ten have to be there."""


def decisions_slide(deck: Deck) -> None:
    """The slide with the ten decisions."""
    book, language, found = deck.book, deck.language, deck.book.decisions
    page = deck.page(_headline(deck))
    page.caption(language.about("decisions"))
    page.say(language.about("decisions"))
    if found.empty is not None:
        page.empty(found.empty, fill="decisions")
        deck.finish(page)
        return
    says = language.chapter("decisions")
    room = Rect(BODY.left, BODY.width, BODY.top, BODY.height - (26 if found.others else 0))
    rows = [_row(deck, each) for each in found.first]
    if not fits(room, _columns(deck), rows, _SIZES):
        rows = [_row(deck, each, lines=1) for each in found.first]
    more = lambda number: language.count("more", number)  # noqa: E731
    table(page.canvas, room, _columns(deck), rows, name=says, says=says, more=more,
          sizes=_SIZES)  # fmt: skip
    if found.others:
        others = language.count("decision.others", found.others)
        at = Rect(BODY.left, BODY.width, BODY.bottom - 22, 20)
        page.canvas.label(at, Text(others, 12, color=LIGHT.faint), anchor="ctr")
    for each in found.first:
        page.say(f"{each.number}. {decision_title(each)}: {each.message} {each.fix}")
    page.say("", language.word("slides.decisions.how", currency=book.currency or "–"))
    deck.finish(page)


def _headline(deck: Deck) -> str:
    language, found = deck.language, deck.book.decisions
    if found.empty is not None:
        return language.word("slides.headline.decisions.none", why=language.reason(found.empty))
    first = decision_title(found.first[0])
    return language.count("slides.headline.decisions.some", len(found.first), first=first)


def decision_title(decision: Decision) -> str:
    """What is to be decided: the rule's title, and what it is about where that is one thing."""
    about, title = decision.about, decision.title
    return title if about == "rule" else f"{decision.subject.name}: {title}"


def _columns(deck: Deck) -> tuple[Column, ...]:
    word = deck.language.word
    return (
        Column(word("column.number"), 0.45, "ctr"),
        Column(word("column.decision"), 4),
        Column(word("column.findings"), 1.15, "r"),
        Column(word("column.saves"), 1.4, "r"),
        Column(word("column.effort"), 0.9),
        Column(word("column.lead"), 1.5),
        Column(word("column.severity"), 1.3),
        Column(word("column.owners"), 2.5),
    )


def _row(deck: Deck, decision: Decision, lines: int = 2) -> tuple[Cell, ...]:
    """A decision; names of owners in at most so many lines."""
    language = deck.language
    owners = ", ".join(decision.owners.all) or language.word("questions.nobody_named")
    return (
        Cell(str(decision.number), bold=True),
        Cell(decision_title(decision), bold=True),
        Cell(language.number(len(decision.findings))),
        Cell(money_of(deck, decision.saves)),
        Cell(language.effort(decision.effort)),
        Cell(language.lead(decision.lead)),
        Cell(language.severity(decision.severity), bold=True,
             color=LIGHT.severity[decision.severity]),
        Cell(owners, lines=lines),
    )  # fmt: skip


def money_of(deck: Deck, total: Total | None) -> str:
    """What something saves; a dash where it is not about money."""
    if total is None or total.nothing:
        return "–"
    return deck.language.total(total, deck.book.currency)


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
    most = int((at.height - _TOP + _STEP_GAP) / (_CARD + _STEP_GAP))
    if len(steps) > most:
        most = int((at.height - _TOP - _MORE) / (_CARD + _STEP_GAP))
    shown = steps[:most]
    if not steps:
        nothing = Rect(at.left, at.width, at.top + _TOP, 22)
        page.canvas.label(nothing, Text(language.word("none"), 12, color=LIGHT.faint))
    for number, step in enumerate(shown):
        top = at.top + _TOP + number * (_CARD + _STEP_GAP)
        _step(page.canvas, deck, step, Rect(at.left, at.width, top, _CARD))
    if len(shown) < len(steps):
        top = at.top + _TOP + len(shown) * (_CARD + _STEP_GAP)
        more = language.count("more", len(steps) - len(shown))
        page.canvas.label(Rect(at.left, at.width, top, 22), Text(more, 12, color=LIGHT.faint))
        page.say(f"{title}:", *(f"– {_title(each)}" for each in steps[len(shown) :]))


def _title(step: Step) -> str:
    """What a step is, and what it is about where that is one thing."""
    if step.origin == "planned" or not step.findings:
        return step.title
    return step.title if step.detail is None else f"{step.detail}: {step.title}"


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
        parts.append(money)
    note = " · ".join(each for each in parts if each)
    title = _title(step)
    size = fit.size_for(title, at.width - 22, (13.0, 12.0, 11.0), 1, bold=True)
    group = canvas.group(at, f"Step {title}", f"{title}. {note}")
    group.box(
        at, Text(title, size, bold=True), Text(note, 12, color=LIGHT.faint),
        name="Step", fill=LIGHT.lane, form="roundRect", anchor="ctr", inset=(14, 3, 8),
    )  # fmt: skip
    color = LIGHT.severity[step.severity] if step.severity is not None else ACCENT
    group.box(Rect(at.left, 5, at.top, at.height), name="Weight", fill=color)
