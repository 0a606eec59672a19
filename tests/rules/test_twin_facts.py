"""One product bought twice, and names that look the same."""

from __future__ import annotations

import pytest

from stackaudit.rules.kinds.names import looks, same_letters
from stackaudit.rules.subjects import kinds
from tests.rules.facts_reading import fact, missing
from tests.rules.portfolio import world

TWO = """
    stackaudit: 1
    tools:
      a: {{product: typeform, contract: {first}}}
      b: {{product: typeform, contract: {second}}}
"""


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("{cost: 900/year}", "{cost: 10/month}", True),
        ("{cost: 900/year}", "{cost: 0}", False),
        ("{cost: 900/year}", "none", False),
        ("{cost: 900/year}", "{seats: 3}", None),
        ("none", "{seats: 3}", False),
    ],
)
def test_paid_twice(first: str, second: str, twice: bool | None) -> None:
    assert fact(TWO.format(first=first, second=second), "twin.paid_twice", "a", "b") is twice


def test_what_is_missing_to_know_it() -> None:
    text = TWO.format(first="{cost: 900/year}", second="{seats: 3}")
    assert missing(text, "twin.paid_twice", "a", "b") == ["tools.b.contract.cost"]


def test_one_contract_for_both_is_one_subscription() -> None:
    text = """
        stackaudit: 1
        tools: {a: {product: looker}, b: {product: looker}}
        contracts: {google: {covers: [a, b], cost: 9000/year}}
    """
    assert fact(text, "twin.paid_twice", "a", "b") is False


def test_what_is_deliberately_kept_saves_nothing() -> None:
    text = """
        stackaudit: 1
        tools:
          a: {product: typeform, contract: {cost: 900/year}, users: 9}
          b: {product: typeform, contract: {cost: 300/year}, users: 1}
    """
    assert fact(text, "twin.saving", "a", "b") == 300
    kept = text.replace("users: 1}", "users: 1, keep: until spring}")
    assert fact(kept, "twin.saving", "a", "b") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HubSpot", "Hub spot"),
        ("HUBSPOT", "hub-spot"),
        ("Zoho", "Zoh\u043e"),
        ("gitlab", "git1ab"),
        ("Office", "0ffice"),
        ("Intercom", "lntercom"),
        ("Braze", "B\u200braze"),
        ("Braze", "\uff22raze"),
    ],
)
def test_names_that_look_the_same(one: str, other: str) -> None:
    assert looks(one) & looks(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Segment", "Segments"), ("Bird", "Bard"), ("GA 4", "GA 3"), ("+", "-"), ("Mall", "Mail")],
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert not looks(one) & looks(other)


def test_how_they_differ() -> None:
    assert same_letters("Hub spot", "HubSpot")
    assert not same_letters("Zoho", "Zoh\u043e")
    text = 'stackaudit: 1\ntools: {a: {name: Zoho}, b: {name: "Zoh\\u043e"}, c: {name: zoho}}\n'
    pairs = {each.ids for each in kinds()["look_alike"].members(world(text))}
    assert pairs == {("a", "b"), ("a", "c"), ("b", "c")}
    assert fact(text, "look_alike.difference", "a", "b") == "only in letters that are drawn alike"
    assert fact(text, "look_alike.difference", "a", "c").startswith("only in spacing")
