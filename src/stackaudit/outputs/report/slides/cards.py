"""Discussion cards, two to a slide: a decision, the question for one side, and lines to fill in."""

from __future__ import annotations

from typing import Final, Literal

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.decisions import Decision
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.decisions import decision_title, money_of
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.parts import ACCENT, Pen
from stackaudit.outputs.svg.palette import LIGHT

CardSide = Literal["marketing", "it"]
_TOP: Final = 122.0
_GAP: Final = 24.0
_PAD: Final = 18.0
_ROW: Final = 42.0
_LINES: Final = 5 * _ROW + 12
"""The part of a card that is filled in by hand."""
_FOUND: Final = (15.0, 14.0, 13.0, 12.0)
"""Letters of what was found."""
_BELOW: Final = 10.0
"""Room below it, in points."""


def card_slides(deck: Deck) -> None:
    """The cards of every decision, first those for marketing, then those for IT."""
    sides: tuple[CardSide, ...] = ("marketing", "it")
    for side in sides:
        found = deck.book.decisions.first
        pairs = [found[at : at + 2] for at in range(0, len(found), 2)]
        for number, pair in enumerate(pairs, 1):
            _slide(deck, side, pair, f"{number}/{len(pairs)}")


def _slide(deck: Deck, side: CardSide, pair: tuple[Decision, ...], part: str) -> None:
    language = deck.language
    page = deck.page(language.word(f"slides.cards.{side}", part=part))
    width = (BODY.width - _GAP) / 2
    for number, each in enumerate(pair):
        at = Rect(BODY.left + number * (width + _GAP), width, _TOP, BODY.bottom - _TOP)
        _card(page.canvas, deck, side, each, at)
        page.say(f"{each.number}. {decision_title(each)}: {each.message}")
    page.say("", language.word("slides.cards.how"))
    deck.finish(page)


def _card(canvas: Canvas, deck: Deck, side: CardSide, decision: Decision, at: Rect) -> None:
    title = decision_title(decision)
    question = decision.ask_marketing if side == "marketing" else decision.ask_it
    group = canvas.group(at, f"Card {decision.number}", f"{title}. {question}")
    group.box(at, name="Card", fill=LIGHT.paper, edge=Pen(LIGHT.edge, 1), form="roundRect")
    group.box(Rect(at.left, at.width, at.top, 6), name="Mark", fill=ACCENT)
    room = at.width - 2 * _PAD
    inner = Rect(at.left + _PAD, room, at.top + _PAD, at.height - _LINES - _PAD)
    group.label(inner, *_texts(deck, side, decision, inner))
    _blanks(group, deck, Rect(inner.left, room, at.bottom - _LINES, _LINES))


def _texts(deck: Deck, side: CardSide, decision: Decision, at: Rect) -> list[Text]:
    """Decision, facts, what was found, and the question, as large as they fit."""
    language, room = deck.language, at.width
    title = f"{decision.number}. {decision_title(decision)}"
    facts = [language.severity(decision.severity), language.lead(decision.lead)]
    effort = language.effort(decision.effort)
    facts.append(language.word("slides.roadmap.effort", effort=effort))
    money = money_of(deck, decision.saves)
    if money != "–":
        facts.append(f"{language.word('column.saves')}: {money}")
    if len(decision.findings) > 1:
        facts.append(language.word("slides.cards.first", n=language.number(len(decision.findings))))
    ask = decision.ask_marketing if side == "marketing" else decision.ask_it
    size = fit.size_for(title, room, (20.0, 18.0, 16.0), 2, bold=True)
    above = [
        Text(title, size, bold=True, lines=2, after=5),
        Text(" · ".join(facts), 12, color=LIGHT.faint, lines=2, after=8),
    ]
    below = [
        Text(language.word(f"finding.ask_{side}"), 12, color=LIGHT.faint, after=2),
        Text(ask, 18, bold=True, lines=3),
    ]
    left = at.height - sum(_high(each, room) for each in (*above, *below))
    return [*above, _message(decision.message, room, left), *below]


def _message(found: str, room: float, height: float) -> Text:
    """What was found, in letters with which all of it fits above the question."""
    left = height - _BELOW * fit.PX
    ways = [
        Text(found, size, lines=int(left / fit.high(1, size, found)), after=_BELOW)
        for size in _FOUND
    ]
    whole = (each for each in ways if fit.count(found, room, each.size) <= each.lines)
    return next(whole, ways[-1])


def _high(text: Text, room: float) -> float:
    """How high a paragraph is, with the room below it, in pixels."""
    lines = min(fit.count(text.text, room, text.size, bold=text.bold), text.lines)
    return fit.high(lines, text.size, text.text) + text.after * fit.PX


def _blanks(canvas: Canvas, deck: Deck, at: Rect) -> None:
    """Lines to write on: the decision, who answers for it on both sides, by when."""
    word = deck.language.word
    half = (at.width - 20) / 2
    rows = [Rect(at.left, at.width, at.top + number * _ROW, _ROW) for number in range(5)]
    _blank(canvas, word("decision.we_decide"), rows[0])
    _blank(canvas, "", rows[1])
    _blank(canvas, word("decision.business"), rows[2])
    _blank(canvas, word("decision.technical"), rows[3])
    last = rows[4]
    _blank(canvas, word("decision.until"), Rect(at.left, half, last.top, _ROW))
    _blank(canvas, word("decision.notes"), Rect(at.left + half + 20, half, last.top, _ROW))


def _blank(canvas: Canvas, title: str, at: Rect) -> None:
    """A line to write on, after its name."""
    width = fit.wide(title, 12) + 8 if title else 0.0
    if title:
        place = Rect(at.left, width, at.bottom - 22, 20)
        canvas.label(place, Text(title, 12, color=LIGHT.faint), anchor="b")
    start, end = (at.left + width, at.bottom - 4), (at.right, at.bottom - 4)
    canvas.connector(start, end, Pen(LIGHT.faint, 1), name=f"{title}: …")
