"""The reviews of all tools: in which state, how old, and what widened since, by exposure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from stackaudit.dataclass import dataclass
from stackaudit.graph.scope import as_written, scope_of
from stackaudit.rules.facts.exposure import exposes
from stackaudit.rules.facts.review import (
    dates_that_do_not_count,
    review_ends,
    review_state,
)
from stackaudit.rules.facts.review_policy import approval_lacks, known_level, review_level
from stackaudit.rules.facts.review_scope import since_review
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.review_policy import LEVELS, points
from stackaudit.rules.world import World


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The review of one tool, as it stands on the day of the audit."""

    tool: str
    name: str
    lifecycle: str
    level: str
    """The highest level that its exposure has for sure: none, restricted, personal, special."""
    level_known: bool
    """Whether it cannot be higher."""
    exposed_tools: int
    """The tools whose personal data a breach here surely gives away."""
    state: str | None
    """None: unknown, because the reviews are listed in part."""
    on: dt.date | None
    by: str | None
    ends: dt.date | None
    """The last day on which an approval counts."""
    dates: tuple[str, ...]
    """What it says of days and is not taken at its word, in words."""
    age: int | None
    """Days since the review; None as well for one that is dated ahead."""
    evidence: tuple[str, ...]
    conditions: tuple[str, ...]
    bound: bool
    """Whether the review says what was looked at."""
    widened: tuple[str, ...]
    """What widened since, in words."""
    unclear: tuple[str, ...]
    """What nobody states and could show that more widened."""
    lacks: tuple[str, ...]
    """What the approval lacks of what the configuration requires."""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """What a reviewer of one tool needs: the review so far, the scope of today, what to look at."""

    row: ReviewRow
    scope: Mapping[str, Any]
    """What a review today would record."""
    recorded: Mapping[str, Any] | None
    """What the review so far recorded."""
    points: tuple[str, ...]
    """What a review has to look at, by what the tool is known to expose."""
    proofs: tuple[str, ...]
    """What an approval has to rest on by the configuration."""


def review_rows(world: World) -> tuple[ReviewRow, ...]:
    """Every tool, those that expose the most first; then by id."""
    rows = (review_row(tool) for tool in world.tools.values())
    return tuple(sorted(rows, key=lambda row: (*_exposure(row), row.tool)))


def _exposure(row: ReviewRow) -> tuple[int, int]:
    return (-LEVELS.index(row.level), -row.exposed_tools)


def review_row(tool: ToolSubject) -> ReviewRow:
    """The review of one tool."""
    review, today = tool.world.stack.reviews.get(tool.id), tool.world.today
    since = since_review(tool)
    on = review.on if review else None
    return ReviewRow(
        tool=tool.id,
        name=tool.label(),
        lifecycle=tool.entry.stage,
        level=known_level(tool),
        level_known=review_level(tool) is not None,
        exposed_tools=len(list(exposes(tool) or ())),
        state=review_state(tool),
        on=on,
        by=review.by if review else None,
        ends=review_ends(tool),
        dates=tuple(dates_that_do_not_count(tool)),
        age=(today - on).days if on and on <= today else None,
        evidence=tuple(review.evidence or ()) if review else (),
        conditions=tuple(review.conditions or ()) if review else (),
        bound=review is not None and review.scope is not None,
        widened=tuple(each.words for each in since.widened),
        unclear=tuple(str(each) for each in since.unclear),
        lacks=tuple(approval_lacks(tool) or ()),
    )


def review_sheet(tool: ToolSubject) -> ReviewSheet:
    """All that a reviewer of the tool needs."""
    row, review = review_row(tool), tool.world.stack.reviews.get(tool.id)
    scope = review.scope if review else None
    return ReviewSheet(
        row=row,
        scope=as_written(scope_of(tool.world.graph, tool.id)),
        recorded=as_written(scope) if scope else None,
        points=points(row.level),
        proofs=tool.world.review_policy.evidence[row.level],
    )
