"""What chapters are made of: names, costs, owners, and why a chapter is empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from stackaudit.dataclass import dataclass

Audience = Literal["executive", "technical", "workshop"]
"""Who reads: executive: money, decisions, risk; technical: data, flows, proof; workshop: all."""
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)

ChapterId = Literal[
    "kpis",
    "changes",
    "decisions",
    "lanes",
    "matrix",
    "silos",
    "lineage",
    "overlap",
    "spend",
    "quadrant",
    "renewals",
    "exposure",
    "roadmap",
    "register",
    "questions",
    "inventory",
    "limits",
]
"""The chapters; the same word is the field of the book and the key of the chapter's words."""
CHAPTERS: Final[tuple[ChapterId, ...]] = get_args(ChapterId)
"""In the order of reading."""

Reason = Literal[
    "no-tools",
    "flows-unknown",
    "no-flows",
    "no-findings",
    "too-little-known",
    "no-datasets",
    "privacy-unknown",
    "no-personal-data",
    "no-capabilities",
    "no-overlap",
    "no-needs",
    "no-contracts",
    "no-costs",
    "all-free",
    "no-fit",
    "no-renewal-dates",
    "no-renewal-soon",
    "nothing-to-plan",
    "no-questions",
    "nothing-open",
    "nothing-changed",
    "nothing-to-compare",
]
"""Why there is nothing to show.

no-tools: the inventory lists none (that counts here); flows-unknown: it has no `flows:` section;
no-flows: it has one, and no flow in it is drawn or runs; no-findings: the rules found nothing;
too-little-known: they found nothing, and too few checks could be decided to say that there is
nothing; no-datasets: no kind of data is listed; privacy-unknown: kinds of data are, and nobody
said of any that it is about people, nor of all that they are not; no-personal-data: all are
stated not to be about people; no-capabilities: of no tool in use is stated what it is for;
no-overlap: no two tools in use list the same capability; no-needs: no capability says what data
it needs; no-contracts: none is stated; no-costs: none states its cost; all-free: all are stated
to cost nothing; no-fit: no tool states both fits; no-renewal-dates: no contract states when it
renews; no-renewal-soon: none renews, or has to be given notice, within a year; nothing-to-plan:
neither the roadmap nor a finding asks for anything; no-questions: no rule waits for an answer;
nothing-open: every check was decided and all sections are complete; nothing-changed: both audits
say the same; nothing-to-compare: no older audit was given.
"""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """Something with an id, and what people call it."""

    id: str
    name: str
    """As the inventory has it: hostile, every format encodes it."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who answers for something, each name once, sorted; `none` stated and unknown are left out."""

    business: tuple[str, ...]
    technical: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Both sides together, each name once, sorted."""
        return tuple(sorted({*self.business, *self.technical}))


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs a year, in the stack's currency."""

    least: float | None
    """None where nothing is known of it."""
    most: float | None
    """None where there is no upper bound; the same as `least` where the cost is exact."""

    @property
    def exact(self) -> bool:
        """Whether it is known to the cent."""
        return self.least is not None and self.least == self.most


def of_name(name: str | None) -> str | None:
    """A name that stands for somebody: None for `none` and for what nobody stated."""
    return None if name in (None, "none") else name


def names_of(names: Iterable[str | None]) -> tuple[str, ...]:
    """Each name that stands for somebody once, sorted."""
    return tuple(sorted({name for each in names if (name := of_name(each)) is not None}))
