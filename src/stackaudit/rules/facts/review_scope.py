"""The scope of a review beside the tool as it is now: what widened since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.graph.missing import Missing, in_order
from stackaudit.graph.scope import as_written, scope_of
from stackaudit.graph.scope_product import (
    in_words_of_today,
    product_unclear,
    with_product_meant,
)
from stackaudit.graph.unclear import unclear
from stackaudit.graph.widened import Widening, widened
from stackaudit.rules.facts.approval import approval
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import DATE, FLAG, RECORD, TEXTS


@dataclass(frozen=True, slots=True)
class SinceReview:
    """What happened to a tool since its approval, as far as the scope of that was recorded."""

    widened: tuple[Widening, ...] = ()
    unclear: tuple[Missing, ...] = ()
    """What nobody states and could show more."""


_MEMORY: Final = "since review"


def since_review(tool: ToolSubject) -> SinceReview:
    """What widened since the tool was approved; nothing where no approval states its scope.

    An approval that ran out is still compared: whoever reviews again begins with what changed.
    """
    if _MEMORY not in tool.memory:
        tool.memory[_MEMORY] = _compared(tool)
    found: SinceReview = tool.memory[_MEMORY]
    return found


def _compared(tool: ToolSubject) -> SinceReview:
    stack, graph = tool.world.stack, tool.world.graph
    review = stack.reviews.get(tool.id)
    if review is None and "reviews" in stack.incomplete:
        return SinceReview(unclear=(Missing("reviews", tool.id),))
    approved = approval(tool)
    if approved is None or approved.scope is None:
        return SinceReview()
    renamed, recorded, catalog = tool.world.renamed, approved.scope, tool.world.catalog
    now = with_product_meant(scope_of(graph, tool.id), recorded, tool.entry)
    reviewed = in_words_of_today(recorded, now, catalog)
    return SinceReview(
        widened(reviewed, now, renamed),
        in_order(
            *product_unclear(reviewed, now, tool.id, tool.entry, catalog),
            *unclear(graph, tool.id, reviewed, renamed),
        ),
    )


def _unclear(tool: ToolSubject) -> tuple[Missing, ...]:
    return since_review(tool).unclear


@fact("tool", TEXTS, missing=_unclear)
def scope_widened(tool: ToolSubject) -> Collection:
    """What is wider than in the scope that its approval recorded, in words.

    Another product or vendor in its place, more or more sensitive data, a new counterpart, wider
    keys, another region or sub-processor, weaker access, a lost agreement, AI that now uses data,
    trains on it or acts. What the record does not say is not compared; less of anything, prices,
    owners and counts do not matter.
    """
    found = tuple(each.words for each in since_review(tool).widened)
    return Some(found) if _unclear(tool) else found


@fact("tool", FLAG, missing=_unclear)
def changed_since_review(tool: ToolSubject) -> bool | None:
    """Whether it does more, or with less protection, than what its approval covers.

    False without an approval that states its scope; unknown where a fact that was recorded then is
    not stated now.
    """
    found = since_review(tool)
    if found.widened:
        return True
    return None if found.unclear else False


@fact("tool", DATE, missing=lambda tool: (Missing("reviews", tool.id, "on"),))
def review_day(tool: ToolSubject) -> dt.date | None:
    """The day of its review: of the request, of the decision."""
    review = tool.world.stack.reviews.get(tool.id)
    return review.on if review else None


@fact("tool", RECORD)
def scope_now(tool: ToolSubject) -> Mapping[str, Any]:
    """The scope that a review today would record, from stated facts only."""
    return as_written(scope_of(tool.world.graph, tool.id))
