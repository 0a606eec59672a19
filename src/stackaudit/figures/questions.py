"""The questions worth asking: what is unknown, ranked by what an answer would decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.figures.subjects import label_of, owner_of, tools_of
from stackaudit.figures.summary import contract_costs
from stackaudit.figures.unknowns import UsefulUnknown, paths_of, useful, waiting
from stackaudit.rules.asking import ROLES, Path, Role, Topic, topic_of
from stackaudit.rules.finding import Open
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
    costs = contract_costs(result)
    found = [
        _question(result, missing, opens, costs)
        for missing, opens in waiting(result.open).items()
    ]
    ranked = sorted(found, key=Question.sort_key)
    return Interview(
        questions=tuple(ranked[:limit]),
        total=len(ranked),
        open=len(result.open),
        datasets=tuple(result.stack.datasets),
        currency=result.stack.currency,
    )


def _question(
    result: AuditResult, missing: str, opens: Sequence[Open], costs: Mapping[str, float]
) -> Question:
    path = Path.of(missing)
    topic = topic_of(path)
    world, tools = result.world, tools_of(result.world, path)
    alone = {each.rule for each in opens if len(paths_of(each)) == 1}
    unknown = useful(missing, list(opens), result.stack.origins)
    return Question(
        path=path,
        label=label_of(world, path),
        topic=topic,
        owner=owner_of(world, path, topic.role),
        decides=tuple(rule for rule in unknown.rules if rule in alone),
        helps=tuple(rule for rule in unknown.rules if rule not in alone),
        unknown=unknown,
        cost=_cost(world, path, tools, costs),
        privacy=_privacy(world, path, tools),
    )


def _cost(
    world: World, path: Path, tools: Sequence[str], costs: Mapping[str, float]
) -> float | None:
    """The yearly cost of the contracts behind it, each counted once."""
    names = {name for tool in tools for name in (tool, *world.covering.get(tool, ()))}
    if path.section == "contracts":
        names = {path.entry}
    stated = [costs[name] for name in sorted(names) if name in costs]
    return round(sum(stated), 2) if stated else None


def _privacy(world: World, path: Path, tools: Sequence[str]) -> str | None:
    """The most sensitive data that it is about."""
    datasets = world.stack.datasets
    names = {path.entry} if path.section == "datasets" else set()
    for tool in tools:
        handled = world.graph.exposure(tool).items
        names.update(each.dataset for each in handled if each.how != "key")
    found = [datasets[name].privacy for name in sorted(names) if name in datasets]
    return max(found, key=lambda word: PRIVACY[word], default=None)
