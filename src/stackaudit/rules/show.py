"""Values as a person would write them: in messages, evidence and questions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from stackaudit.phrase import AND, NEXT, in_a_row, phrase
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.subjects import Subject

if TYPE_CHECKING:
    from stackaudit.rules.types import Type

Amounts: TypeAlias = "Callable[[float, str | None], str]"
"""How an amount of money in a currency, if one is stated, is written."""

MAX_NAMES: Final = 5
"""So many names stand in a list in a message; the rest is counted."""

FORMATS: Final = ("percent", "money", "days", "duration", "count")

LENGTHS: Final = (
    (1440 * 30.4375, "months"),
    (1440, "days"),
    (60, "hours"),
    (1, "minutes"),
)
"""The units of lengths of time: how many minutes each has, and what it is called."""


def in_letters(amount: float, currency: str | None) -> str:
    """An amount of money as every terminal can show it: 48,000 EUR."""
    digits = f"{round(amount):,}"
    return f"{digits} {currency}" if currency else digits


def shown(
    value: Any,
    style: str | None = None,
    currency: str | None = None,
    amounts: Amounts = in_letters,
) -> str:
    """The value in words; `style` is one of FORMATS or None for what its type suggests."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is bool:
        return "yes" if value else "no"
    if isinstance(value, Subject):
        return str(value.label())
    if value is None:
        return "unknown"
    if isinstance(value, Interval):
        return _range(value, style, currency, amounts)
    if isinstance(value, int | float):
        return _number(float(value), style, currency, amounts)
    if isinstance(value, dt.date):
        return "never" if value in (dt.date.min, dt.date.max) else value.isoformat()
    if isinstance(value, Some):
        return f"{_names(value.items)} and perhaps more" if value.items else "unknown"
    if isinstance(value, tuple):
        return _names(value)
    return str(value)


def listing(items: Sequence[Any]) -> str:
    """The items as `shown` lists them, for a phrase: it can be listed in another language too."""
    names = [each.label() if isinstance(each, Subject) else each for each in items[:MAX_NAMES]]
    if len(items) == len(names):
        return in_a_row(names, AND)
    more = len(items) - len(names)
    return phrase("{names} and {n} more", names=in_a_row(names, NEXT), n=more)


def _names(items: tuple[Any, ...]) -> str:
    if not items:
        return "none"
    names = [shown(each) for each in items[:MAX_NAMES]]
    if len(items) > MAX_NAMES:
        return f"{', '.join(names)} and {len(items) - MAX_NAMES} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _range(value: Interval, style: str | None, currency: str | None, amounts: Amounts) -> str:
    if math.isinf(value.high):
        return f"at least {_number(value.low, style, currency, amounts)}"
    if math.isinf(value.low):
        return f"at most {_number(value.high, style, currency, amounts)}"
    low, high = (_number(each, style, currency, amounts) for each in (value.low, value.high))
    return f"{low} to {high}"


def _number(value: float, style: str | None, currency: str | None, amounts: Amounts) -> str:
    if math.isinf(value):
        return "without end"
    if style == "percent":
        return f"{round(value * 100)} %"
    if style == "money":
        return amounts(value, currency)
    if style == "days":
        return f"{round(value)} day{'' if round(value) == 1 else 's'}"
    if style == "duration":
        return duration(value)
    if style == "count":
        return f"{round(value):,}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def duration(minutes: float) -> str:
    """A length of time in the unit that suits it; under a minute it is `at once`."""
    if math.isinf(minutes):
        return "without limit"
    if minutes < 1:
        return "at once"
    amount, unit = in_unit(minutes)
    text = f"{amount:.1f}".removesuffix(".0")
    return f"{text} {unit[:-1] if text == '1' else unit}"


def in_unit(minutes: float) -> tuple[float, str]:
    """A length of time as an amount, rounded to a tenth, of the unit that suits it."""
    for size, unit in LENGTHS:
        amount = minutes / size
        exact = abs(round(amount, 1) - amount) <= amount / 100  # 25 hours are not a day
        if amount >= 1 and exact and (amount >= 2 or unit != "months"):
            return round(amount, 1), unit
    return round(minutes), "minutes"


class Wording:
    """How values are written for people; this one is English, and the one of every audit.

    Those of other languages are made by :mod:`stackaudit.rules.wording`.
    """

    def __init__(self, code: str = "en") -> None:
        self.code = code
        """The language: en, de."""

    def form(self, number: float) -> str:
        """Which form a word has with the number: one, other."""
        return "one" if number == 1 else "other"

    def shown(
        self,
        value: Any,
        style: str | None = None,
        currency: str | None = None,
        type_: Type | None = None,  # noqa: ARG002 - English writes the words of a type as they are
    ) -> str:
        """The value in words; `type_` is the type of the fact or expression it is the value of."""
        return shown(value, style, currency)


ENGLISH: Final = Wording()
