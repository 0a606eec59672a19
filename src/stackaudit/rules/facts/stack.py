"""What is known of the stack as a whole."""

from __future__ import annotations

import datetime as dt

from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.stack import StackSubject
from stackaudit.rules.types import DATE, TEXT


@fact("stack", TEXT)
def name(stack: StackSubject) -> str:
    """The organization whose stack it is."""
    return stack.label()


@fact("stack", DATE, missing=lambda stack: (Missing("stack", "confirmed"),))
def confirmed(stack: StackSubject) -> dt.date | None:
    """When somebody last said that the inventory is right."""
    return stack.entry.confirmed
