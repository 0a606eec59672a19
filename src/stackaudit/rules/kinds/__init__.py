"""The kinds of subjects; importing this package registers them all."""

from stackaudit.rules.kinds import (
    credential,
    data,
    entry,
    flow,
    flow_pair,
    pairs,
    portfolio,
    roadmap,
    stack,
    tool,
    twins,
    vendor,
)

__all__ = [
    "credential",
    "data",
    "entry",
    "flow",
    "flow_pair",
    "pairs",
    "portfolio",
    "roadmap",
    "stack",
    "tool",
    "twins",
    "vendor",
]
