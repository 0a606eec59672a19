"""The open questions by whom to ask: one line for each, however many tools it is about."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.questions import Question
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Text
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.parts import ACCENT
from stackaudit.outputs.svg.palette import LIGHT
from stackaudit.rules.asking import ROLES, Role

_HEAD: Final = 44.0
_NAMES: Final = 8
_LINES: Final = 2
"""Of what a question is asked about."""
_BETWEEN: Final = 6.0
_GAP: Final = 18.0
_SIZES: Final = (15.0, 14.0, 13.0)
"""Letters of the questions."""


@dataclass(slots=True)
class _Asked:
    """A question, and what it is asked about."""

    text: str
    labels: list[str] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)


def questions_slide(deck: Deck) -> None:
    """The slide with what nobody has stated yet."""
    language, found = deck.language, deck.book.questions
    share = language.share(deck.book.kpis.verdict.decided_share)
    if found.empty is not None:
        why = language.reason(found.empty)
        page = deck.page(language.word("slides.headline.questions.none", why=why, share=share))
        page.empty(found.empty)
    else:
        total = found.interview.total
        page = deck.page(language.count("slides.headline.questions.some", total, share=share))
        page.caption(language.about("questions"))
        width = (BODY.width - 2 * _GAP) / 3
        size = _fitting(deck, width)
        for number, role in enumerate(ROLES):
            at = Rect(BODY.left + number * (width + _GAP), width, BODY.top, BODY.height)
            _column(page, deck, role, at, size)
    page.say(language.about("questions"), language.word("slides.questions.how"))
    deck.finish(page)


def _asked(questions: tuple[Question, ...], role: Role) -> list[_Asked]:
    """The questions to one role, alike ones together, the one most worth asking first."""
    found: dict[str, _Asked] = {}
    for each in questions:
        if each.role == role:
            asked = found.setdefault(each.text, _Asked(each.text))
            asked.labels.append(each.label)
            asked.rules.update((*each.decides, *each.helps))
    return list(found.values())


def _column(page: Page, deck: Deck, role: Role, at: Rect, size: float) -> None:
    language = deck.language
    asked = _asked(deck.book.questions.interview.questions, role)
    number = language.number(sum(len(each.labels) for each in asked))
    title = f"{language.role(role)} ({number})"
    head = Rect(at.left, at.width, at.top, _HEAD - 10)
    page.canvas.box(head, Text(title, 16, bold=True), name=title, anchor="ctr")
    page.canvas.box(Rect(at.left, at.width, head.bottom, 3), name="Mark", fill=ACCENT)
    top = at.top + _HEAD + 4
    if not asked:
        none = Rect(at.left, at.width, top, 22)
        page.canvas.label(none, Text(language.word("none"), 13, color=LIGHT.faint))
    for place, each in enumerate(asked):
        texts = _texts(deck, each, at.width, size)
        height = _height(texts, at.width)
        last = place == len(asked) - 1
        if top + height > at.bottom - (0 if last else 24):
            more = language.count("slides.questions.more", len(asked) - place)
            rest = Rect(at.left, at.width, top, 22)
            page.canvas.label(rest, Text(more, 12, color=LIGHT.faint))
            page.say(f"{title}:", *(f"– {e.text} {_about(deck, e)}" for e in asked[place:]))
            break
        page.canvas.box(
            Rect(at.left, at.width, top, height), *texts, name=each.text, fill=LIGHT.lane,
            form="roundRect", anchor="ctr", inset=(10, 4, 10),
        )  # fmt: skip
        if texts[1].text != _about(deck, each):
            page.canvas.left_out(f"{each.text} {_about(deck, each)}")
        top += height + _BETWEEN


def _fitting(deck: Deck, width: float) -> float:
    """The largest letters with which all questions fit; else the smallest."""
    columns = [_asked(deck.book.questions.interview.questions, role) for role in ROLES]
    for size in _SIZES:
        heights = [
            sum(_height(_texts(deck, e, width, size), width) + _BETWEEN for e in asked)
            for asked in columns
        ]
        if max(heights) <= BODY.height - _HEAD - 4:
            return size
    return _SIZES[-1]


def _height(texts: tuple[Text, ...], width: float) -> float:
    """How high the card of a question is."""
    lines = (min(fit.count(t.text, width - 20, t.size, bold=t.bold), t.lines) for t in texts)
    return sum(fit.high(n, t.size, t.text) for n, t in zip(lines, texts, strict=True)) + 14


def _texts(deck: Deck, asked: _Asked, width: float, size: float) -> tuple[Text, ...]:
    first = Text(asked.text, size, bold=True, lines=3)
    small = size - 1
    return first, Text(_about(deck, asked, width - 20, small), small, color=LIGHT.faint, lines=2)


def _about(deck: Deck, asked: _Asked, room: float = 0.0, size: float = 12.0) -> str:
    """For which tools, and how many rules wait for the answers; in two lines if there is a room."""
    language, names = deck.language, list(dict.fromkeys(asked.labels))
    rules = language.count("questions.decides", len(asked.rules))
    whole = f"{', '.join(names)} · {rules}"
    if not room or fit.count(whole, room, size) <= _LINES:
        return whole
    shown = [fit.short(each) for each in names]
    text = f"{shown[0]} · {rules}"
    for number in range(1, min(len(names), _NAMES)):
        parts = [*shown[:number], language.count("more", len(names) - number)]
        longer = f"{', '.join(parts)} · {rules}"
        if number > 1 and fit.count(longer, room, size) > _LINES:
            break
        text = longer
    return text
