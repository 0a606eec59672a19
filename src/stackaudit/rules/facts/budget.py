"""The year's money, and what of it is kept free for trying things."""

from __future__ import annotations

from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.stack import StackSubject
from stackaudit.rules.kleene import Number, divide
from stackaudit.rules.types import FLAG, NUMBER, SHARE


@fact("stack", NUMBER, rests_on=("budget.total",))
def budget(stack: StackSubject) -> float | None:
    """All that may be spent on the stack in the year, in the stack's currency."""
    total = stack.entry.budget.total
    return None if total is None else float(total)


@fact("stack", NUMBER, rests_on=("budget.innovation",), writes="budget.innovation")
def innovation(stack: StackSubject) -> float | None:
    """What of the budget is kept free for trying things; 0 if it is stated that nothing is."""
    kept = stack.entry.budget.innovation
    if kept is None:
        return None
    return 0.0 if isinstance(kept, str) else float(kept)


@fact("stack", SHARE, rests_on=("budget.innovation", "budget.total"))
def innovation_share(stack: StackSubject) -> Number:
    """The part of the budget that is kept free for trying things; of nothing kept, no part."""
    kept = innovation(stack)
    return 0.0 if kept == 0 else divide(kept, budget(stack))


@fact("stack", FLAG)
def innovation_agreed(stack: StackSubject) -> bool:
    """Whether the policy says which share of the budget is to be kept free for trying things."""
    return stack.entry.policy.innovation_share is not None


@fact("stack", SHARE)
def innovation_wanted(stack: StackSubject) -> float:
    """The share that the policy wants to be kept free; none where it says nothing of it."""
    share = stack.entry.policy.innovation_share
    return 0.0 if share is None else float(share)
