"""Three-valued logic: true, false, and None for unknown; numbers known only as a range.

Kleene's strong logic: an operator gives a value as soon as the unknown cannot change it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

Truth: TypeAlias = "bool | None"


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of which only the bounds are known; both are possible values."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Some:
    """A collection of which these members are known and more may exist."""

    items: tuple[Any, ...]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


Number: TypeAlias = "float | Interval | None"
Collection: TypeAlias = "tuple[Any, ...] | Some | None"
Comparison = Literal["<", "<=", ">", ">=", "==", "!="]

UNBOUNDED: Final = Interval(-math.inf, math.inf)


def bounds(number: float | Interval) -> tuple[float, float]:
    """The lowest and the highest value it may have."""
    return (number.low, number.high) if type(number) is Interval else (number, number)  # type: ignore[return-value]


def number(low: float, high: float) -> float | Interval:
    """A plain number where the bounds agree."""
    return low if low == high else Interval(low, high)


def negated(value: Truth) -> Truth:
    """Not."""
    return None if value is None else not value


def compare(operator: Comparison, left: Number, right: Number) -> Truth:
    """Compare numbers; decided only when every possible pair of values agrees."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    if operator == "<":
        return True if b < c else False if a >= d else None
    if operator == "<=":
        return True if b <= c else False if a > d else None
    if operator in (">", ">="):
        return compare("<" if operator == ">" else "<=", right, left)
    same = True if a == b == c == d else False if b < c or d < a else None
    return same if operator == "==" else negated(same)


def add(left: Number, right: Number) -> Number:
    """The sum."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    return number(a + c, b + d)


def subtract(left: Number, right: Number) -> Number:
    """The difference."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    return number(a - d, b - c)


def multiply(left: Number, right: Number) -> Number:
    """The product; nothing times something unbounded is nothing."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    products = [0.0 if 0 in (x, y) else x * y for x in (a, b) for y in (c, d)]
    return number(min(products), max(products))


def divide(left: Number, right: Number) -> Number:
    """The quotient; unknown where the divisor may be zero."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    if c <= 0 <= d:
        return None
    quotients = [x / y for x in (a, b) for y in (c, d) if not (math.isinf(x) and math.isinf(y))]
    return number(min(quotients), max(quotients))


def largest(*numbers: Number) -> Number:
    """The greatest of the numbers; at least the greatest lower bound."""
    known = [bounds(each) if each is not None else (-math.inf, math.inf) for each in numbers]
    found = number(max(low for low, _ in known), max(high for _, high in known))
    return None if found == UNBOUNDED else found


def smallest(*numbers: Number) -> Number:
    """The least of the numbers; at most the least upper bound."""
    known = [bounds(each) if each is not None else (-math.inf, math.inf) for each in numbers]
    found = number(min(low for low, _ in known), min(high for _, high in known))
    return None if found == UNBOUNDED else found


def holds_any(items: Collection, condition: Callable[[Any], Truth]) -> Truth:
    """Whether the condition holds for at least one member."""
    if items is None:
        return None
    result: Truth = False if type(items) is tuple else None
    for item in items:
        truth = condition(item)
        if truth:
            return True
        if truth is None:
            result = None
    return result


def holds_all(items: Collection, condition: Callable[[Any], Truth]) -> Truth:
    """Whether the condition holds for every member."""
    if items is None:
        return None
    result: Truth = True if type(items) is tuple else None
    for item in items:
        truth = condition(item)
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def count(items: Collection, condition: Callable[[Any], Truth] | None = None) -> Number:
    """How many members the condition holds for; a range where some are unknown."""
    if items is None:
        return None
    low = high = 0
    for item in items:
        truth = True if condition is None else condition(item)
        low += truth is True
        high += truth is not False
    return number(low, math.inf if type(items) is Some else high)


def total(
    items: Collection, element: Callable[[Any], Number], condition: Callable[[Any], Truth] | None
) -> Number:
    """The sum of `element` over the members the condition holds for; bounds where unknown.

    Elements are amounts (money, records, days) and never negative, so a member that may or may
    not count adds between nothing and its amount, and an unknown amount anything upwards.
    """
    if items is None:
        return None
    low, high = 0.0, math.inf if type(items) is Some else 0.0
    for item in items:
        truth = True if condition is None else condition(item)
        if truth is False:
            continue
        amount = element(item)
        least, most = (0.0, math.inf) if amount is None else bounds(amount)
        low += least if truth else 0.0
        high += most
    return number(low, high)


def contains(item: Any, items: Collection) -> Truth:
    """Whether the collection has the item."""
    if items is None or item is None:
        return None
    if type(items) is tuple:
        return item in items
    return True if item in items.items else None  # type: ignore[union-attr]


def overlap(left: Collection, right: Collection) -> Truth:
    """Whether the collections have a member in common."""
    if left == () or right == ():
        return False
    if left is None or right is None:
        return None
    if not set(left).isdisjoint(right):
        return True
    return False if type(left) is tuple and type(right) is tuple else None


def equal(left: Any, right: Any) -> Truth:
    """Whether two values that are no numbers are the same."""
    return None if left is None or right is None else left == right


def members(items: Iterable[Any], *, complete: bool) -> tuple[Any, ...] | Some:
    """A collection as facts give it: sorted by the caller, open if it may have more."""
    found = tuple(items)
    return found if complete else Some(found)
