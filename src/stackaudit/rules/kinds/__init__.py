"""The kinds of subjects; importing this package registers them all."""

from stackaudit.rules.kinds import (
    credential,
    data,
    entry,
    flow,
    flow_pair,
    observation,
    pairs,
    portfolio,
    presence,
    roadmap,
    stack,
    tool,
    twins,
    vendor,
    waiver,
)

__all__ = [
    "credential",
    "data",
    "entry",
    "flow",
    "flow_pair",
    "observation",
    "pairs",
    "portfolio",
    "presence",
    "roadmap",
    "stack",
    "tool",
    "twins",
    "vendor",
    "waiver",
]
