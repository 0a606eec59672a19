"""The security review of a tool: its state and how long it counts."""

from __future__ import annotations

import datetime as dt
from typing import Final

from stackaudit.inventory.values import Duration
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import DATE, FLAG, TEXT, words

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
    if state == "requested" and review and review.on:
        return f"has a review requested on {review.on.isoformat()} and not done"
    return {
        "none": "has no security review",
        "requested": "has a review requested and not done",
        "in_review": "is still under review",
        "approved": "is reviewed",
        "expired": "has a review that ran out",
        "rejected": "was rejected",
    }.get(state or "")
