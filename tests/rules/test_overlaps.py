"""Overlaps: who does the same for the same people, which one to keep, and what that saves."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.findings.money import savings
from stackaudit.inventory.model import Tool
from stackaudit.inventory.model.tools import UsedFor
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.kinds.portfolio import OverlapSubject
from stackaudit.rules.kinds.scopes import DIMENSIONS, Scopes, serve_the_same
from stackaudit.rules.kleene import Interval
from stackaudit.rules.subjects import kinds
from tests.rules.portfolio import fact, subject, world
from tests.stacks import audited

# Whom tools serve


def serving(**used_for: tuple[str, ...]) -> Tool:
    return Tool(used_for=UsedFor(**used_for))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (Tool(), Tool(), True),
        (Tool(), serving(brands=("nord",)), True),
        (serving(brands=("nord",)), serving(brands=("sued",)), False),
        (serving(brands=("nord", "sued")), serving(brands=("sued",)), True),
        (serving(regions=("dach",)), serving(regions=("uk",)), False),
        (serving(channels=("shops",)), serving(channels=("online",)), False),
        (serving(brands=("nord",)), serving(regions=("uk",)), True),
        (serving(brands=("nord",), regions=("uk",)), serving(brands=("nord",)), True),
        (serving(brands=("n",), regions=("uk",)), serving(brands=("n",), regions=("fr",)), False),
        (serving(regions=("DACH",)), serving(regions=("dach",)), True),
        (serving(brands=()), serving(brands=("nord",)), True),
    ],
)  # fmt: skip
def test_tools_meet_unless_they_serve_different_people(a: Tool, b: Tool, same: bool) -> None:
    assert serve_the_same(a, b) is same
    assert serve_the_same(b, a) is same


values = st.lists(st.sampled_from(["x", "y", "z"]), max_size=2, unique=True).map(tuple)
served = st.fixed_dictionaries({}, optional=dict.fromkeys(DIMENSIONS, values))
crowds = st.dictionaries(st.sampled_from("abcdefg"), served, min_size=1)


@given(crowds, st.sets(st.sampled_from("abcdefg")))
def test_buckets_find_what_comparing_every_pair_finds(
    stated: dict[str, Any], without: set[str]
) -> None:
    tools = {name: serving(**used_for) for name, used_for in sorted(stated.items())}
    placed = [name for name in tools if name not in without]
    scopes = Scopes((("email", name) for name in placed), tools, without & set(tools))
    for tool in tools.values():
        near = [name for name in placed if serve_the_same(tool, tools[name])]
        assert list(scopes.sharing("email", tool)) == near


@given(crowds, st.sets(st.sampled_from("abcdefg")))
def test_a_crowd_is_the_most_that_meet_in_one_place(
    stated: dict[str, Any], without: set[str]
) -> None:
    tools = {name: serving(**used_for) for name, used_for in sorted(stated.items())}
    placed = {name: tool for name, tool in tools.items() if name not in without}
    scopes = Scopes((("email", name) for name in placed), tools, without & set(tools))
    for tool in tools.values():
        found, at_most = scopes.crowd("email", tool)
        assert len(found) == most_in_one_place(tool, placed)
        assert at_most == most_in_one_place(tool, tools)
        assert len(found) == most_in_one_place(tool, {name: tools[name] for name in found})


def most_in_one_place(tool: Tool, among: dict[str, Tool]) -> int:
    """The same by trying every brand, region and channel there is."""
    places = itertools.product(["x", "y", "z"], repeat=len(DIMENSIONS))
    return max(
        sum(serves(each, place) for each in among.values())
        for place in places
        if serves(tool, place)
    )


def serves(tool: Tool, place: tuple[str, ...]) -> bool:
    stated = (getattr(tool.used_for, dimension) for dimension in DIMENSIONS)
    return all(not value or here in value for value, here in zip(stated, place, strict=True))


# Which pairs there are


def pairs(text: str) -> list[tuple[str, ...]]:
    return [each.ids for each in kinds()["overlap"].members(world(text))]


def test_a_pair_shares_what_one_of_them_is_mainly_for() -> None:
    text = """
        stackaudit: 1
        tools:
          hubspot: {capabilities: [marketing-automation, email, forms]}
          mailchimp: {capabilities: [email]}
          typeform: {capabilities: [surveys, forms]}
          unbounce: {capabilities: [landing-pages, forms]}
          salesforce: {capabilities: [crm]}
    """
    assert pairs(text) == [("hubspot", "mailchimp")]


def test_only_tools_in_use_make_a_pair() -> None:
    text = """
        stackaudit: 1
        tools:
          a: {capabilities: [email], lifecycle: pilot}
          b: {capabilities: [email], lifecycle: retiring}
          c: {capabilities: [email], lifecycle: planned}
          d: {capabilities: [email], lifecycle: retired}
          e: {capabilities: [email], lifecycle: rejected}
    """
    assert pairs(text) == [("a", "b")]


@pytest.mark.parametrize(
    ("a", "b", "share", "main"),
    [
        ("[email]", "[push, sms, email]", 1, True),
        ("[email, forms]", "[email, push, sms]", 0.5, True),
        ("[email, forms]", "[push, forms, email, sms]", 1, True),
        ("[cms, forms]", "[email, forms, sms]", 0.5, False),
        ("[cms, forms]", "[forms, sms]", 0.5, True),
        ("[email, email, forms]", "[email, push]", 0.5, True),
    ],
)
def test_the_smaller_tool_sets_the_measure(a: str, b: str, share: float, main: bool) -> None:
    here = world(f"stackaudit: 1\ntools:\n  a: {{capabilities: {a}}}\n  b: {{capabilities: {b}}}\n")
    pair = OverlapSubject(here, here.tools["a"], here.tools["b"])
    assert facts_of("overlap")["share"].read(pair) == share
    assert facts_of("overlap")["main_shared"].read(pair) is main


def test_what_is_not_stated_is_asked_for_once() -> None:
    text = """
        stackaudit: 1
        incomplete: [tools]
        tools:
          a: {capabilities: [email]}
          b: {}
          c: {lifecycle: retired}
          d: {capabilities: []}
    """
    for kind in ("overlap", "provision"):
        asked = [str(m) for each in kinds()[kind].undecided(world(text)) for m in each.missing]
        assert asked == ["stack.tools", "tools.b.capabilities"]


def test_a_tool_that_says_nothing_of_its_purpose_may_make_the_crowd_larger() -> None:
    text = """
        stackaudit: 1
        tools:
          a: {capabilities: [email]}
          b: {capabilities: [email], used_for: {regions: [uk]}}
          c: {used_for: {regions: [uk]}}
          d: {used_for: {regions: [fr]}}
          e: {capabilities: [crm], used_for: {regions: [dach]}}
    """
    assert fact(text, "provision.crowd", "a", "email") == Interval(2, 3)
    assert fact(text, "provision.crowd", "b", "email") == Interval(2, 3)
    assert fact(text, "provision.crowd", "e", "crm") == 1


# Which one to keep


def kept(a: str, b: str, more: str = "") -> tuple[str, tuple[str, ...]]:
    """The one to keep of `anna` and `bert`, both for email, and why."""
    text = (
        "stackaudit: 1\ndatasets: {contact: {}}\ntools:\n"
        f"  anna: {{name: Anna, capabilities: [email], {a}}}\n"
        f"  bert: {{name: Bert, capabilities: [email], {b}}}\n"
        "  crm: {capabilities: [crm]}\n  bi: {capabilities: [bi]}\n"
        f"{more}"
    )
    pair = subject(text, "overlap", "anna", "bert")
    facts = facts_of("overlap")
    return facts["keep"].read(pair).id, facts["reasons"].read(pair)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("users: 90", "keep: the board wants it", "deliberately kept"),
        ("users: 90, lifecycle: retiring", "users: 1", "Anna is to go already"),
        ("users: 90, disposition: eliminate", "users: 1", "Anna is to go already"),
        ("users: 90, disposition: migrate", "users: 1", "Anna is to go already"),
        ("users: 90, successor: bert", "users: 1", "Anna is to go already"),
        ("users: 90, lifecycle: pilot", "users: 1", "Anna is only a pilot"),
        ("users: 90", "users: 1, disposition: invest", "invested in"),
        ("users: 90, last_used: 2026-08-04", "users: 1, last_used: 2026-11-01",
         "Anna is out of use"),
        ("users: 90, last_used: never", "users: 1", "Anna is out of use"),
    ],
)  # fmt: skip
def test_what_was_decided_and_what_is_out_of_use_outweighs_all_else(
    a: str, b: str, reason: str
) -> None:
    tool, reasons = kept(a, b)
    assert tool == "bert"
    assert reasons[0] == reason


def test_a_tool_used_within_the_quarter_is_in_use() -> None:
    assert kept("users: 90, last_used: 2026-08-05", "users: 1, last_used: 2026-11-01")[0] == "anna"


def test_a_tool_bought_last_month_is_not_out_of_use_because_nobody_has_used_it_yet() -> None:
    anna = "users: 90, bought: 2026-10-01, last_used: never"
    assert kept(anna, "users: 1, last_used: 2026-11-01")[0] == "anna"


def test_more_people_speak_for_a_tool() -> None:
    assert kept("users: 3", "users: 20") == ("bert", ("20 users against 3",))


def test_people_are_those_of_the_contract_where_nothing_else_is_stated() -> None:
    bert = "contract: {cost: 9/year, seats: 30, used: 20}"
    assert kept("users: 3, contract: {cost: 9/year}", bert) == ("bert", ("20 users against 3",))


FLOWS = """\
flows:
  - {from: bert, to: crm, data: [contact], status: active}
  - {from: bert, to: bi, data: [contact], status: active}
  - {from: crm, to: bert, data: [contact], status: active}
  - {from: anna, to: crm, data: [contact], status: planned}
"""


def test_a_few_more_people_do_not_outweigh_the_tools_that_depend_on_the_other() -> None:
    tool, reasons = kept("users: 18", "users: 17", FLOWS)
    assert tool == "bert"
    assert reasons == ("2 dependent tools against 0", "3 flows against 0")


def test_twice_as_many_people_do() -> None:
    assert kept("users: 40", "users: 17", FLOWS)[0] == "anna"


def test_feeding_a_hub_does_not_make_all_that_hangs_on_the_hub_depend_on_the_feeder() -> None:
    more = "flows:\n  - {from: anna, to: bert, data: [contact]}\n" + FLOWS.removeprefix("flows:\n")
    tool, reasons = kept("users: 5", "users: 5", more)
    assert tool == "bert"
    assert "2 dependent tools against 1" in reasons


def test_without_a_section_of_flows_nothing_is_said_of_them() -> None:
    assert kept("users: 5, contract: {cost: 9/year}", "users: 5, contract: {cost: 8/year}") == (
        "bert",
        ("lower cost",),
    )


def test_what_is_not_stated_speaks_for_no_tool() -> None:
    assert kept("", "users: 2") == ("bert", ("2 users against unknown",))
    assert kept("", "contract: {cost: 9000/year}") == ("bert", ("known cost",))


def test_among_equals_the_first_stays_and_nothing_is_made_up() -> None:
    assert kept("", "") == ("anna", ())


def verdict(a: str, b: str) -> str:
    text = f"""
        stackaudit: 1
        tools:
          anna: {{name: Anna, capabilities: [email], {a}}}
          bert: {{name: Bert, capabilities: [email], {b}}}
    """
    found: str = fact(text, "overlap.verdict", "anna", "bert")
    return found


def test_where_nobody_stated_who_uses_them_cost_alone_decides_nothing() -> None:
    prices = "contract: {cost: 9000/year}", "contract: {cost: 500/year}"
    open_ = "which to keep is open"
    assert verdict("", "") == f"{open_}, since nothing stated tells them apart"
    assert verdict(prices[0], "") == f"{open_}, since nothing stated tells them apart"
    assert verdict(*prices) == f"{open_}: Bert costs less, and nobody stated who uses them"
    equal = [f"users: 5, {price}" for price in prices]
    assert verdict(equal[0], equal[1]) == "to keep: Bert (lower cost)"
    assert verdict(prices[0], f"keep: agreed, {prices[1]}") == (
        "to keep: Bert (deliberately kept and lower cost)"
    )


def test_of_equals_whose_use_is_known_it_says_that_they_are_equal() -> None:
    assert verdict("users: 5", "users: 5").startswith("to keep: Anna (by all that is stated")


def test_where_it_is_open_which_one_goes_the_saving_is_a_range() -> None:
    text = """
        stackaudit: 1
        tools:
          a: {capabilities: [email], contract: {cost: 48000/year}}
          b: {capabilities: [email], contract: {cost: 100/month}}
          c: {capabilities: [email]}
    """
    assert fact(text, "overlap.saving", "a", "b") == Interval(1200, 48000)
    assert fact(text, "overlap.saving", "a", "c") is None


standing = st.fixed_dictionaries(
    {"capabilities": st.just(["email"])},
    optional={
        "users": st.integers(0, 9),
        "lifecycle": st.sampled_from(["active", "pilot", "retiring"]),
        "disposition": st.sampled_from(["invest", "migrate"]),
        "keep": st.just("agreed"),
        "last_used": st.sampled_from(["never", "2026-11-01", "2026-01-01"]),
        "contract": st.fixed_dictionaries(
            {}, optional={"cost": st.sampled_from(["5/year", "9/year"]), "used": st.integers(0, 9)}
        ),
    },
)


@given(st.lists(standing, min_size=2, max_size=5))
def test_of_any_number_of_tools_for_one_job_exactly_one_is_never_to_go(tools: list[Any]) -> None:
    named = {f"t{number}": tool for number, tool in enumerate(tools)}
    overlaps = kinds()["overlap"].members(world(json.dumps({"stackaudit": 1, "tools": named})))
    going = {facts_of("overlap")["drop"].read(each).id for each in overlaps}
    assert len(going) == len(tools) - 1


# What it saves


def saving(a: str, b: str, more: str = "") -> Any:
    text = f"""
        stackaudit: 1
        tools:
          a: {{capabilities: [email], users: 50, {a}}}
          b: {{capabilities: [email], users: 1, {b}}}
        {more}
    """
    return fact(text, "overlap.saving", "a", "b")


def test_it_saves_what_the_one_that_could_go_costs() -> None:
    assert saving("contract: {cost: 90000/year}", "contract: {cost: 800/month}") == 9600
    assert saving("contract: {cost: 90000/year}", "contract: none") == 0
    assert saving("contract: {cost: 90000/year}", "") is None


def test_a_part_of_a_shared_contract_is_a_range() -> None:
    more = "contracts: {suite: {covers: [a, b], cost: 5000/year}}"
    assert saving("", "", more) == Interval(0, 5000)


def test_what_is_deliberately_kept_saves_nothing_whichever_it_is() -> None:
    priced = "contract: {cost: 9600/year}"
    assert saving(priced, f"{priced}, keep: agreed") == 0
    assert saving(f"{priced}, keep: agreed", priced) == 0
    assert saving("keep: agreed", "") == 0


def test_no_total_counts_on_what_is_deliberately_kept_nor_calls_itself_a_lower_bound() -> None:
    text = """\
stackaudit: 1
currency: EUR
tools:
  a: {capabilities: [email], users: 50, contract: {cost: 90000/year}}
  b: {capabilities: [email], users: 1, contract: {cost: 9600/year}}
  c: {capabilities: [surveys], keep: agreed with the shops}
  d: {capabilities: [surveys]}
"""
    result = audited(text, "bloat/overlapping-tools")
    total = savings((each.finding for each in result.findings), {})
    assert len(result.findings) == 2
    assert (total.amount, total.at_least) == (9600, False)
