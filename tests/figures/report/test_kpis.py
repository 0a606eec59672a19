"""The five figures: what each is counted from, and when it says that nothing can be said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.figures.report.kpis import KPIS, Kpi, KpiId, kpis
from stackaudit.figures.summary import summarize
from tests.stacks import audited

COSTS = """\
stackaudit: 1
currency: EUR
tools:
  crm: {capabilities: [crm], contract: {cost: 12000/year, seats: 10, used: 2}}
  mailer: {capabilities: [email], contract: {cost: 100/month}}
  free: {capabilities: [cms], contract: {cost: 0}}
  odd: {capabilities: [cms]}
"""
NEEDS = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: crm}
  order: {privacy: personal, system_of_record: shop}
capabilities:
  email: {needs: [contact, order], within: 1h}
tools:
  crm: {capabilities: [crm], holds: [contact], collects: []}
  shop: {capabilities: [ecommerce], holds: [order], collects: []}
  mailer: {capabilities: [email], holds: [], collects: []}
flows:
  - {from: crm, to: mailer, data: [contact], every: 1d}
"""
APART = """\
stackaudit: 1
datasets:
  contact: {system_of_record: crm}
tools:
  crm: {holds: [contact], collects: []}
  mailer: {holds: [contact], collects: []}
  alone: {holds: [], collects: []}
  one: {holds: [contact], collects: []}
  two: {holds: [], collects: []}
  gone: {lifecycle: retired}
flows:
  - {from: crm, to: mailer, data: [contact]}
  - {from: one, to: two, data: [contact]}
"""
REVIEWS = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: none}
  figures: {privacy: none, system_of_record: none}
tools:
  reviewed: {holds: [contact], collects: []}
  old: {holds: [contact], collects: []}
  never: {holds: [contact], collects: []}
  harmless: {holds: [figures], collects: []}
  silent: {}
flows: []
reviews:
  reviewed: {state: approved, on: 2026-03-02, by: security}
  old: {state: approved, on: 2024-03-02, by: security}
"""


def figure(text: str, id_: KpiId, *rules: str) -> Kpi:
    return kpis(audited(text, *rules)).figure(id_)


def parts(kpi: Kpi) -> dict[str, float]:
    return {each.key: each.value for each in kpi.parts}


def counted(kpi: Kpi) -> float:
    return sum(each.value for each in kpi.parts if each.counts)


def test_what_the_stack_costs_is_the_sum_of_its_contracts() -> None:
    found = figure(COSTS, "cost", "bloat")
    assert (found.value, found.at_least, found.unit) == (13200, False, "money")
    assert parts(found) == {"crm": 12000, "mailer": 1200, "unstated": 1}


def test_a_contract_without_a_cost_makes_it_a_lower_bound() -> None:
    found = figure(COSTS.replace("cost: 100/month", "seats: 3"), "cost", "bloat")
    assert (found.value, found.at_least) == (12000, True)
    assert parts(found)["unpriced"] == 1


@pytest.mark.parametrize(
    ("tools", "reason"),
    [("{a: {}}", "no-contracts"), ("{a: {contract: {seats: 3}}}", "no-costs")],
)
def test_without_costs_nothing_is_said_of_them(tools: str, reason: str) -> None:
    text = f"stackaudit: 1\ntools: {tools}\n"
    assert figure(text, "cost", "bloat").empty == reason
    assert figure(text, "cost", "bloat").value is None
    assert figure(text, "savings", "bloat").empty == reason


def test_savings_are_those_of_the_findings_and_never_more_than_the_contract_costs() -> None:
    found = figure(COSTS, "savings", "bloat")
    assert (found.value, found.of) == (9600, 13200)
    assert parts(found) == {"crm": 9600}


def test_needs() -> None:
    found = figure(NEEDS, "needs", "integration")
    assert (found.value, found.of, found.at_least) == (1, 2, False)
    assert parts(found) == {"unmet": 1, "met": 1, "late": 1, "open": 0}


def test_a_stack_without_flows_says_nothing_of_needs_and_silos() -> None:
    text = NEEDS.partition("flows:")[0]
    assert figure(text, "needs", "integration").empty == "flows-unknown"
    assert figure(text, "apart", "integration").empty == "flows-unknown"


def test_tools_that_stand_alone_or_only_talk_to_each_other_are_apart() -> None:
    found = figure(APART, "apart", "silo")
    assert (found.value, found.of, found.at_least) == (3, 5, False)
    assert parts(found) == {"lone": 1, "island": 2, "unsure": 0, "joined": 2}


def test_a_zero_needs_four_fifths_to_be_known() -> None:
    text = APART.replace("from: one, to: two, data: [contact]", "from: crm, to: one")
    hidden = text.replace("alone: {holds: [], collects: []}", "alone: {incomplete: [flows]}")
    found = figure(hidden, "apart", "silo")
    assert parts(found)["lone"] == 1  # `two` is certain
    unsure = hidden.replace("two: {holds: [], collects: []}", "two: {incomplete: [flows]}")
    assert figure(unsure, "apart", "silo").empty == "too-little-known"


def test_sensitive_tools_without_a_review_that_counts() -> None:
    found = figure(REVIEWS, "unreviewed", "security")
    assert (found.value, found.of, found.at_least) == (2, 3, True)
    assert parts(found) == {"none": 1, "expired": 1, "approved": 1, "unclear": 1}


def test_where_no_tool_says_what_it_handles_nothing_is_said_of_reviews() -> None:
    found = figure("stackaudit: 1\ntools: {a: {}, b: {}}\n", "unreviewed", "security")
    assert (found.value, found.empty) == (None, "privacy-unknown")
    assert counted(found) == 0


def test_an_empty_stack_has_five_figures_that_say_why_they_are_empty() -> None:
    found = kpis(audited("stackaudit: 1\n", "security/no-mfa"))
    assert tuple(each.id for each in found.figures) == KPIS
    assert all(each.value is None and each.empty for each in found.figures)
    assert (found.empty, found.verdict.outcome) == ("no-tools", "nothing-checked")


@pytest.mark.parametrize(
    ("text", "rules", "outcome"),
    [
        (REVIEWS, ("security/unreviewed-tool",), "gates"),
        (COSTS, ("bloat/idle-seats",), "nothing-gates"),
        (NEEDS, ("integration/broken-flow",), "too-little-known"),
        (NEEDS.replace("1d", "1d, status: active"), ("integration/broken-flow",), "clean"),
    ],
)
def test_the_verdict_in_one_word(text: str, rules: tuple[str, ...], outcome: str) -> None:
    assert kpis(audited(text, *rules)).verdict.outcome == outcome


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 90), st.integers(0, 90)), max_size=6)
)
def test_what_counts_adds_up_to_the_figure(contracts: list[tuple[int, int, int]]) -> None:
    """And the figures are those of every other report."""
    tools = "".join(
        f"  t{number}: {{capabilities: [email], contract: {{cost: {cost}/year, seats: {seats},"
        f" used: {used}}}}}\n"
        for number, (cost, seats, used) in enumerate(contracts)
    )
    result = audited(f"stackaudit: 1\ntools:\n{tools or '  {}'}\n", "bloat")
    found, summary = kpis(result), summarize(result)
    for each in found.figures:
        if each.value is not None:
            assert counted(each) == pytest.approx(each.value, abs=0.005)
    if contracts:
        assert found.figure("cost").value == summary.annual_cost.amount
        assert found.figure("savings").value == summary.saves.amount
