"""Imports every family of facts, so that each registers its own."""

from stackaudit.rules.facts import (
    access,
    capability,
    contract,
    data,
    entry,
    exposure,
    flow,
    need,
    overlap,
    review,
    stack,
    tool,
)

__all__ = [
    "access",
    "capability",
    "contract",
    "data",
    "entry",
    "exposure",
    "flow",
    "need",
    "overlap",
    "review",
    "stack",
    "tool",
]
