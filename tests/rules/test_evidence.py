"""What evidence keeps of the values that a rule read."""

from __future__ import annotations

from stackaudit.rules.evidence import MOST_ITEMS, plain
from stackaudit.rules.kleene import Interval, Some


def test_a_list_is_kept_whole_up_to_a_length() -> None:
    assert plain(("a", "b")) == ["a", "b"]
    assert plain(Some(("a",))) == {"at_least": ["a"]}
    assert plain(tuple(range(MOST_ITEMS))) == list(range(MOST_ITEMS))


def test_of_a_longer_one_the_beginning_and_the_count() -> None:
    items = tuple(range(MOST_ITEMS + 1))
    assert plain(items) == {"first": list(range(MOST_ITEMS)), "count": MOST_ITEMS + 1}
    assert plain(Some(items)) == {"at_least": plain(items)}


def test_numbers_that_are_not_sure() -> None:
    assert plain(Interval(1.0, float("inf"))) == {"low": 1.0, "high": None}
