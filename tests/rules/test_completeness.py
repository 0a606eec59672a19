"""Completeness: how much of what rules ask of a tool is stated, and what to state next."""

from __future__ import annotations

from dataclasses import fields

import pytest

from stackaudit.inventory.model import Contract, Tool
from stackaudit.rules.completeness import Completeness, asked_keys
from stackaudit.rules.engine import run
from stackaudit.rules.library import load_rules
from stackaudit.rules.subjects import kinds
from tests.rules.portfolio import world

RULES = load_rules(
    select=["bloat/unowned-cost", "bloat/notice-window", "bloat/idle-seats", "bloat/dormant-tool"]
)


def completeness(text: str) -> Completeness:
    """What the rules above found out about a stack of one tool, `drift`."""
    here = world(f"stackaudit: 1\n{text}\n")
    run(here, RULES)
    return here.completeness


def drift(entry: str) -> Completeness:
    return completeness(f"tools: {{drift: {{{entry}}}}}")


def test_what_decides_rules_is_asked_and_what_is_assumed_is_not() -> None:
    assert asked_keys(RULES) == {
        "contract.auto_renew": 1,
        "contract.cost": 3,
        "contract.notice": 1,
        "contract.renews": 1,
        "contract.seats": 1,
        "contract.used": 1,
        "last_used": 1,
        "owner.business": 1,
    }


def test_the_shipped_rules_ask_for_keys_that_an_entry_can_have() -> None:
    known = {each.name for each in fields(Tool)}
    of_contract = {each.name for each in fields(Contract)}
    for key in asked_keys(load_rules()):
        head, _, rest = key.partition(".")
        assert head in known, key
        assert head != "contract" or rest in of_contract, key


def test_an_empty_entry_states_nothing() -> None:
    assert drift("name: Drift").share("drift") == 0


def test_each_answer_counts_and_none_is_one() -> None:
    assert drift("owner: {business: none}").share("drift") == 1 / 8
    assert drift("owner: {business: none}, last_used: never").share("drift") == 2 / 8


def test_an_owner_on_the_other_side_is_not_the_one_that_was_asked_for() -> None:
    assert drift("owner: {technical: it}").share("drift") == 0


def test_no_contract_answers_all_that_is_asked_of_contracts() -> None:
    assert drift("contract: none").share("drift") == 6 / 8


def test_a_contract_answers_what_it_says() -> None:
    assert drift("contract: {cost: 9/year, renews: never}").share("drift") == 2 / 8
    assert drift("contract: {}").share("drift") == 0


def test_another_metric_than_seats_answers_for_them() -> None:
    assert drift("contract: {usage: [{metric: MTU, bought: 9}]}").share("drift") == 2 / 8


def test_a_shared_contract_answers_for_the_tools_it_covers() -> None:
    shared = "contracts: {suite: {covers: [drift], cost: 9/year, auto_renew: false}}"
    measured = completeness(f"tools: {{drift: {{}}}}\n{shared}")
    assert measured.share("drift") == 2 / 8


def test_the_most_useful_is_what_decides_the_most_and_the_worst() -> None:
    assert drift("name: Drift").most_useful("drift") == ("contract", "last_used", "owner.business")


def test_what_is_stated_is_not_asked_again() -> None:
    assert drift("owner: {business: cmo}, last_used: 2026-10-01").most_useful("drift") == (
        "contract",
    )


def test_of_a_contract_that_is_there_the_single_keys_are_asked() -> None:
    measured = drift("owner: {business: cmo}, last_used: 2026-10-01, contract: {cost: 9/year}")
    unstated = ("auto_renew", "notice", "renews", "seats", "used")
    assert measured.most_useful("drift", 9) == tuple(f"contract.{each}" for each in unstated)
    assert len(measured.most_useful("drift")) == 3


@pytest.mark.parametrize("stage", ["planned", "retired", "rejected"])
def test_tools_not_in_use_are_spared(stage: str) -> None:
    here = world(
        f"stackaudit: 1\ntools: {{drift: {{lifecycle: {stage}}}, gtm: {{contract: none}}}}"
    )
    run(here, RULES)
    assert here.completeness.stack_share() == 6 / 8


def test_a_stack_of_which_nothing_is_asked_is_complete() -> None:
    empty = Completeness.of(world("stackaudit: 1\ntools: {drift: {}}"), (), ())
    assert (empty.asked, empty.share("drift"), empty.most_useful("drift")) == (0, 1.0, ())
    none = world("stackaudit: 1\ntools: {}")
    run(none, RULES)
    assert none.completeness.stack_share() == 1.0


def test_deep_keys_are_looked_up_where_lists_are_on_the_way() -> None:
    measured = drift("grants: [{on: drift, can: read}, {on: drift}], access: {sso: none}")
    stated = {"grants.0.can": True, "grants.1.can": False, "grants.2.can": False,
              "access.sso": True, "access.mfa": False, "region": False}  # fmt: skip
    assert {key: measured.states("drift", key) for key in stated} == stated


def test_an_entry_is_about_a_tool_whatever_its_stage() -> None:
    here = world("stackaudit: 1\ntools: {b: {lifecycle: retired}, a: {}}")
    assert [each.named() for each in kinds()["entry"].members(here)] == [
        (("tool", "a"),),
        (("tool", "b"),),
    ]
