"""Waivers: findings that somebody accepts, for a reason and until a day."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place

if TYPE_CHECKING:
    from stackaudit.rules.finding import Finding, Open, SubjectRef
    from stackaudit.rules.world import World

WARN_DAYS: Final = 14
"""So many days before a waiver runs out its findings say so."""

JOIN: Final = "+"
"""Stands between the ids of one subject, as in `explain`."""

MAX_NAMES: Final = 64
"""So many combinations of former ids of its subjects are tried for one finding."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An accepted finding, or several: a rule, whose subjects, why, by whom and until when."""

    rule: str
    """The id of a rule, or `<category>/*`."""
    subject: str
    """The ids of the subjects joined by `+`; `*` stands for any characters."""
    reason: str
    owner: str
    expires: dt.date
    """The last day on which it counts."""
    place: Place
    on: dt.date | None = None
    """The day it was given, and the first on which it counts."""
    ticket: str | None = None

    def in_force(self, day: dt.date) -> bool:
        """Whether it counts on a day."""
        return (self.on is None or self.on <= day) and not self.expired(day)

    def expired(self, day: dt.date) -> bool:
        """Whether it has run out before a day."""
        return self.expires < day

    def days_left(self, day: dt.date) -> int:
        """From a day to its last one; negative once it has run out."""
        return (self.expires - day).days

    def runs_out_soon(self, day: dt.date) -> bool:
        """Whether it counts, and only for two weeks more."""
        return self.in_force(day) and self.days_left(day) <= WARN_DAYS

    def about(self, rule: str) -> bool:
        """Whether it speaks of a rule."""
        return self.rule == rule or self.rule == f"{rule.partition('/')[0]}/*"

    def names(self, subject: str) -> bool:
        """Whether it speaks of a subject, given as :func:`named_subjects` gives it."""
        return _pattern(self.subject).fullmatch(subject) is not None

    @property
    def words(self) -> str:
        """The rule and the subject that it names, for a message."""
        return f"{self.rule} {self.subject}"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The pattern as a regular expression; runs of `*` are one, so that none is slow."""
    parts = re.split(r"\*+", text)
    return re.compile("".join(_pieces(parts)), re.DOTALL)


def _pieces(parts: Sequence[str]) -> Iterator[str]:
    """Between two stars the first place that fits is taken and kept: no search goes back."""
    first, *rest = parts
    yield re.escape(first)
    for number, part in enumerate(rest, 1):
        if number < len(rest):
            yield f"(?>.*?{re.escape(part)})"
        else:
            yield f".*{re.escape(part)}"


class Waivers:
    """All waivers of an audit, to be asked which of them speak of a finding."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self.all = tuple(waivers)
        self._by_rule: dict[str, list[Waiver]] = defaultdict(list)
        for each in self.all:
            self._by_rule[each.rule].append(each)

    def without(self, words: str) -> Waivers:
        """The others, once the waiver is taken out that these words name."""
        return Waivers(each for each in self.all if each.words != words)

    def about(self, result: Finding | Open, world: World) -> tuple[Waiver, ...]:
        """The waivers, in force or not, that name the rule and a present or former subject."""
        named = (result.rule, f"{result.category}/*")
        here = [each for rule in named for each in self._by_rule.get(rule, ())]
        if not here:
            return ()
        subjects = list(named_subjects(result.subjects, world))
        return tuple(each for each in here if any(map(each.names, subjects)))


def named_subjects(subjects: Sequence[SubjectRef], world: World) -> Iterator[str]:
    """How a waiver may name the subjects of a finding: by their ids today, or as they were."""
    choices = [(ref.id, *world.former_ids(ref.kind, ref.id)) for ref in subjects]
    for ids in itertools.islice(itertools.product(*choices), MAX_NAMES):
        yield JOIN.join(ids)


def subject_text(subjects: Sequence[SubjectRef]) -> str:
    """How a waiver names exactly these subjects."""
    return JOIN.join(ref.id for ref in subjects)
