"""What nobody has stated yet and would help to decide a question."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from stackaudit.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A fact that the inventory does not state, by the path at which it would stand.

    `("flows", "shop-to-crm", "data")`, `("tools", "crm", "capabilities")`; with the section
    `stack` the entry is a section that is not there or is listed only in part:
    `("stack", "flows", "")`. Deeper keys are joined by points: `("tools", "chat",
    "grants.0.data")`.
    """

    section: str
    entry: str
    key: str = ""

    def __str__(self) -> str:
        return ".".join([part for part in (self.section, self.entry, self.key) if part])


LISTED_FLOWS = Missing("stack", "flows")
"""All flows, so that one that is not listed does not exist."""

LISTED_TOOLS = Missing("stack", "tools")
"""All tools, so that one that is not listed does not exist."""


_PARTS: Final = attrgetter("section", "entry", "key")
"""What `Missing` is sorted by; asked for once each, where `<` would ask again and again."""


def in_order(*found: Missing) -> tuple[Missing, ...]:
    """Each once, sorted."""
    return tuple(sorted(set(found), key=_PARTS))
