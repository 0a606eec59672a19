"""What a name may mean that no product has for sure, as a question to a person."""

from __future__ import annotations

from typing import Final

from stackaudit.catalog.model import Match
from stackaudit.sources.observation import Doubt, ToolSeen

FEW: Final = 3
"""So many products of a vendor are named where only the vendor is."""
_LONGEST: Final = 60


def guessed(tool: ToolSeen, match: Match, *, same_name: bool) -> Doubt | None:
    """The doubt which product a tool is; None where nothing fits.

    `same_name`: it is called like the best candidate, and yet not certainly that.
    """
    product = match.product
    if product is None:
        return None
    name, by = shown(tool.name), f" by {product.vendor}" if product.vendor else ""
    message = f"{name} may be {product.name}{by}, and may be something else"
    hint = f"if it is, write `product: {product.id}`"
    if match.by_vendor:
        message = f"{name} may be {_one_of(match)}, and may be something else"
        hint = f"write which one it is, as in `product: {product.id}`"
    elif same_name:
        message = f"{name} is known{by}, which may not be what is meant here"
    return Doubt(tool.seen, None, message, hint)


def _one_of(match: Match) -> str:
    """All products that a vendor's name may mean, or where they are many, how many and a few."""
    names = [each.product.name for each in match.candidates]
    if len(names) <= FEW:
        return f"{', '.join(names[:-1])} or {names[-1]}"
    vendor = match.candidates[0].product.vendor
    return f"one of {len(names)} products by {vendor}, such as {' or '.join(names[:2])}"


def shown(name: str) -> str:
    """A name as messages quote it, cut where it is long."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
