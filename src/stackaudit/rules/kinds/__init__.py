"""The kinds of subjects; importing this package registers them all."""

from stackaudit.rules.kinds import data, entry, flow, pairs, portfolio, stack, tool

__all__ = ["data", "entry", "flow", "pairs", "portfolio", "stack", "tool"]
