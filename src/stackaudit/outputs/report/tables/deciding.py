"""What is to be decided, planned and asked, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.questions import Question
from stackaudit.figures.report.decisions import Decision
from stackaudit.figures.report.roadmap import HORIZONS, Horizon, Step
from stackaudit.outputs.report.tables.model import Amount, Cell, Field, Lines, Pages, Table, table

_FEW: Final = 2


def decisions(pages: Pages) -> Table:
    """The decisions to take first."""
    found = pages.book.decisions
    title = pages.word("sheet.decisions")
    return table("decisions", title, _DECISIONS, found.first, pages, pages.reason(found.empty))


def _subject(decision: Decision, pages: Pages) -> Cell:
    """What is decided on; of one fix for several the tools, where those are few."""
    if decision.about != "rule":
        return decision.subject.name
    few = 0 < len(decision.tools) <= _FEW
    return pages.names(decision.tools) if few else pages.language.decision("rule")


_DECISIONS: Final[tuple[Field[Decision], ...]] = (
    Field("number", "number", 6, lambda each, _: each.number),
    Field("severity", "severity", 12, lambda each, _: each.severity),
    Field("title", "text", 30, lambda each, _: each.title),
    Field("subject", "text", 26, _subject),
    Field("message", "long", 50, lambda each, _: each.message),
    Field("fix", "long", 50, lambda each, _: each.fix),
    Field("saves", "money", 13, lambda each, p: p.total(each.saves)),
    Field("at_stake", "money", 13, lambda each, p: p.total(each.at_stake)),
    Field("effort", "text", 10, lambda each, p: p.language.effort(each.effort)),
    Field("lead", "text", 16, lambda each, p: p.language.lead(each.lead)),
    Field("business_owner", "text", 20, lambda each, _: ", ".join(each.owners.business)),
    Field("technical_owner", "text", 20, lambda each, _: ", ".join(each.owners.technical)),
    Field("tools", "text", 30, lambda each, p: p.tools(each.tools)),
    Field("findings", "text", 16, lambda each, p: p.numbers(each.findings)),
    Field("ask_it", "long", 40, lambda each, _: each.ask_it),
    Field("ask_marketing", "long", 40, lambda each, _: each.ask_marketing),
)


def roadmap(pages: Pages) -> Table:
    """What to do now, next and later."""
    found = pages.book.roadmap
    title = pages.word("sheet.roadmap")
    return table("roadmap", title, _ROADMAP, _steps(pages), pages, pages.reason(found.empty))


def _steps(pages: Pages) -> Iterator[tuple[Horizon, Step]]:
    found = pages.book.roadmap
    for horizon in HORIZONS:
        for step in {"now": found.now, "next": found.next, "later": found.later}[horizon]:
            yield horizon, step


def _about(each: tuple[Horizon, Step], pages: Pages) -> Cell:
    """What a step is about; of what is planned, what drives it."""
    step = each[1]
    if step.detail is None or step.origin != "planned":
        return step.detail
    return f"{pages.word('column.driver')}: {step.detail}"


def _lead(each: tuple[Horizon, Step], pages: Pages) -> Cell:
    return None if each[1].lead is None else pages.language.lead(each[1].lead)


def _effort(each: tuple[Horizon, Step], pages: Pages) -> Cell:
    return None if each[1].effort is None else pages.language.effort(each[1].effort)


_ROADMAP: Final[tuple[Field[tuple[Horizon, Step]], ...]] = (
    Field("horizon", "text", 10, lambda each, p: p.language.horizon(each[0])),
    Field("step", "text", 38, lambda each, _: each[1].title),
    Field("subject", "text", 26, _about),
    Field("when", "text", 12, lambda each, _: each[1].when),
    Field("severity", "severity", 12, lambda each, _: each[1].severity),
    Field("saves", "money", 13, lambda each, p: p.total(each[1].saves)),
    Field("effort", "text", 10, _effort),
    Field("lead", "text", 16, _lead),
    Field("business_owner", "text", 24, lambda each, _: ", ".join(each[1].owners.business)),
    Field("technical_owner", "text", 22, lambda each, _: ", ".join(each[1].owners.technical)),
    Field("tools", "text", 32, lambda each, p: p.tools(each[1].tools)),
    Field("depends_on", "text", 24, lambda each, p: p.names(each[1].depends_on)),
    Field("findings", "text", 16, lambda each, p: p.numbers(each[1].findings)),
)


def questions(pages: Pages) -> Table:
    """What nobody stated, in the order in which it is worth asking."""
    found = pages.book.questions
    asked = tuple(enumerate(found.interview.questions, 1))
    title = pages.word("sheet.questions")
    return table("questions", title, _QUESTIONS, asked, pages, pages.reason(found.empty))


def _whom(each: tuple[int, Question], pages: Pages) -> Cell:
    role = pages.language.role(each[1].role)
    return f"{role}: {each[1].owner}" if each[1].owner else role


def _hint(each: tuple[int, Question], pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    topic = each[1].topic
    return " | ".join(topic.answers) if topic.answers else topic.hint


def _cost(each: tuple[int, Question], pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    return None if each[1].cost is None else Amount(each[1].cost)


_QUESTIONS: Final[tuple[Field[tuple[int, Question]], ...]] = (
    Field("number", "number", 6, lambda each, _: each[0]),
    Field("subject", "text", 24, lambda each, _: each[1].label),
    Field("question", "long", 46, lambda each, _: each[1].text),
    Field("ask", "text", 30, _whom),
    Field("hint", "long", 48, _hint),
    Field("checks", "number", 9, lambda each, _: each[1].unknown.checks),
    Field("severity", "severity", 12, lambda each, _: each[1].unknown.worst),
    Field("cost", "money", 13, _cost),
    Field("decides", "facts", 34, lambda each, _: Lines(each[1].decides)),
    Field("fact", "text", 46, lambda each, _: each[1].unknown.missing),
)
