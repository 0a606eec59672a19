"""What was decided about a tool, what replaces it, what it costs for each person, the budget."""

from __future__ import annotations

import datetime as dt

import pytest

from stackaudit.rules.kleene import Interval
from tests.rules.facts_reading import fact, missing


def one(entry: str) -> str:
    others = "  braze: {lifecycle: planned}\n  new: {}\n"
    return f"stackaudit: 1\ntools:\n  drift: {{{entry}}}\n{others}"


@pytest.mark.parametrize(
    ("entry", "goes"),
    [
        ("lifecycle: retiring", True),
        ("disposition: migrate", True),
        ("disposition: eliminate", True),
        ("disposition: tolerate", False),
        ("disposition: invest", False),
        ("vendor: Drift", None),
    ],
)
def test_what_is_to_go(entry: str, goes: bool | None) -> None:
    assert fact(one(entry), "tool.to_go", "drift") is goes


@pytest.mark.parametrize(
    ("entry", "there", "lacking"),
    [
        ("successor: new", True, None),
        ("successor: braze", False, None),
        ("successor: none", False, None),
        ("disposition: invest", False, None),
        ("disposition: migrate", None, "tools.drift.successor"),
        ("vendor: Drift", None, "tools.drift.disposition"),
    ],
)
def test_whether_the_successor_is_there(
    entry: str, there: bool | None, lacking: str | None
) -> None:
    assert fact(one(entry), "tool.successor_in_use", "drift") is there
    if lacking:
        assert missing(one(entry), "tool.successor_in_use", "drift") == [lacking]


@pytest.mark.parametrize(
    ("entry", "ends"),
    [
        ("pilot: {ends: 2026-12-31}", dt.date(2026, 12, 31)),
        ("pilot: {ends: never}", dt.date.max),
        ("pilot: {decides: cmo}", None),
        ("pilot: none", dt.date.max),
        ("vendor: Drift", dt.date.max),
    ],
)
def test_when_a_pilot_ends(entry: str, ends: dt.date | None) -> None:
    assert fact(one(entry), "tool.pilot_ends", "drift") == ends


@pytest.mark.parametrize(
    ("product", "gone", "words"),
    [
        ("universal-analytics", True, "the vendor ended the product in 2023"),
        ("shareasale", True, "the product was merged in 2025 into Awin"),
        ("braze", False, None),
        ("none", False, None),
        ("nobody-knows-this-one", False, None),
    ],
)
def test_what_the_catalog_says(product: str, gone: bool, words: str | None) -> None:
    text = one(f"product: {product}, disposition: tolerate")
    assert fact(text, "tool.off_the_market", "drift") is gone
    assert fact(text, "tool.replacement", "drift") == words


def test_without_a_product_the_catalog_is_not_asked() -> None:
    assert fact(one("vendor: Drift"), "tool.off_the_market", "drift") is None
    assert missing(one("vendor: Drift"), "tool.off_the_market", "drift") == ["tools.drift.product"]


PRICES = """
    stackaudit: 1
    tools:
      a: {capabilities: [surveys], contract: {cost: 1000/year}, users: 10}
      b: {capabilities: [surveys], contract: {cost: 400/year, seats: 4, used: 2}}
      c: {capabilities: [surveys], contract: {cost: 600/year}, users: 2}
      d: {capabilities: [surveys], contract: none, users: 2}
"""


def test_the_usual_price_is_the_median_of_those_that_cost() -> None:
    assert fact(PRICES, "tool.usual_cost_per_user", "a") == 200
    assert fact(PRICES, "tool.peer_count", "a") == 3


def test_an_unknown_price_or_purpose_makes_it_a_range() -> None:
    unpriced = PRICES.replace("cost: 600/year", "seats: 3")
    assert fact(unpriced, "tool.usual_cost_per_user", "a") == Interval(100, 200)
    assert missing(unpriced, "tool.usual_cost_per_user", "a") == ["tools.c.contract.cost"]
    unplaced = PRICES + "      e: {users: 3}\n"
    assert fact(unplaced, "tool.peer_count", "a") == Interval(3, 4)
    assert missing(unplaced, "tool.peer_count", "a") == ["tools.e.capabilities"]


def test_the_innovation_share() -> None:
    text = "stackaudit: 1\nbudget: {total: 900000, innovation: 45000}\n"
    assert fact(text, "stack.innovation_share") == pytest.approx(0.05)
    assert fact("stackaudit: 1\nbudget: {innovation: none}\n", "stack.innovation_share") == 0
    unknown = "stackaudit: 1\nbudget: {innovation: 45000}\n"
    assert fact(unknown, "stack.innovation_share") is None
    assert missing(unknown, "stack.innovation_share") == ["budget.total"]
