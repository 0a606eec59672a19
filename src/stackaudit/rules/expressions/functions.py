"""The functions that expressions may call; there are no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.rules import kleene
from stackaudit.rules.types import DATE, DAYS, FLAG, NUMBER, Type, comparable

if TYPE_CHECKING:
    from stackaudit.rules.expressions.tree import Node

Arguments = tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: its meaning, what it takes and gives, how it is run.

    `run` is called with the day of the audit and the values of the arguments.
    """

    doc: str
    check: Callable[[Arguments], str | None]
    result: Callable[[Arguments], Type]
    run: Callable[..., Any]


_WORDS: Final = {"date": "a date", "many": "a collection", "any": "a fact"}


def _takes(*bases: str) -> Callable[[Arguments], str | None]:
    def check(arguments: Arguments) -> str | None:
        found = tuple(each.type for each in arguments)
        fits = len(found) == len(bases) and all(
            base in ("any", type_.base) for base, type_ in zip(bases, found, strict=True)
        )
        wanted = " and ".join(_WORDS[base] for base in bases) or "nothing"
        got = " and ".join(map(str, found)) or "nothing"
        return None if fits else f"takes {wanted}, got {got}"

    return check


def _takes_collections(arguments: Arguments) -> str | None:
    problem = _takes("many", "many")(arguments)
    if problem is None:
        left, right = (each.type.of for each in arguments)
        if left is None or right is None or not comparable(left, right):
            return f"takes collections of one type, got {arguments[0].type} and {arguments[1].type}"
    return problem


def _takes_numbers(arguments: Arguments) -> str | None:
    if len(arguments) < 2 or any(each.type.base != "number" for each in arguments):
        return "takes two or more numbers"
    units = {each.type.unit for each in arguments if each.type.unit}
    if len(units) > 1:
        return "takes numbers of one unit"
    return None


def _gives(result: Type) -> Callable[[Arguments], Type]:
    return lambda arguments: result


def _gives_their_unit(arguments: Arguments) -> Type:
    return next((each.type for each in arguments if each.type.unit), NUMBER)


def days_until(today: dt.date, day: dt.date | None) -> int | None:
    """Days from the day of the audit to `day`; negative when it has passed."""
    return None if day is None else (day - today).days


def days_since(today: dt.date, day: dt.date | None) -> int | None:
    """Days from `day` to the day of the audit; very many for `never`."""
    return None if day is None else (today - day).days


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "days_until": Function(
            "days from the day of the audit until the date; negative when it has passed",
            _takes("date"), _gives(DAYS), days_until,
        ),
        "days_since": Function(
            "days from the date to the day of the audit; very many for `never`",
            _takes("date"), _gives(DAYS), days_since,
        ),
        "today": Function(
            "the day of the audit", _takes(), _gives(DATE), lambda today: today
        ),
        "max": Function(
            "the greatest of the numbers",
            _takes_numbers, _gives_their_unit, lambda today, *values: kleene.largest(*values),
        ),
        "min": Function(
            "the least of the numbers",
            _takes_numbers, _gives_their_unit, lambda today, *values: kleene.smallest(*values),
        ),
        "count": Function(
            "how many members the collection has",
            _takes("many"), _gives(NUMBER), lambda today, items: kleene.count(items),
        ),
        "overlap": Function(
            "whether two collections have a member in common",
            _takes_collections, _gives(FLAG), lambda today, a, b: kleene.overlap(a, b),
        ),
        "known": Function(
            "whether the inventory says it (only in rules about the inventory itself)",
            _takes("any"), _gives(FLAG), lambda today, value: value is not None,
        ),
    }
)  # fmt: skip
