"""Three-valued logic: true, false, and None for unknown; numbers known only as a range.

Kleene's strong logic: an operator gives a value as soon as the unknown cannot change it.
"""

from __future__ import annotations

import math
import operator as plain
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from stackaudit.dataclass import dataclass

Truth: TypeAlias = "bool | None"


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of which only the bounds are known: it is one of the numbers between them.

    It calculates and ranks like a number, so that compiled rules need not ask which of the two
    they have. `==` between intervals is not Kleene's: use :func:`compare`.
    """

    low: float
    high: float

    def __lt__(self, other: float | Interval) -> Truth:
        return compare("<", self, other)

    def __le__(self, other: float | Interval) -> Truth:
        return compare("<=", self, other)

    def __gt__(self, other: float | Interval) -> Truth:
        return compare(">", self, other)

    def __ge__(self, other: float | Interval) -> Truth:
        return compare(">=", self, other)

    def __add__(self, other: float | Interval) -> Number:
        return add(self, other)

    def __radd__(self, other: float) -> Number:
        return add(other, self)

    def __sub__(self, other: float | Interval) -> Number:
        return subtract(self, other)

    def __rsub__(self, other: float) -> Number:
        return subtract(other, self)

    def __mul__(self, other: float | Interval) -> Number:
        return multiply(self, other)

    def __rmul__(self, other: float) -> Number:
        return multiply(other, self)

    def __truediv__(self, other: float | Interval) -> Number:
        return divide(self, other)

    def __rtruediv__(self, other: float) -> Number:
        return divide(other, self)


@dataclass(frozen=True, slots=True)
class Some:
    """A collection of which these members are known and more may exist."""

    items: tuple[Any, ...]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


Number: TypeAlias = "float | Interval | None"
Collection: TypeAlias = "tuple[Any, ...] | Some | None"
Comparison = Literal["<", "<=", ">", ">=", "==", "!="]

PLAIN: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    "<": plain.lt, "<=": plain.le, ">": plain.gt, ">=": plain.ge, "==": plain.eq, "!=": plain.ne,
}  # fmt: skip
"""The comparisons of two values that are known."""

ANYTHING: Final = (-math.inf, math.inf)
"""The bounds of a number of which nothing is known."""


def bounds(number: Number) -> tuple[float, float]:
    """The lowest and the highest value it may have."""
    if number is None:
        return ANYTHING
    return (number.low, number.high) if isinstance(number, Interval) else (number, number)


def number(low: float, high: float) -> Number:
    """The number between two bounds: plain where they agree, unknown where they say nothing."""
    if low == high:
        return low
    if math.isnan(low) or math.isnan(high) or (low, high) == ANYTHING:
        return None
    return Interval(low, high)


def negated(value: Truth) -> Truth:
    """Not."""
    return None if value is None else not value


def compare(operator: Comparison, left: Number, right: Number) -> Truth:
    """Compare numbers; decided only when every possible pair of values agrees."""
    if left is None or right is None:
        return None
    if type(left) is not Interval and type(right) is not Interval:
        return PLAIN[operator](left, right)
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
    products = [_times(x, y) for x in (a, b) for y in (c, d)]
    return number(min(products), max(products))


def _times(x: float, y: float) -> float:
    """In floating point, which ends at infinity where whole numbers would grow and grow."""
    return 0.0 if 0 in (x, y) else float(x) * y


def divide(left: Number, right: Number) -> Number:
    """The quotient; unknown where the divisor may be zero, or where both have no end."""
    if left is None or right is None:
        return None
    (a, b), (c, d) = bounds(left), bounds(right)
    if c <= 0 <= d:
        return None
    quotients = [x / y for x in (a, b) for y in (c, d)]
    defined = [each for each in quotients if not math.isnan(each)]
    if defined != quotients and (a == b or c == d):
        return None
    return number(min(defined), max(defined))


def largest(*numbers: Number) -> Number:
    """The greatest of the numbers; at least the greatest lower bound."""
    known = [bounds(each) for each in numbers]
    return number(max(low for low, _ in known), max(high for _, high in known))


def smallest(*numbers: Number) -> Number:
    """The least of the numbers; at most the least upper bound."""
    known = [bounds(each) for each in numbers]
    return number(min(low for low, _ in known), min(high for _, high in known))


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
    if condition is None and type(items) is tuple:
        return len(items)
    low = high = 0
    for item in items:
        truth = True if condition is None else condition(item)
        low += truth is True
        high += truth is not False
    return number(low, math.inf if type(items) is Some else high)


def total(
    items: Collection,
    element: Callable[[Any], Number],
    condition: Callable[[Any], Truth] | None,
    floor: float,
) -> Number:
    """The sum of `element` over the members the condition holds for; bounds where unknown.

    `floor` is the least that an unknown element can be: 0 for amounts (money, records), so that
    a sum over partly unknown amounts is at least that of the known ones.
    """
    if items is None:
        return None
    low = high = 0.0
    for item in items:
        truth = True if condition is None else condition(item)
        if truth is False:
            continue
        amount = element(item)
        least, most = (floor, math.inf) if amount is None else bounds(amount)
        low += least if truth else min(least, 0.0)
        high += most if truth else max(most, 0.0)
    return number(low + floor, math.inf) if type(items) is Some else number(low, high)


def contains(item: Any, items: Collection) -> Truth:
    """Whether the collection has the item; an empty one has none, whatever it is."""
    if items == ():
        return False
    if items is None or item is None:
        return None
    if isinstance(items, Some):
        return True if item in items.items else None
    return item in items


def overlap(left: Collection, right: Collection) -> Truth:
    """Whether the collections have a member in common."""
    if left == () or right == ():
        return False
    if left is None or right is None:
        return None
    if not set(left).isdisjoint(right):
        return True
    return False if type(left) is tuple and type(right) is tuple else None
