"""The decisions to take first."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.decisions import Decision
from stackaudit.findings.money import Total
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Text
from stackaudit.outputs.report.slides.columns import Cell, Column, naming
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.table import fits, table
from stackaudit.outputs.svg.palette import LIGHT

_SIZES: Final = (15.0, 14.0, 13.0, 12.0)
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
        rows = [_row(deck, each, owners=1) for each in found.first]
    if not fits(room, _columns(deck), rows, _SIZES):
        rows = [_row(deck, each, owners=1, title=1) for each in found.first]
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
    return title if about == "rule" else f"{fit.short(decision.subject.name)}: {title}"


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


def _row(deck: Deck, decision: Decision, owners: int = 2, title: int = 2) -> tuple[Cell, ...]:
    """A decision; its title and the names of owners in at most so many lines."""
    language, named = deck.language, tuple(decision.owners.all)
    nobody = Cell(language.word("questions.nobody_named"), lines=owners)
    return (
        Cell(str(decision.number), bold=True),
        Cell(decision_title(decision), bold=True, lines=title, ending=True),
        Cell(language.number(len(decision.findings))),
        Cell(money_of(deck, decision.saves)),
        Cell(language.effort(decision.effort)),
        Cell(language.lead(decision.lead)),
        Cell(language.severity(decision.severity), bold=True,
             color=LIGHT.severity[decision.severity]),
        naming(named, lines=owners) if named else nobody,
    )  # fmt: skip


def money_of(deck: Deck, total: Total | None) -> str:
    """What something saves; a dash where it is not about money."""
    if total is None or total.nothing:
        return "–"
    return deck.language.total(total, deck.book.currency)
