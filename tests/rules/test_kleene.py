"""Three-valued logic and numbers known as a range: tables, and what must hold for all values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stackaudit.rules import kleene
from stackaudit.rules.kleene import Comparison, Interval, Number, Some, Truth

TRUTHS: tuple[Truth, ...] = (True, False, None)
OPERATORS: tuple[Comparison, ...] = get_args(Comparison)

plain = st.integers(-20, 20).map(float) | st.sampled_from([0.25, -0.5, 1e6])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(plain), draw(plain)))
    assume(low < high)
    return draw(st.sampled_from([Interval(low, high), Interval(low, math.inf)]))


numbers = plain | intervals() | st.none()


def inside(draw: st.DrawFn, number: Number) -> float:
    """One of the values that the number may have."""
    if number is None:
        return draw(plain)
    low, high = kleene.bounds(number)
    if low == high:
        return low
    top = low + 1000 if math.isinf(high) else high
    return draw(st.floats(low, top) | st.sampled_from([low, top]))


def contains(number: Number, value: float | None) -> bool:
    low, high = kleene.bounds(number)
    return value is None or low <= value <= high


CALCULATIONS: dict[str, Callable[[Number, Number], Number]] = {
    "add": kleene.add,
    "subtract": kleene.subtract,
    "multiply": kleene.multiply,
    "divide": kleene.divide,
    "largest": kleene.largest,
    "smallest": kleene.smallest,
}


@pytest.mark.parametrize("name", CALCULATIONS)
@settings(deadline=None)
@given(data=st.data())
def test_the_true_value_lies_in_the_interval(name: str, data: st.DataObject) -> None:
    left, right = data.draw(numbers), data.draw(numbers)
    draw: Any = data.draw
    true = CALCULATIONS[name](inside(draw, left), inside(draw, right))
    assert not isinstance(true, Interval)
    assert contains(CALCULATIONS[name](left, right), true)


@pytest.mark.parametrize("operator", OPERATORS)
@settings(deadline=None)
@given(data=st.data())
def test_a_decided_comparison_holds_for_every_value(
    operator: Comparison, data: st.DataObject
) -> None:
    left, right = data.draw(numbers), data.draw(numbers)
    decided = kleene.compare(operator, left, right)
    draw: Any = data.draw
    true = kleene.compare(operator, inside(draw, left), inside(draw, right))
    assert true is not None
    assert decided in (None, true)


@pytest.mark.parametrize("operator", OPERATORS)
@settings(deadline=None)
@given(left=plain, right=plain)
def test_plain_numbers_compare_as_everywhere(
    operator: Comparison, left: float, right: float
) -> None:
    expected = eval(f"left {operator} right", {"left": left, "right": right})
    assert kleene.compare(operator, left, right) is expected


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("<", Interval(1, 3), 4, True),
        ("<", Interval(1, 3), 3, None),
        ("<", Interval(3, 5), 3, False),
        ("<=", Interval(1, 3), 3, True),
        (">", Interval(3, 5), 3, None),
        (">=", Interval(3, 5), 3, True),
        (">=", 2, Interval(3, math.inf), False),
        ("==", Interval(1, 3), 2, None),
        ("==", Interval(1, 3), 4, False),
        ("!=", Interval(1, 3), 4, True),
        ("==", Interval(1, 3), Interval(1, 3), None),
        ("<", None, 4, None),
    ],
)
def test_a_comparison_decides_when_the_whole_interval_agrees(
    operator: Comparison, left: Number, right: Number, expected: Truth
) -> None:
    assert kleene.compare(operator, left, right) is expected


def test_an_interval_ranks_and_calculates_like_a_number() -> None:
    some = Interval(1, 3)
    assert [some < 4, some > 2, some <= 3, some <= 0] == [True, None, True, False]
    assert some + 1 == 1 + some == Interval(2, 4)
    assert (some - 1, 5 - some) == (Interval(0, 2), Interval(2, 4))
    assert some * 2 == 2 * some == Interval(2, 6)
    assert (some / 2, 6 / some) == (Interval(0.5, 1.5), Interval(2, 6))


@pytest.mark.parametrize(
    ("calculate", "left", "right", "expected"),
    [
        (kleene.divide, 1, 0, None),
        (kleene.divide, 1, Interval(-1, 1), None),
        (kleene.divide, 1, Interval(0, 1), None),
        (kleene.divide, 4, Interval(1, 2), Interval(2, 4)),
        (kleene.divide, Interval(5, math.inf), Interval(1, math.inf), Interval(0, math.inf)),
        (kleene.divide, math.inf, math.inf, None),
        (kleene.subtract, math.inf, math.inf, None),
        (kleene.add, math.inf, -math.inf, None),
        (kleene.multiply, 0, Interval(1, math.inf), 0),
        (kleene.multiply, 0, math.inf, 0),
        (kleene.multiply, Interval(-1, 2), Interval(-3, 4), Interval(-6, 8)),
        (kleene.largest, 5, None, Interval(5, math.inf)),
        (kleene.smallest, 5, None, Interval(-math.inf, 5)),
        (kleene.largest, None, None, None),
        (kleene.largest, None, math.inf, math.inf),
    ],
)
def test_calculations_at_the_edges(
    calculate: Callable[[Number, Number], Number], left: Number, right: Number, expected: Number
) -> None:
    assert calculate(left, right) == expected


def test_products_of_large_whole_numbers_stay_floats() -> None:
    product: Number = 10**15
    for _ in range(60):
        product = kleene.multiply(product, 10**15)
    assert product == math.inf


@settings(deadline=None)
@given(items=st.lists(st.sampled_from(TRUTHS), max_size=5), whole=st.booleans())
def test_any_and_all_are_what_every_completion_says(items: list[Truth], whole: bool) -> None:
    members = tuple(items) if whole else Some(tuple(items))
    extra = [()] if whole else [(), (True,), (False,), (True, False)]
    choices = [(True, False) if each is None else (each,) for each in items]
    completed = [(*chosen, *more) for chosen in itertools.product(*choices) for more in extra]
    for holds, plainly in ((kleene.holds_any, any), (kleene.holds_all, all)):
        answers = {plainly(each) for each in completed}
        expected = answers.pop() if len(answers) == 1 else None
        assert holds(members, lambda each: each) is expected


@settings(deadline=None)
@given(
    items=st.lists(st.tuples(st.sampled_from(TRUTHS), st.integers(0, 9) | st.none()), max_size=4),
    whole=st.booleans(),
    data=st.data(),
)
def test_counts_and_sums_contain_every_completion(
    items: list[tuple[Truth, int | None]], whole: bool, data: st.DataObject
) -> None:
    completed = [
        (
            data.draw(st.booleans()) if truth is None else truth,
            data.draw(st.integers(0, 99)) if amount is None else amount,
        )
        for truth, amount in items
    ]
    if not whole:
        completed += data.draw(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=3))
    members: Any = tuple(items) if whole else Some(tuple(items))
    counted = kleene.count(members, lambda pair: pair[0])
    summed = kleene.total(members, lambda pair: pair[1], lambda pair: pair[0], 0.0)
    assert contains(counted, sum(truth for truth, _ in completed))
    assert contains(summed, sum(amount for truth, amount in completed if truth))


def test_a_sum_of_what_may_be_negative_has_no_lower_bound() -> None:
    def amount(number: Number) -> Number:
        return number

    assert kleene.total((5, None), amount, None, 0.0) == Interval(5, math.inf)
    assert kleene.total((5, None), amount, None, -math.inf) is None
    assert kleene.total((5, -2), amount, lambda each: True if each == 5 else None, 0.0) == Interval(
        3, 5
    )
    assert kleene.total(Some((5,)), amount, None, -math.inf) is None


@pytest.mark.parametrize(
    ("item", "items", "expected"),
    [
        ("a", ("a", "b"), True),
        ("c", ("a", "b"), False),
        ("a", Some(("a",)), True),
        ("c", Some(("a",)), None),
        ("a", None, None),
        (None, ("a",), None),
        (None, (), False),
        ("a", (), False),
    ],
)
def test_membership(item: Any, items: kleene.Collection, expected: Truth) -> None:
    assert kleene.contains(item, items) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("a",), ("a", "b"), True),
        (("a",), ("b",), False),
        (("a",), Some(("b",)), None),
        (Some(("a",)), ("a",), True),
        (("a",), None, None),
        ((), None, False),
        (None, (), False),
        (Some(()), (), False),
    ],
)
def test_overlap(left: kleene.Collection, right: kleene.Collection, expected: Truth) -> None:
    assert kleene.overlap(left, right) is expected


@pytest.mark.parametrize("value", TRUTHS)
def test_not_twice_is_nothing(value: Truth) -> None:
    assert kleene.negated(kleene.negated(value)) is value
