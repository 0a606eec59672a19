"""The approval of a tool: what a review says that is approved, and not dated ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.inventory.model import Review
from stackaudit.rules.kinds.tool import ToolSubject

if TYPE_CHECKING:
    from stackaudit.rules.world import World


def ahead(world: World, review: Review) -> bool:
    """Whether it is an approval of a day after that of the audit: nobody has given it yet."""
    return review.state == "approved" and review.on is not None and review.on > world.today


def approval(tool: ToolSubject) -> Review | None:
    """The approval of the tool, though it may have run out or been outgrown; None without one."""
    review = tool.world.stack.reviews.get(tool.id)
    if review is None or review.state != "approved" or ahead(tool.world, review):
        return None
    return review
