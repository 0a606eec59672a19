"""The security review of a tool: its state and how long it counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

from stackaudit.inventory.values import Duration
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import DATE, FLAG, TEXT, words

if TYPE_CHECKING:
    from stackaudit.rules.world import World

CADENCE: Final = Duration(12, "mo")
"""How long an approval counts that does not say until when."""

STATES: Final = words("none", "requested", "in_review", "approved", "expired", "rejected")


def _missing_reviews(tool: ToolSubject) -> tuple[Missing, ...]:
    return (Missing("reviews", tool.id),)


@fact("tool", DATE, missing=_missing_reviews)
def review_ends(tool: ToolSubject) -> dt.date | None:
    """The last day on which its approval counts: as stated, or 12 months after it was given."""
    review = tool.world.stack.reviews.get(tool.id)
    if review is None or review.state != "approved" or review.on is None:
        return None
    return review.until or CADENCE.after(review.on)


@fact("tool", STATES, missing=_missing_reviews)
def review_state(tool: ToolSubject) -> str | None:
    """The state of its security review today; a tool without one is `none`.

    Unknown only where the inventory says that its reviews are listed in part.
    """
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return None if "reviews" in tool.world.stack.incomplete else "none"
    ends = review_ends(tool)
    if review.state == "approved" and ends is not None and ends < tool.world.today:
        return "expired"
    return review.state


@fact("tool", FLAG, missing=_missing_reviews)
def reviewed(tool: ToolSubject) -> bool | None:
    """Whether an approval counts today."""
    state = review_state(tool)
    return None if state is None else state == "approved"


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
    how = "" if review.until else f", {CADENCE.amount} months after it was given"
    if days < 0:
        return f"ran out on {ends.isoformat()}, {_days(-days)} ago{how}"
    return f"runs out on {ends.isoformat()}, {'today' if days == 0 else f'in {_days(days)}'}{how}"


def _days(number: int) -> str:
    return "one day" if number == 1 else f"{number} days"


@fact("tool", DATE)
def review_would_end(tool: ToolSubject) -> dt.date:
    """The last day on which an approval given on the day of the audit would count."""
    return CADENCE.after(tool.world.today)


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
