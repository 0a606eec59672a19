"""The security review of a tool: its state and how long it counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from stackaudit.inventory.model import Review
from stackaudit.inventory.values import Duration
from stackaudit.phrase import counted, phrase
from stackaudit.rules.facts.approval import ahead, approval
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.review_policy import level_unstated, possible_levels
from stackaudit.rules.facts.review_scope import changed_since_review
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.review_policy import LEVELS
from stackaudit.rules.types import DATE, FLAG, TEXT, words

if TYPE_CHECKING:
    from stackaudit.rules.world import World

STATES: Final = words(
    "none", "requested", "in_review", "approved", "changed", "expired", "rejected"
)


def _missing_reviews(tool: ToolSubject) -> tuple[Missing, ...]:
    return (Missing("reviews", tool.id),)


def _of_levels(tool: ToolSubject, of: Callable[[str], dt.date]) -> tuple[dt.date, dt.date]:
    """The first and the last day of those that the levels give which the tool may have."""
    every: dict[str, dt.date] = {level: of(level) for level in LEVELS}
    if len(set(every.values())) > 1:
        every = {level: every[level] for level in possible_levels(tool)}
    return min(every.values()), max(every.values())


def _ends(tool: ToolSubject) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that may be the last of its approval; None without one."""
    review, policy = approval(tool), tool.world.review_policy
    if review is None or review.on is None:
        return None
    on, until = review.on, review.until
    return _of_levels(tool, lambda level: policy.last_day(level, on, until))


def _missing_end(tool: ToolSubject) -> tuple[Missing, ...]:
    """The review itself; or its end, where that hangs on what the tool exposes."""
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return _missing_reviews(tool)
    return level_unstated(tool) if review.until else (Missing("reviews", tool.id, "until"),)


@fact("tool", DATE, missing=_missing_end)
def review_ends(tool: ToolSubject) -> dt.date | None:
    """The last day on which its approval counts: as stated, or after the cadence of reviews.

    That is 12 months if the configuration says nothing else for what the tool exposes. No approval
    counts longer than the longest term, 36 months by default, whatever day is stated.
    """
    ends = _ends(tool)
    return ends[0] if ends is not None and ends[0] == ends[1] else None


@fact("tool", STATES, missing=_missing_end, cached=True)
def review_state(tool: ToolSubject) -> str | None:
    """The state of its security review today; a tool without one is `none`.

    So is one whose approval is dated after the day of the audit: nobody has given it yet.
    `expired`: an approval that ran out; `changed`: one that still counts for what was reviewed,
    while the tool surely does more by now. Unknown only where the inventory says that its reviews
    are listed in part, or where it hangs on unknown facts how long the approval counts.
    """
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return None if "reviews" in tool.world.stack.incomplete else "none"
    ends = _ends(tool)
    if ends is None:
        return "none" if review.state == "approved" else review.state
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
    day = review.on if review else None
    if review is not None and ahead(tool.world, review):
        return phrase("has an approval that is dated {day}, which is still to come", day=day)
    if state is None:
        return None
    return phrase(_WORDS[state]) if day is None else phrase(_SINCE[state], day=day)


_WORDS: Final = {
    "none": "has no security review",
    "requested": "has a review requested and not done",
    "in_review": "is still under review",
    "approved": "is reviewed",
    "changed": "is reviewed, and does more since",
    "expired": "has a review that ran out",
    "rejected": "was rejected by its review",
}
_SINCE: Final = {
    **_WORDS,
    "requested": "has a review requested on {day} and not done",
    "rejected": "was rejected by its review on {day}",
}
"""The same where the day of the review is stated."""


@fact("tool", TEXT, missing=_missing_reviews)
def review_end_words(tool: ToolSubject) -> str | None:
    """When its approval ran out, or will, in words."""
    ends, review = review_ends(tool), tool.world.stack.reviews.get(tool.id)
    if ends is None or review is None:
        return None
    days = (ends - tool.world.today).days
    return _why_then(tool, review, ends, _when(ends, days))


def _when(ends: dt.date, days: int) -> str:
    if days < 0:
        return counted(-days, "ran out on {day}, one day ago", "ran out on {day}, {n} days ago",
                       day=ends)  # fmt: skip
    if days == 0:
        return phrase("runs out on {day}, today", day=ends)
    return counted(days, "runs out on {day}, in one day", "runs out on {day}, in {n} days",
                   day=ends)  # fmt: skip


_GIVEN: Final = "{when}, {length} after it was given"
_NO_LONGER: Final = (
    "{when}, {length} after it was given: no approval counts longer, though this one says until "
    "{until}"
)


def _why_then(tool: ToolSubject, review: Review, ends: dt.date, when: str) -> str:
    """`when` it ends, and why then, where it does not state that day itself."""
    if ends == review.until:
        return when
    policy, on = tool.world.review_policy, review.on or ends
    terms = (policy.cadence, policy.longest) if review.until is None else (policy.longest,)
    lengths = (each[level] for each in terms for level in LEVELS)
    length = length_words(next(each for each in lengths if each.after(on) == ends))
    if review.until is None:
        return phrase(_GIVEN, when=when, length=length)
    return phrase(_NO_LONGER, when=when, length=length, until=review.until)


@fact("tool", DATE, missing=_missing_end)
def review_says_until(tool: ToolSubject) -> dt.date | None:
    """The last day that its approval states, though it may not count that long.

    Where it states none, the day on which it ends.
    """
    review = approval(tool)
    return review.until if review is not None and review.until else review_ends(tool)


def dates_that_do_not_count(tool: ToolSubject) -> Iterator[str]:
    """What its approval says of days and is not taken at its word, in words."""
    review, ends = tool.world.stack.reviews.get(tool.id), review_ends(tool)
    if review is not None and ahead(tool.world, review):
        yield phrase(_AHEAD, day=review.on)
    stated = review.until if review is not None else None
    if review is not None and stated is not None and ends is not None and ends < stated:
        yield _why_then(tool, review, ends, phrase("its approval ends on {day}", day=ends))


_AHEAD: Final = "its approval is dated {day}, which is still to come: it does not count yet"


_UNITS: Final = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}


def length_words(length: Duration) -> str:
    """A length of time in words: 12 months."""
    unit = _UNITS[length.unit]
    return counted(length.amount, f"{{n}} {unit}", f"{{n}} {unit}s")


@fact("tool", DATE)
def review_would_end(tool: ToolSubject) -> dt.date:
    """The last day on which an approval given on the day of the audit would count.

    The earliest, where it hangs on unknown facts how long it would.
    """
    today, policy = tool.world.today, tool.world.review_policy
    return _of_levels(tool, lambda level: policy.last_day(level, today, None))[0]


@fact("tool", TEXT)
def reviewer(tool: ToolSubject) -> str:
    """Who should review it.

    Whoever reviewed it before, else who did the most reviews of this stack, else its technical
    owner, else IT security.
    """
    review, owner = tool.world.stack.reviews.get(tool.id), tool.entry.owner
    usual = _usual_reviewer(tool.world)
    names = (review.by if review else None, usual, owner.technical if owner else None)
    return next((each for each in names if each not in (None, "none")), None) or phrase(
        "IT security"
    )


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
