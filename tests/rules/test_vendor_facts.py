"""What goes to one vendor, with what is not known of it."""

from __future__ import annotations

import pytest

from stackaudit.rules.kleene import Interval
from stackaudit.rules.subjects import kinds
from tests.rules.facts_reading import fact, ids, missing
from tests.rules.portfolio import world

STACK = """
    stackaudit: 1
    tools:
      analytics: {vendor: Adobe}
      mailer: {vendor: Adobe Inc, contract: {cost: 10000/year}}
      targeting: {vendor: ADOBE}
      old: {vendor: Adobe, lifecycle: retired, contract: {cost: 70000/year}}
      other: {vendor: B, contract: {cost: 1000/month}}
    contracts:
      suite: {covers: [analytics, targeting], cost: 28000/year}
"""


def test_one_vendor_whatever_the_case() -> None:
    found = [each.id for each in kinds()["vendor"].members(world(STACK))]
    assert found == ["adobe", "adobe-inc", "b"]
    assert ids(fact(STACK, "vendor.tools_in_use", "adobe")) == ("analytics", "targeting")


def test_the_share_counts_contracts_once_and_not_the_past() -> None:
    assert fact(STACK, "vendor.spend", "adobe") == 28000
    assert fact(STACK, "vendor.spend_elsewhere", "adobe") == 22000
    assert fact(STACK, "vendor.share", "adobe") == pytest.approx(0.56)
    assert fact(STACK, "vendor.paid_contracts", "adobe") == 3
    assert fact(STACK, "vendor.largest_contract", "adobe").id == "suite"


def test_a_contract_that_covers_two_vendors_is_a_range() -> None:
    text = STACK.replace("targeting: {vendor: ADOBE}", "targeting: {vendor: C}")
    assert fact(text, "vendor.spend", "adobe") == Interval(0, 28000)


def test_an_unknown_cost_of_its_own_and_of_another() -> None:
    own = STACK.replace("cost: 28000/year", "renews: 2027-01-01")
    assert fact(own, "vendor.share", "adobe") == Interval(0.0, 1.0)
    assert missing(own, "vendor.share", "adobe") == ["contracts.suite.cost"]
    other = STACK.replace("contract: {cost: 1000/month}", "users: 3")
    share = fact(other, "vendor.share", "adobe")
    assert isinstance(share, Interval)
    assert share.low == 0.0
    assert share.high == pytest.approx(28 / 38)


def test_nothing_spent_is_no_part() -> None:
    text = "stackaudit: 1\ntools: {a: {vendor: A, contract: none}}\n"
    assert fact(text, "vendor.share", "a") == 0
    assert fact(text, "vendor.largest_contract", "a") is None
