"""The questions worth asking: what is unknown, ranked by what an answer would decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.stakes import PRIVACY, Stakes
from stackaudit.figures.subjects import label_of, owner_of
from stackaudit.figures.summary import contract_costs
from stackaudit.figures.unknowns import UsefulUnknown, paths_of, useful, waiting
from stackaudit.rules.asking import ROLES, Path, Role, Topic, frame, topic_of
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import ENGLISH, Wording

Whom: TypeAlias = tuple[Role, str | None]
"""A role, and the name of the one who has it, where the inventory states it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something nobody stated, in words for the person who knows it."""

    path: Path
    label: str
    """What it is asked about, as a person would name it: HubSpot."""
    topic: Topic
    owner: str | None
    """The name of the one to ask, where the inventory states it."""
    decides: tuple[str, ...]
    """Rules that wait for nothing else, for one of their subjects at least."""
    helps: tuple[str, ...]
    """Rules that wait for other facts as well, wherever they wait."""
    unknown: UsefulUnknown
    cost: float | None
    """What the contracts of the tools it is about cost a year; None if that is not stated."""
    privacy: str | None
    """The most sensitive data of those tools: none, personal, special; None if unknown."""

    @property
    def text(self) -> str:
        """The question."""
        return self.topic.text

    @property
    def role(self) -> Role:
        """Who can answer it."""
        return self.topic.role

    def sort_key(self) -> tuple[object, ...]:
        """What most rules wait for first; of equals the worst, the dearest, the most sensitive."""
        first = (-len(self.unknown.rules), -self.unknown.worst)
        stakes = (-(self.cost or 0.0), -PRIVACY[self.privacy])
        return (*first, *stakes, -self.unknown.checks, self.unknown.missing)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is asked of one person at once: one question, about everything it is open for."""

    number: int
    """Its rank among all entries, from 1: the one that its best question has."""
    questions: tuple[Question, ...]
    """The same question about different things, the most useful first; at least one."""
    decides: tuple[str, ...]
    """Rules that wait for these answers and nothing else, for one of their subjects at least."""
    helps: tuple[str, ...]
    """Rules that wait for other facts as well, wherever they wait."""
    unknown: UsefulUnknown
    """What waits for all of them together; the path and the place are those of the best."""
    cost: float | None
    """What the contracts of all tools it is about cost a year, each once; None if not stated."""
    privacy: str | None
    """The most sensitive data of those tools: none, personal, special; None if unknown."""

    @property
    def best(self) -> Question:
        """The question that gives the entry its rank."""
        return self.questions[0]

    @property
    def whom(self) -> Whom:
        """Whom to ask."""
        return self.best.role, self.best.owner

    @property
    def title(self) -> str:
        """What it is about, as a person would name it: HubSpot, or 9 flows."""
        if len(self.questions) == 1:
            return self.best.label
        section, words = self.best.path.section, frame(self.best.topic.language)
        several = words["sections"].get(section, section)
        return str(words["several"]).format(n=len(self.questions), section=several)

    @property
    def fact(self) -> str:
        """The path that is asked for; of several one for all, `flows.*.credential.held_by`."""
        if len(self.questions) == 1:
            return self.unknown.missing
        path = self.best.path
        return f"{path.section}.*.{path.key}" if path.key else f"{path.section}.*"

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything it is about; two things that are called the same with their ids."""
        often = Counter(each.label for each in self.questions)
        return tuple(
            each.label if often[each.label] == 1 else f"{each.label} ({each.path.entry})"
            for each in self.questions
        )


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody to ask, and what to ask them, the most useful first."""

    role: Role
    name: str | None
    entries: tuple[Entry, ...]
    questions: tuple[tuple[int, Question], ...]
    """Those of the entries one by one, each with its place among all questions, from 1."""

    @property
    def title(self) -> str:
        """Business owner: marketing-ops."""
        words = frame(self.entries[0].best.topic.language)
        role = words["roles"][self.role]
        title = f"{role[:1].upper()}{role[1:]}"
        if self.name:
            return str(words["person"]).format(role=title, name=self.name)
        return title if self.role == "security" else str(words["nobody"]).format(role=title)


@dataclass(frozen=True, slots=True)
class Interview:
    """All questions that an audit leaves, in the order in which they are worth asking."""

    entries: tuple[Entry, ...]
    """The questions as they are asked: the same about several things, of one person, once."""
    questions: tuple[Question, ...]
    """The questions of the entries one by one, each by its own rank."""
    total: int
    """How many questions there are; `questions` may be only some of them."""
    total_entries: int
    """How many entries there are; `entries` may be only the first of them."""
    open: int
    """How many checks (rule × subject) wait for an answer."""
    datasets: tuple[str, ...]
    """The ids of the data that the inventory knows, for questions about data."""
    currency: str | None
    """Of all amounts."""
    inventory: str
    """The file that was audited."""
    wording: Wording = ENGLISH
    """The language of the questions."""

    def first(self, limit: int | None) -> Interview:
        """The same with at most so many entries, and the questions of those; all if None."""
        kept = self.entries[:limit]
        wanted = {each.unknown.missing for entry in kept for each in entry.questions}
        questions = tuple(each for each in self.questions if each.unknown.missing in wanted)
        return replace(self, entries=kept, questions=questions)

    def respondents(self) -> tuple[Respondent, ...]:
        """The entries by whom to ask: by role, and in it by the best entry."""
        found: dict[Whom, list[Entry]] = {}
        for each in self.entries:
            found.setdefault(each.whom, []).append(each)
        single: dict[Whom, list[tuple[int, Question]]] = defaultdict(list)
        for number, question in enumerate(self.questions, 1):
            single[question.role, question.owner].append((number, question))
        inorder = sorted(
            found.items(), key=lambda item: (ROLES.index(item[0][0]), item[1][0].number)
        )
        return tuple(
            Respondent(*whom, tuple(entries), tuple(single[whom])) for whom, entries in inorder
        )


def interview(result: AuditResult, limit: int | None = None) -> Interview:
    """The questions of an audit, at most `limit` entries of them."""
    stakes = Stakes(result.world, contract_costs(result))
    waits = waiting(result.open)
    decided = _decided(result, {missing: missing for missing in waits})
    origins = result.stack.origins
    ranked = sorted(
        (
            _question(useful(missing, opens, origins), decided.get(missing, set()), stakes)
            for missing, opens in waits.items()
        ),
        key=Question.sort_key,
    )
    entries = _entries(ranked, result, stakes)
    return Interview(
        entries=entries,
        questions=tuple(ranked),
        total=len(ranked),
        total_entries=len(entries),
        open=len(result.open),
        datasets=tuple(result.stack.datasets),
        currency=result.stack.currency,
        inventory=origins.main_file,
        wording=result.world.wording,
    ).first(limit)


def _entries(ranked: Iterable[Question], result: AuditResult, stakes: Stakes) -> tuple[Entry, ...]:
    """The questions put together, where topic and person are the same."""
    together: dict[tuple[Topic, str | None], list[Question]] = {}
    for each in ranked:
        together.setdefault((each.topic, each.owner), []).append(each)
    asked_in = {
        each.unknown.missing: asked[0].unknown.missing
        for asked in together.values()
        for each in asked
    }
    decided, waits = _decided(result, asked_in), waiting(result.open)
    found: list[Entry] = []
    for number, asked in enumerate(together.values(), 1):
        opens = {id(each): each for one in asked for each in waits[one.unknown.missing]}
        best = asked[0].unknown.missing
        unknown = useful(best, list(opens.values()), result.stack.origins)
        found.append(_entry(number, asked, unknown, decided.get(best, set()), stakes))
    return tuple(found)


def _entry(
    number: int, asked: list[Question], unknown: UsefulUnknown, alone: set[str], stakes: Stakes
) -> Entry:
    return Entry(
        number=number,
        questions=tuple(asked),
        decides=tuple(rule for rule in unknown.rules if rule in alone),
        helps=tuple(rule for rule in unknown.rules if rule not in alone),
        unknown=unknown,
        cost=stakes.cost([each.path for each in asked]),
        privacy=max((each.privacy for each in asked), key=lambda word: PRIVACY[word]),
    )


def _decided(result: AuditResult, asked_in: Mapping[str, str]) -> Mapping[str, set[str]]:
    """What paths are asked in → the rules that wait for it alone, and that any answer decides.

    `asked_in`: path → the path that stands for everything that is asked together with it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for each in result.open:
        asked = {asked_in[missing] for missing in paths_of(each)}
        if len(asked) == 1:
            found[asked.pop()].add(each.rule)
    terms = {rule.id for rule in result.rules if _reads_terms(rule)}
    for missing, rules in found.items():
        if topic_of(Path.of(missing)).kind == "contract":
            rules.difference_update(terms)
    return found


def _question(unknown: UsefulUnknown, alone: set[str], stakes: Stakes) -> Question:
    path = Path.of(unknown.missing)
    topic = topic_of(path, stakes.world.wording.code)
    return Question(
        path=path,
        label=label_of(stakes.world, path),
        topic=topic,
        owner=owner_of(stakes.world, path, topic.role),
        decides=tuple(rule for rule in unknown.rules if rule in alone),
        helps=tuple(rule for rule in unknown.rules if rule not in alone),
        unknown=unknown,
        cost=stakes.cost([path]),
        privacy=stakes.privacy(path),
    )


def _reads_terms(rule: Rule) -> bool:
    """Whether a rule needs more of a contract than whether there is one, and what it costs.

    Somebody who names the cost has not said yet when it renews.
    """
    keys = {
        key
        for fact in rule.facts()
        if fact.kind == "contract"
        for key in (fact.key, *fact.rests_on)
    }
    return bool(keys - {None, "cost"})
