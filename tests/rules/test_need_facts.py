"""Needs: what keeps data from a capability, how old it is on arrival, what would bring it."""

from __future__ import annotations

import math

import pytest

from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.subjects import kinds
from tests.rules.facts_reading import fact, members, missing, path
from tests.rules.portfolio import world

SHOP = """
    stackaudit: 1
    datasets: {purchase: {name: Orders, system_of_record: shop}, ticket: {system_of_record: none}}
    capabilities:
      customer-support: {name: Service, needs: [purchase, ticket], within: 4h}
      surveys: {needs: [purchase]}
      email: {needs: [purchase]}
    tools:
      shop: {name: The shop, capabilities: [ecommerce], holds: [purchase], collects: []}
      crm: {capabilities: [crm], holds: [purchase], collects: []}
      suite: {name: Suite, capabilities: [marketing-automation, email], holds: [], collects: []}
      desk: {name: Desk, capabilities: [customer-support], holds: [purchase], collects: []}
      second-desk: {capabilities: [customer-support], holds: [], collects: []}
    flows:
      - {id: nightly, from: shop, to: crm, data: [purchase], every: 1d}
      - {id: hourly, from: crm, to: desk, data: [purchase], every: 1h}
      - {id: to-suite, from: shop, to: suite, data: [purchase]}
"""


def test_a_need_is_met_by_the_best_provider_and_its_intervals_add_up() -> None:
    need = ("customer-support", "purchase")
    assert fact(SHOP, "need.met", *need) is True
    assert fact(SHOP, "need.takes", *need) == 1500
    assert fact(SHOP, "need.provider", *need).id == "desk"
    assert path(SHOP, "need.takes", *need) == ("shop", "crm", "desk")
    assert members(SHOP, "need.providers", *need) == ("desk", "second-desk")
    assert fact(SHOP, "need.slowest", *need) == "shop → crm, every day"
    assert (fact(SHOP, "need.source_id", *need), fact(SHOP, "need.provider_id", *need)) == (
        "shop",
        "desk",
    )


def test_where_it_is_allowed_to_take_as_long_as_it_likes_there_is_no_limit() -> None:
    assert fact(SHOP, "need.limited", "customer-support", "purchase") is True
    assert fact(SHOP, "need.within", "customer-support", "purchase") == 240
    assert fact(SHOP, "need.limited", "surveys", "purchase") is False
    assert fact(SHOP, "need.within", "surveys", "purchase") == math.inf


def test_an_interval_that_nobody_stated_takes_at_least_nothing() -> None:
    text = SHOP.replace("data: [purchase], every: 1d", "data: [purchase]")
    assert fact(text, "need.takes", "customer-support", "purchase") == Interval(60, math.inf)
    assert missing(text, "need.takes", "customer-support", "purchase") == ["flows.nightly.every"]


def test_a_way_that_may_be_quicker_keeps_the_time_open() -> None:
    text = SHOP + "      - {id: unsaid, from: shop, to: desk, every: 5min}\n"
    assert fact(text, "need.takes", "customer-support", "purchase") == Interval(5, 1500)
    assert missing(text, "need.takes", "customer-support", "purchase") == ["flows.unsaid.data"]


def test_the_slowest_step_is_on_the_quickest_way() -> None:
    text = SHOP + "      - {id: slow, from: shop, to: desk, data: [purchase], every: 1w}\n"
    assert fact(text, "need.slowest", "customer-support", "purchase") == "shop → crm, every day"


def test_what_does_not_arrive_takes_no_time_that_anybody_knows() -> None:
    assert fact(SHOP, "need.takes", "surveys", "purchase") == Interval(0, math.inf)
    assert fact(SHOP, "need.slowest", "surveys", "purchase") is None


# What is missing where a need is not met


@pytest.mark.parametrize(
    ("capability", "dataset", "gap", "reach"),
    [
        ("surveys", "purchase", "no tool in use is mainly for that",
         "the nearest that have it: The shop, Suite and crm"),
        ("email", "purchase",
         "no tool in use is mainly for that (Suite can do it and has the data)",
         "the nearest that have it: The shop, Suite and crm"),
        ("customer-support", "ticket", "this data does not get to Desk and second-desk",
         "no tool in use has it"),
    ],
)  # fmt: skip
def test_the_gap_in_words(capability: str, dataset: str, gap: str, reach: str) -> None:
    need = (capability, dataset)
    assert fact(SHOP, "need.met", *need) is False
    assert fact(SHOP, "need.gap", *need) == gap
    found = fact(SHOP, "need.reach", *need)
    assert sorted(found.replace(" and ", ", ").split(", ")) == sorted(
        reach.replace(" and ", ", ").split(", ")
    )


def test_the_gap_names_both_ends() -> None:
    text = SHOP.replace(
        "      - {id: nightly, from: shop, to: crm, data: [purchase], every: 1d}\n", ""
    )
    need = ("customer-support", "purchase")
    assert (
        fact(text, "need.gap", *need)
        == "no flow brings this data from The shop to Desk and second-desk"
    )
    assert fact(text, "need.reach", *need) == "the nearest that have it: The shop and Suite"
    assert path(text, "need.met", *need) == ("shop",)


def test_a_record_that_is_gone_brings_nothing() -> None:
    text = SHOP.replace("shop: {name: The shop,", "shop: {name: The shop, lifecycle: retired,")
    need = ("customer-support", "purchase")
    assert fact(text, "need.met", *need) is False
    assert fact(text, "need.gap", *need) == "The shop, its system of record, is retired"


def test_the_witness_of_an_unmet_need_is_how_far_the_data_gets() -> None:
    text = SHOP.replace("      - {id: hourly, from: crm, to: desk, data: [purchase], every: 1h}\n",
                        "      - {id: other, from: crm, to: desk, data: [ticket]}\n")  # fmt: skip
    need = ("customer-support", "purchase")
    assert fact(text, "need.met", *need) is False
    assert path(text, "need.met", *need) == ("shop", "crm")


def test_where_no_tool_has_it_or_does_it_a_new_one_is_named() -> None:
    assert fact(SHOP, "need.provider_id", "surveys", "purchase") == "surveys-tool"
    assert fact(SHOP, "need.source_id", "customer-support", "ticket") == "ticket-source"
    assert fact(SHOP, "need.provider_id", "customer-support", "ticket") == "desk"


def test_a_tool_that_does_it_besides_its_main_job_is_named() -> None:
    assert members(SHOP, "need.also", "email", "purchase") == ("suite",)
    assert members(SHOP, "need.also", "surveys", "purchase") == ()


def test_a_need_of_which_nobody_said_enough_is_open() -> None:
    text = SHOP.replace("purchase: {name: Orders, system_of_record: shop}", "purchase: {}")
    assert fact(text, "need.met", "surveys", "purchase") is False  # nobody does surveys at all
    assert fact(text, "need.met", "customer-support", "purchase") is True  # whichever it may be
    text = text.replace("data: [purchase], every: 1h", "data: [ticket]")
    assert fact(text, "need.met", "customer-support", "purchase") is None
    assert missing(text, "need.met", "customer-support", "purchase") == [
        "datasets.purchase.system_of_record"
    ]
    assert missing(text, "need.takes", "customer-support", "purchase") == [
        "datasets.purchase.system_of_record"
    ]


def test_a_tool_of_which_nobody_said_what_it_is_for_may_be_one_more_provider() -> None:
    text = SHOP.replace("second-desk: {capabilities: [customer-support], ", "second-desk: {")
    need = ("surveys", "purchase")
    assert members(text, "need.providers", *need) == Some(())
    assert missing(text, "need.providers", *need) == ["tools.second-desk.capabilities"]
    assert fact(text, "need.gap", *need) == "no tool in use is stated to be mainly for that"


def test_a_need_met_whatever_the_record_may_take_any_time() -> None:
    text = SHOP.replace("purchase: {name: Orders, system_of_record: shop}", "purchase: {}")
    need = ("customer-support", "purchase")
    assert fact(text, "need.met", *need) is True
    assert fact(text, "need.takes", *need) == Interval(0, math.inf)
    assert missing(text, "need.takes", *need) == ["datasets.purchase.system_of_record"]


# Which needs there are


def unlisted(text: str) -> list[tuple[tuple[str, str], ...]]:
    return [each.ids for each in kinds()["need"].undecided(world(text))]


def test_a_capability_that_does_not_say_what_it_needs_is_a_question() -> None:
    text = "stackaudit: 1\ncapabilities: {email: {}, crm: {needs: []}}\ntools: {}\n"
    assert unlisted(text) == [(("capability", "email"),)]


def test_a_file_without_capabilities_knows_nothing_of_needs() -> None:
    assert unlisted("stackaudit: 1\ntools: {}\n") == [(("stack", "capabilities"),)]
    assert unlisted("stackaudit: 1\ncapabilities: {}\n") == []
    partly = "stackaudit: 1\nincomplete: [capabilities]\ncapabilities: {crm: {needs: []}}\n"
    assert unlisted(partly) == [(("stack", "capabilities"),)]
