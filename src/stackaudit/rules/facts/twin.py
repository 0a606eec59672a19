"""One product bought twice: whether it is paid twice, and which of the two could go."""

from __future__ import annotations

from stackaudit.rules.facts.choice import choose
from stackaudit.rules.facts.paid import contracts_of, paid
from stackaudit.rules.facts.product import cost_unstated
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.standing import product_of
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kinds.twins import TwinSubject
from stackaudit.rules.kleene import Number
from stackaudit.rules.types import FLAG, MONEY, TEXT, TEXTS, subject


@fact("twin", subject("tool"))
def a(twin: TwinSubject) -> ToolSubject:
    """One of the two, by id."""
    return twin.a


@fact("twin", subject("tool"))
def b(twin: TwinSubject) -> ToolSubject:
    """The other one."""
    return twin.b


@fact("twin", TEXT)
def product(twin: TwinSubject) -> str:
    """What product both are."""
    found = product_of(twin.a)
    return found.name if found else str(twin.a.entry.product)


def _costs_unstated(twin: TwinSubject) -> tuple[Missing, ...]:
    return (*cost_unstated(twin.a), *cost_unstated(twin.b))


@fact("twin", FLAG, missing=_costs_unstated)
def paid_twice(twin: TwinSubject) -> bool | None:
    """Whether both cost something, under contracts of which none covers both."""
    one, other = contracts_of(twin.a), contracts_of(twin.b)
    if {each.id for each in one} & {each.id for each in other}:
        return False
    answers = (paid(twin.a), paid(twin.b))
    return False if False in answers else None if None in answers else True


@fact("twin", subject("tool"))
def keep(twin: TwinSubject) -> ToolSubject:
    """The one to keep: by decisions made, then use, dependents, flows and cost."""
    return choose(twin).keep


@fact("twin", subject("tool"))
def drop(twin: TwinSubject) -> ToolSubject:
    """The one that could be merged into it."""
    return choose(twin).drop


@fact("twin", TEXTS)
def reasons(twin: TwinSubject) -> tuple[str, ...]:
    """What speaks for keeping that one; nothing where they are equal."""
    return choose(twin).reasons


@fact("twin", TEXT)
def verdict(twin: TwinSubject) -> str:
    """Which to keep and why, in words; that it is open where nothing but the cost is known."""
    return choose(twin).verdict


@fact("twin", FLAG)
def kept(twin: TwinSubject) -> bool:
    """Whether it is stated of one of them why it is deliberately kept."""
    return any(each.entry.keep not in (None, "none") for each in (twin.a, twin.b))


@fact("twin", MONEY)
def saving(twin: TwinSubject) -> Number:
    """What a year without the one that could go saves; nothing where both deliberately stay."""
    return 0.0 if kept(twin) else choose(twin).saving
