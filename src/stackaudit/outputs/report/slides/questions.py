"""The open questions by whom to ask: one line for each, however many tools it is about."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.questions import Question
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import ACCENT, Text
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.svg.palette import LIGHT
from stackaudit.rules.asking import ROLES, Role

_HEAD: Final = 44.0
_NAMES: Final = 4
_GAP: Final = 18.0
_SIZE: Final = 13.0


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
        for number, role in enumerate(ROLES):
            at = Rect(BODY.left + number * (width + _GAP), width, BODY.top, BODY.height)
            _column(page, deck, role, at)
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


def _column(page: Page, deck: Deck, role: Role, at: Rect) -> None:
    language = deck.language
    asked = _asked(deck.book.questions.interview.questions, role)
    number = language.number(sum(len(each.labels) for each in asked))
    title = f"{language.role(role)} ({number})"
    head = Rect(at.left, at.width, at.top, _HEAD - 10)
    page.canvas.box(head, Text(title, 16, bold=True), name=title, anchor="ctr")
    page.canvas.box(Rect(at.left, at.width, head.bottom, 3), name="Mark", fill=ACCENT)
    top = at.top + _HEAD + 4
    for place, each in enumerate(asked):
        texts = _texts(deck, each)
        height = sum(
            fit.high(
                min(fit.count(t.text, at.width - 20, t.size, bold=t.bold), t.lines), t.size, t.text
            )
            for t in texts
        ) + 14  # fmt: skip
        last = place == len(asked) - 1
        if top + height > at.bottom - (0 if last else 24):
            left = len(asked) - place
            more = language.count("slides.questions.more", left)
            rest = Rect(at.left, at.width, top, 22)
            page.canvas.label(rest, Text(more, 12, color=LIGHT.faint))
            page.say(f"{title}:", *(f"– {e.text} {_about(deck, e)}" for e in asked[place:]))
            break
        page.canvas.box(
            Rect(at.left, at.width, top, height), *texts, name=each.text, fill=LIGHT.lane,
            form="roundRect", anchor="ctr", inset=(10, 4, 10),
        )  # fmt: skip
        top += height + 6
    if not asked:
        none = Rect(at.left, at.width, top, 22)
        page.canvas.label(none, Text(language.word("none"), 13, color=LIGHT.faint))


def _texts(deck: Deck, asked: _Asked) -> tuple[Text, ...]:
    first = Text(asked.text, _SIZE, bold=True, lines=3)
    return first, Text(_about(deck, asked), 12, color=LIGHT.faint, lines=2)


def _about(deck: Deck, asked: _Asked) -> str:
    """For which tools, and how many rules wait for the answers."""
    language = deck.language
    names = list(dict.fromkeys(asked.labels))
    shown = names[:_NAMES]
    if len(shown) < len(names):
        shown.append(language.count("more", len(names) - len(shown)))
    rules = language.count("questions.decides", len(asked.rules))
    return f"{', '.join(shown)} · {rules}"
