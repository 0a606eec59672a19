"""Imports every family of facts, so that each registers its own."""

from stackaudit.rules.facts import (
    access,
    capability,
    connection,
    contract,
    data,
    entry,
    exposure,
    flow,
    keys,
    need,
    overlap,
    paid,
    pair,
    review,
    stack,
    tool,
)

__all__ = [
    "access",
    "capability",
    "connection",
    "contract",
    "data",
    "entry",
    "exposure",
    "flow",
    "keys",
    "need",
    "overlap",
    "paid",
    "pair",
    "review",
    "stack",
    "tool",
]
