"""The security review of a tool: its state and how long it counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

from stackaudit.inventory.values import Duration
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.review_policy import possible_levels
from stackaudit.rules.facts.review_scope import changed_since_review
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import DATE, FLAG, TEXT, words

if TYPE_CHECKING:
    from stackaudit.rules.world import World

STATES: Final = words(
    "none", "requested", "in_review", "approved", "changed", "expired", "rejected"
)


def _missing_reviews(tool: ToolSubject) -> tuple[Missing, ...]:
    return (Missing("reviews", tool.id),)


def _cadences(tool: ToolSubject) -> tuple[Duration, Duration]:
    """The shortest and the longest time that an approval without an end may count."""
    cadence = tool.world.review_policy.cadence
    if len(set(cadence.values())) == 1:
        return cadence["none"], cadence["none"]
    lengths = [cadence[level] for level in possible_levels(tool)]
    return min(lengths, key=_minutes), max(lengths, key=_minutes)


def _minutes(length: Duration) -> int:
    return length.minutes


def _ends(tool: ToolSubject) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that may be the last of its approval; None without one."""
    review = tool.world.stack.reviews.get(tool.id)
    if review is None or review.state != "approved" or review.on is None:
        return None
    if review.until is not None:
        return review.until, review.until
    shortest, longest = _cadences(tool)
    return shortest.after(review.on), longest.after(review.on)


def _missing_end(tool: ToolSubject) -> tuple[Missing, ...]:
    """The review itself; or its end, where that hangs on what the tool exposes."""
    stated = tool.id in tool.world.stack.reviews
    return (Missing("reviews", tool.id, "until"),) if stated else _missing_reviews(tool)


@fact("tool", DATE, missing=_missing_end)
def review_ends(tool: ToolSubject) -> dt.date | None:
    """The last day on which its approval counts: as stated, or after the cadence of reviews.

    That is 12 months if the configuration says nothing else for what the tool exposes.
    """
    ends = _ends(tool)
    return ends[0] if ends is not None and ends[0] == ends[1] else None


@fact("tool", STATES, missing=_missing_end, cached=True)
def review_state(tool: ToolSubject) -> str | None:
    """The state of its security review today; a tool without one is `none`.

    `expired`: an approval that ran out; `changed`: one that still counts for what was reviewed,
    while the tool surely does more by now. Unknown only where the inventory says that its reviews
    are listed in part, or where it hangs on unknown facts how long the approval counts.
    """
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return None if "reviews" in tool.world.stack.incomplete else "none"
    ends = _ends(tool)
    if review.state != "approved" or ends is None:
        return review.state
    earliest, latest = ends
    if latest < tool.world.today:
        return "expired"
    if earliest < tool.world.today:
        return None
    return "changed" if changed_since_review(tool) else "approved"


@fact("tool", FLAG, missing=_missing_end)
def reviewed(tool: ToolSubject) -> bool | None:
    """Whether an approval counts today, if only for what was reviewed then."""
    state = review_state(tool)
    return None if state is None else state in ("approved", "changed")


@fact("tool", TEXT, missing=_missing_reviews)
def review_words(tool: ToolSubject) -> str | None:
    """The state of its review in words, for messages."""
    state = review_state(tool)
    review = tool.world.stack.reviews.get(tool.id)
    since = f" on {review.on.isoformat()}" if review and review.on else ""
    return {
        "none": "has no security review",
        "requested": f"has a review requested{since} and not done",
        "in_review": "is still under review",
        "approved": "is reviewed",
        "changed": "is reviewed, and does more since",
        "expired": "has a review that ran out",
        "rejected": f"was rejected by its review{since}",
    }.get(state or "")


@fact("tool", TEXT, missing=_missing_reviews)
def review_end_words(tool: ToolSubject) -> str | None:
    """When its approval ran out, or will, in words."""
    ends, review = review_ends(tool), tool.world.stack.reviews.get(tool.id)
    if ends is None or review is None:
        return None
    days = (ends - tool.world.today).days
    how = "" if review.until else f", {length_words(_cadences(tool)[0])} after it was given"
    if days < 0:
        return f"ran out on {ends.isoformat()}, {_days(-days)} ago{how}"
    return f"runs out on {ends.isoformat()}, {'today' if days == 0 else f'in {_days(days)}'}{how}"


_UNITS: Final = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}


def length_words(length: Duration) -> str:
    """A length of time in words: 12 months."""
    return f"{length.amount} {_UNITS[length.unit]}{'' if length.amount == 1 else 's'}"


def _days(number: int) -> str:
    return "one day" if number == 1 else f"{number} days"


@fact("tool", DATE)
def review_would_end(tool: ToolSubject) -> dt.date:
    """The last day on which an approval given on the day of the audit would count.

    The earliest, where it hangs on unknown facts how long it would.
    """
    return _cadences(tool)[0].after(tool.world.today)


@fact("tool", TEXT)
def reviewer(tool: ToolSubject) -> str:
    """Who should review it.

    Whoever reviewed it before, else who did the most reviews of this stack, else its technical
    owner, else IT security.
    """
    review, owner = tool.world.stack.reviews.get(tool.id), tool.entry.owner
    usual = _usual_reviewer(tool.world)
    names = (review.by if review else None, usual, owner.technical if owner else None)
    return next((each for each in names if each not in (None, "none")), None) or "IT security"


def _usual_reviewer(world: World) -> str | None:
    """Who did the most reviews of the stack; of several, the first by name."""
    if "reviewer" not in world.memory:
        done = Counter(each.by for each in world.stack.reviews.values() if each.by is not None)
        world.memory["reviewer"] = min(done, key=lambda by: (-done[by], by), default=None)
    found: str | None = world.memory["reviewer"]
    return found


@fact("tool", DATE, missing=lambda tool: (Missing("reviews", tool.id, "on"),))
def review_asked(tool: ToolSubject) -> dt.date | None:
    """When its review was asked for; unknown unless one is requested or under way."""
    review = tool.world.stack.reviews.get(tool.id)
    return review.on if review and review.state in ("requested", "in_review") else None
