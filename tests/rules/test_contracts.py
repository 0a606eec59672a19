"""Contracts: what a year costs, how much is used, until when one has to give notice."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from stackaudit.rules.kleene import Interval
from stackaudit.rules.subjects import kinds
from tests.rules.portfolio import fact, missing, world


def one(contract: str, more: str = "") -> str:
    """A stack with one tool and its contract."""
    return f"stackaudit: 1\ncurrency: EUR\n{more}tools:\n  drift: {{contract: {contract}}}\n"


SUITE = """
    stackaudit: 1
    currency: EUR
    tools:
      analytics: {}
      targeting: {contract: {cost: 2000/year}}
      alone: {}
      nothing: {contract: none}
      unsaid: {}
      unpriced: {contract: {seats: 5}}
    contracts:
      suite: {name: The suite, covers: [analytics, targeting], cost: 40000/year}
      single: {covers: [alone], cost: 1000/quarter}
"""


# What a year costs


@pytest.mark.parametrize(
    ("cost", "a_year"),
    [
        ("48000/year", 48000),
        ("12000/quarter", 48000),
        ("4000/month", 48000),
        ("99.50/month", 1194),
        ("0", 0),
        ("{amount: 82, currency: GBP, period: month}", 82 * 12 * 1.16),
        ("{amount: 100, currency: EUR, period: quarter}", 400),
    ],
)
def test_every_price_is_a_year_in_the_currency_of_the_stack(cost: str, a_year: float) -> None:
    text = one(f"{{cost: {cost}}}", "exchange_rates: {GBP: 1.16}\n")
    assert fact(text, "contract.annual_cost", "drift") == pytest.approx(a_year)


def test_a_contract_that_says_no_price_costs_something_nobody_knows() -> None:
    assert fact(one("{seats: 3}"), "contract.annual_cost", "drift") is None
    assert fact(one("{seats: 3}"), "contract.free", "drift") is False
    assert fact(one("{cost: 0}"), "contract.free", "drift") is True


def test_a_shared_contract_is_a_range_for_each_of_its_tools() -> None:
    assert fact(SUITE, "tool.annual_cost", "analytics") == Interval(0, 40000)
    assert fact(SUITE, "tool.annual_cost", "targeting") == Interval(2000, 42000)
    assert fact(SUITE, "tool.annual_cost", "alone") == 4000


def test_a_tool_without_a_contract_costs_nothing_and_one_that_says_nothing_is_unknown() -> None:
    assert fact(SUITE, "tool.annual_cost", "nothing") == 0
    assert fact(SUITE, "tool.annual_cost", "unsaid") is None
    assert fact(SUITE, "tool.annual_cost", "unpriced") is None


def test_of_two_contracts_one_without_a_price_the_other_is_the_least_it_costs() -> None:
    text = SUITE.replace("cost: 40000/year", "seats: 40")
    assert fact(text, "tool.annual_cost", "targeting") == Interval(2000, math.inf)


def test_a_tool_that_a_contract_names_twice_is_paid_once() -> None:
    text = SUITE.replace("covers: [alone]", "covers: [alone, alone]")
    assert fact(text, "tool.annual_cost", "alone") == 4000


@pytest.mark.parametrize(
    ("tool", "paid"),
    [("analytics", True), ("targeting", True), ("nothing", False), ("unsaid", None),
     ("unpriced", None)],
)  # fmt: skip
def test_whether_a_tool_is_paid_for(tool: str, paid: bool | None) -> None:
    assert fact(SUITE, "tool.paid", tool) is paid


def test_what_is_asked_is_the_place_where_the_price_would_stand() -> None:
    shared = SUITE.replace("covers: [alone], cost: 1000/quarter", "covers: [alone]")
    assert missing(shared, "tool.paid", "alone") == ["contracts.single.cost"]
    assert missing(SUITE, "tool.paid", "unpriced") == ["tools.unpriced.contract.cost"]
    assert missing(SUITE, "tool.paid", "unsaid") == ["tools.unsaid.contract"]


def test_a_tool_of_which_no_contract_is_stated_is_asked_for_it() -> None:
    undecided = kinds()["contract"].undecided(world(SUITE))
    assert [each.ids for each in undecided] == [(("tool", "unsaid"),)]


def test_a_contract_is_in_use_if_one_of_its_tools_is() -> None:
    text = SUITE.replace("analytics: {}", "analytics: {lifecycle: retired}")
    assert fact(text, "contract.in_use", "suite") is True
    text = text.replace("targeting: {", "targeting: {lifecycle: rejected, ")
    assert fact(text, "contract.in_use", "suite") is False


# How much is used


def test_seats_are_the_metric_where_nothing_else_is_counted() -> None:
    text = one("{seats: 20, used: 3}")
    assert fact(text, "contract.use", "drift") == pytest.approx(0.15)
    assert fact(text, "contract.metric", "drift") == "seats"
    assert (fact(text, "contract.bought", "drift"), fact(text, "contract.used", "drift")) == (20, 3)


def test_of_several_metrics_the_one_used_most_counts() -> None:
    text = one("{seats: 10, used: 2, usage: [{metric: contacts, bought: 500, used: 400}]}")
    assert fact(text, "contract.use", "drift") == pytest.approx(0.8)
    assert fact(text, "contract.metric", "drift") == "contacts"
    assert fact(text, "contract.bought", "drift") == 500


def test_a_metric_that_is_not_known_may_be_used_more_than_the_others() -> None:
    text = one("{usage: [{metric: MTU, bought: 100, used: 30}, {metric: events, bought: 9}]}")
    assert fact(text, "contract.use", "drift") == Interval(0.3, math.inf)
    assert fact(text, "contract.metric", "drift") is None
    assert missing(text, "contract.use", "drift") == ["tools.drift.contract.usage.1.used"]


@pytest.mark.parametrize(
    ("contract", "asked"),
    [
        ("{seats: 20}", ["used"]),
        ("{used: 3}", ["seats"]),
        ("{cost: 9/year}", ["seats", "used"]),
        ("{usage: [{metric: MTU}]}", ["usage.0.bought", "usage.0.used"]),
    ],
)
def test_what_is_not_stated_of_the_use_is_asked_for(contract: str, asked: list[str]) -> None:
    assert fact(one(contract), "contract.use", "drift") is None
    expected = [f"tools.drift.contract.{each}" for each in asked]
    assert missing(one(contract), "contract.use", "drift") == expected


def test_of_nothing_bought_nothing_is_idle() -> None:
    assert fact(one("{seats: 0, used: 0}"), "contract.use", "drift") == 1
    assert fact(one("{seats: 0, used: 4}"), "contract.use", "drift") == math.inf


# Until when


@pytest.mark.parametrize(
    ("renews", "notice", "deadline"),
    [
        ("2027-01-15", "60d", dt.date(2026, 11, 16)),
        ("2027-05-31", "3mo", dt.date(2027, 2, 28)),
        ("2028-05-31", "3mo", dt.date(2028, 2, 29)),
        ("2027-01-31", "1mo", dt.date(2026, 12, 31)),
        ("2028-02-29", "1y", dt.date(2027, 2, 28)),
        ("2027-01-15", "2w", dt.date(2027, 1, 1)),
        ("2027-01-15", "999999y", dt.date.min),
        ("never", "60d", dt.date.max),
    ],
)
def test_the_last_day_for_notice_is_counted_by_the_calendar(
    renews: str, notice: str, deadline: dt.date
) -> None:
    text = one(f"{{renews: {renews}, notice: {notice}}}")
    assert fact(text, "contract.notice_deadline", "drift") == deadline


def test_without_the_day_or_the_notice_there_is_no_deadline() -> None:
    assert fact(one("{renews: 2027-01-15}"), "contract.notice_deadline", "drift") is None
    assert fact(one("{notice: 60d}"), "contract.notice_deadline", "drift") is None
    asked = missing(one("{notice: 60d}"), "contract.notice_deadline", "drift")
    assert asked == ["tools.drift.contract.renews"]


@pytest.mark.parametrize(
    ("contract", "runs_on"),
    [
        ("{renews: 2026-11-03, auto_renew: false}", True),
        ("{renews: 2026-11-03}", True),
        ("{renews: 2026-11-02, auto_renew: false}", False),
        ("{renews: 2026-11-02}", None),
        ("{renews: 2025-01-01, auto_renew: true}", True),
        ("{auto_renew: true}", True),
        ("{auto_renew: false}", None),
        ("{renews: never, auto_renew: true}", False),
        ("{cost: 9/year}", None),
    ],
)
def test_whether_a_contract_goes_on(contract: str, runs_on: bool | None) -> None:
    assert fact(one(contract), "contract.runs_on", "drift") is runs_on


@pytest.mark.parametrize(
    ("contract", "again"),
    [
        ("{cost: 900/year, auto_renew: true}", 900),
        ("{cost: 900/year, auto_renew: false}", 0),
        ("{cost: 900/year, renews: never, auto_renew: true}", 0),
        ("{cost: 900/year}", Interval(0, 900)),
        ("{auto_renew: false}", 0),
        ("{auto_renew: true}", None),
    ],
)
def test_what_another_year_costs_if_nobody_gives_notice(
    contract: str, again: float | Interval | None
) -> None:
    assert fact(one(contract), "contract.renewal_cost", "drift") == again


# Contracts of tools that are past


RETIRED = """
    stackaudit: 1
    tools:
      bird: {lifecycle: retired}
      tyntec: {lifecycle: rejected}
      braze: {}
    contracts:
      messages: {covers: [bird, tyntec], renews: 2027-01-01, auto_renew: true}
      suite: {covers: [bird, braze], renews: 2027-01-01, auto_renew: true}
"""


def test_the_running_contract_is_the_one_that_nobody_needs_any_more() -> None:
    running = fact(RETIRED, "tool.running_contract", "bird")
    assert running.id == "messages"
    assert fact(RETIRED, "tool.contract_runs_on", "bird") is True


def test_a_contract_that_others_still_need_is_not_paid_in_vain() -> None:
    text = RETIRED.replace("tyntec: {lifecycle: rejected}", "tyntec: {lifecycle: planned}")
    assert fact(text, "tool.contract_runs_on", "bird") is False
    assert fact(text, "tool.running_contract", "bird") is None


def test_the_place_of_what_is_missing_is_in_the_shared_contract() -> None:
    text = RETIRED.replace(
        "covers: [bird, tyntec], renews: 2027-01-01, auto_renew: true", "covers: [bird, tyntec]"
    ).replace("      suite: {covers: [bird, braze], renews: 2027-01-01, auto_renew: true}\n", "")
    assert fact(text, "tool.contract_runs_on", "bird") is None
    assert missing(text, "tool.contract_runs_on", "bird") == [
        "contracts.messages.renews",
        "contracts.messages.auto_renew",
    ]
