"""The questions worth asking: what is unknown, ranked by what an answer would decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.figures.subjects import label_of, owner_of, tools_of
from stackaudit.figures.summary import contract_costs
from stackaudit.figures.unknowns import UsefulUnknown, paths_of, useful, waiting
from stackaudit.rules.asking import ROLES, Path, Role, Topic, topic_of
from stackaudit.rules.rule import Rule
from stackaudit.rules.world import World

PRIVACY: Final[Mapping[str | None, int]] = {"none": 0, None: 1, "personal": 2, "special": 3}
"""How sensitive data is; of data nobody classified it is not known that it is not."""


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
class Respondent:
    """Somebody to ask, and the questions for them, the most useful first."""

    role: Role
    name: str | None
    questions: tuple[tuple[int, Question], ...]
    """Each with its place among all questions, from 1."""

    @property
    def title(self) -> str:
        """Business owner: marketing-ops."""
        title = ROLES[self.role].capitalize()
        if self.role != "security" and self.name is None:
            return f"{title}, nobody named"
        return f"{title}: {self.name}" if self.name else title


@dataclass(frozen=True, slots=True)
class Interview:
    """All questions that an audit leaves, in the order in which they are worth asking."""

    questions: tuple[Question, ...]
    total: int
    """How many there are; `questions` may be only the first of them."""
    open: int
    """How many checks (rule × subject) wait for an answer."""
    datasets: tuple[str, ...]
    """The ids of the data that the inventory knows, for questions about data."""
    currency: str | None
    """Of all amounts."""
    inventory: str
    """The file that was audited."""

    def first(self, limit: int) -> Interview:
        """The same with at most so many questions."""
        return replace(self, questions=self.questions[:limit])

    def respondents(self) -> tuple[Respondent, ...]:
        """The questions by whom to ask: by role, and in it by the best question."""
        found: dict[tuple[Role, str | None], list[tuple[int, Question]]] = {}
        for number, each in enumerate(self.questions, 1):
            found.setdefault((each.role, each.owner), []).append((number, each))
        roles = list(ROLES)
        inorder = sorted(found.items(), key=lambda item: (roles.index(item[0][0]), item[1][0][0]))
        return tuple(Respondent(*key, tuple(each)) for key, each in inorder)


def interview(result: AuditResult, limit: int | None = None) -> Interview:
    """The questions of an audit, at most `limit` of them."""
    stakes = _Stakes(result.world, contract_costs(result))
    decided = _decided(result)
    origins = result.stack.origins
    ranked = sorted(
        (
            _question(useful(missing, opens, origins), decided.get(missing, set()), stakes)
            for missing, opens in waiting(result.open).items()
        ),
        key=Question.sort_key,
    )
    return Interview(
        questions=tuple(ranked[:limit]),
        total=len(ranked),
        open=len(result.open),
        datasets=tuple(result.stack.datasets),
        currency=result.stack.currency,
        inventory=origins.main_file,
    )


def _decided(result: AuditResult) -> Mapping[str, set[str]]:
    """Path → the rules that wait for it alone, and that any answer to it decides."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in result.open:
        paths = paths_of(each)
        if len(paths) == 1:
            found[paths[0]].add(each.rule)
    terms = {rule.id for rule in result.rules if _reads_terms(rule)}
    for missing, rules in found.items():
        if topic_of(Path.of(missing)).kind == "contract":
            rules.difference_update(terms)
    return found


def _question(unknown: UsefulUnknown, alone: set[str], stakes: _Stakes) -> Question:
    path = Path.of(unknown.missing)
    topic, tools = topic_of(path), tools_of(stakes.world, path)
    return Question(
        path=path,
        label=label_of(stakes.world, path),
        topic=topic,
        owner=owner_of(stakes.world, path, topic.role),
        decides=tuple(rule for rule in unknown.rules if rule in alone),
        helps=tuple(rule for rule in unknown.rules if rule not in alone),
        unknown=unknown,
        cost=stakes.cost(path, tools),
        privacy=stakes.privacy(path, tools),
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


@dataclass(frozen=True, slots=True)
class _Stakes:
    """What is at stake behind a path: money, and people's data."""

    world: World
    costs: Mapping[str, float]
    """What every contract costs a year, where that is stated."""
    known: dict[str, str | None] = field(default_factory=dict)
    """The most sensitive data of the tools looked at so far."""

    def cost(self, path: Path, tools: Sequence[str]) -> float | None:
        """The yearly cost of the contracts behind it, each counted once."""
        covering = self.world.covering
        names = {name for tool in tools for name in (tool, *covering.get(tool, ()))}
        if path.section == "contracts":
            names = {path.entry}
        stated = [self.costs[name] for name in sorted(names) if name in self.costs]
        return round(sum(stated), 2) if stated else None

    def privacy(self, path: Path, tools: Sequence[str]) -> str | None:
        """The most sensitive data that it is about."""
        found = [self._of_tool(tool) for tool in tools]
        if path.section == "datasets":
            found.append(self._worst({path.entry}))
        return max(found, key=lambda word: PRIVACY[word], default=None)

    def _of_tool(self, tool: str) -> str | None:
        if tool not in self.known:
            handled = self.world.graph.exposure(tool).items
            self.known[tool] = self._worst({e.dataset for e in handled if e.how != "key"})
        return self.known[tool]

    def _worst(self, names: set[str]) -> str | None:
        datasets = self.world.stack.datasets
        found = [datasets[name].privacy for name in sorted(names) if name in datasets]
        return max(found, key=lambda word: PRIVACY[word], default=None)
