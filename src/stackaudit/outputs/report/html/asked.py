"""Questions put together: the same question about several things is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackaudit.dataclass import dataclass
from stackaudit.figures.questions import Question, Respondent
from stackaudit.rules.asking import Role


@dataclass(frozen=True, slots=True)
class TopicAsked:
    """One question, and everything it is asked about."""

    text: str
    about: tuple[Question, ...]
    decides: int
    """How many rules an answer decides at the most."""
    helps: int


@dataclass(frozen=True, slots=True)
class Round:
    """Questions about the same things: they are asked together."""

    about: tuple[Question, ...]
    topics: tuple[TopicAsked, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to ask, and what."""

    role: Role
    name: str | None
    count: int
    rounds: tuple[Round, ...]
    """In the order in which their best question is worth asking."""


def asked(respondents: Iterable[Respondent]) -> Iterator[Asked]:
    """The questions of everybody, by topic and by what they are about."""
    for each in respondents:
        topics: dict[str, list[Question]] = {}
        for _, question in each.questions:
            topics.setdefault(question.text, []).append(question)
        rounds: dict[tuple[str, ...], list[TopicAsked]] = {}
        for text, about in topics.items():
            things = tuple(sorted(one.label for one in about))
            rounds.setdefault(things, []).append(_topic(text, about))
        found = tuple(Round(topics[0].about, tuple(topics)) for topics in rounds.values())
        yield Asked(each.role, each.name, len(each.questions), found)


def _topic(text: str, about: list[Question]) -> TopicAsked:
    return TopicAsked(
        text,
        tuple(about),
        max(len(each.decides) for each in about),
        max(len(each.helps) for each in about),
    )
