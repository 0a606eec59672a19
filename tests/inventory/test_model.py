"""What can be stated, how it is written, and what it means when it is not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from stackaudit.inventory.model import Contract, Pilot, Subprocessor, Tool
from stackaudit.inventory.values import Duration, Money, Rate
from tests.inventory.reading import full_text, problems, read


def tool(body: str) -> Tool:
    return read(f"tools: {{a: {body}}}").tools["a"]


def test_the_full_example_is_accepted_with_every_value_of_its_type() -> None:
    stack = read(full_text())
    hubspot = stack.tools["hubspot"]
    assert hubspot.capabilities == ("email", "landing-pages", "forms")
    contract = hubspot.contract
    assert isinstance(contract, Contract)
    assert (contract.cost, contract.seats) == (Money(Decimal(48000), "year"), 60)
    assert (contract.renews, contract.notice) == (dt.date(2027, 2, 1), Duration(60, "d"))
    assert contract.auto_renew is True
    assert stack.own_contract("hubspot") is hubspot.contract
    assert stack.own_contract("onetrust") is None
    assert hubspot.subprocessors == (Subprocessor("aws", "eu"), Subprocessor("snowflake", "us"))
    assert stack.tools["salesforce"].subprocessors == (
        Subprocessor("aws"),
        Subprocessor("snowflake"),
    )
    assert hubspot.certifications == {
        "soc2": dt.date(2027, 3, 31),
        "iso27001": dt.date(2026, 12, 31),
    }
    assert hubspot.limits is not None
    assert hubspot.limits.records == Rate(500000.0, "day")
    assert stack.policy.innovation_share == 0.05
    assert stack.policy.refused_subprocessors == ()
    assert stack.capabilities["email"].within == Duration(1, "d")
    flow = stack.flows["hubspot-to-salesforce-ipaas-via-zapier"]
    assert (flow.source, flow.target, flow.key) == ("hubspot", "salesforce", ("email",))
    assert flow.credential is not None
    assert flow.credential.expires == dt.date(2027, 1, 10)
    assert set(stack.flows) == {
        "hubspot-to-salesforce-ipaas-via-zapier",
        "hubspot-to-segment",
        "salesforce-to-braze",
        "shopify-to-hubspot-native",
        "till-export",
    }
    assert stack.contracts["adobe"].covers == ("adobe-analytics", "aem", "marketo")
    assert stack.reviews["hubspot"].scope is not None
    assert stack.roadmap["tidy"].depends_on == ("cdp",)
    assert stack.budget.innovation == Decimal(60000)
    assert stack.incomplete == {"flows"}
    assert stack.confirmed == dt.date(2026, 10, 20)


def test_money_in_another_currency_is_turned_into_the_stacks() -> None:
    stack = read(full_text())
    contract = stack.own_contract("salesforce")
    assert contract is not None
    assert contract.cost == Money(Decimal(90000), "year", "USD")
    assert stack.a_year(contract.cost) == Decimal("82800.00")
    assert stack.a_year(Money(Decimal(4000), "month")) == 48000


def test_every_mapping_is_sorted_by_id() -> None:
    stack = read(full_text())
    for section in (stack.datasets, stack.capabilities, stack.tools, stack.flows, stack.roadmap):
        assert list(section) == sorted(section)


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_and_null_mean_that_it_is_unknown(nothing: str) -> None:
    keys = ("name", "contract", "access", "holds", "users", "bought", "dpa", "links", "pilot")
    stack = read("tools:\n  a:\n" + "".join(f"    {key}: {nothing}\n" for key in keys))
    assert stack.tools["a"] == read("tools: {a: {}}").tools["a"] == Tool()
    assert read(f"tools:\n  a: {nothing}\n").tools == {"a": Tool()}
    assert read(f"tools: {nothing}\n").tools == {}
    inner = tool(f"{{links: {{handbook: {nothing}}}, certifications: {{soc2: {nothing}}}}}")
    assert inner.links == {"handbook": None}
    assert inner.certifications == {"soc2": None}


def test_a_quoted_null_is_text() -> None:
    assert tool('{name: "null", vendor: "~"}').name == "null"


def test_absence_is_stated_and_not_the_same_as_unknown() -> None:
    stated = tool(
        "{contract: none, pilot: none, holds: [], it_involved: never, successor: none, "
        "owner: {business: none}, own_access: false, product: none}"
    )
    assert (stated.contract, stated.pilot, stated.holds) == ("none", "none", ())
    assert (stated.it_involved, stated.successor, stated.own_access) == ("never", "none", False)
    assert tool("{pilot: {}}").pilot == Pilot()


def test_a_stack_without_the_section_knows_nothing_of_flows() -> None:
    assert not read("tools: {a: }").knows_flows
    assert not read("flows:\ntools: {a: }").knows_flows
    assert read("flows: []\ntools: {a: }").knows_flows


def test_use_follows_from_the_lifecycle() -> None:
    in_use = {
        stage: tool(f"{{lifecycle: {stage}}}").in_use
        for stage in ("planned", "pilot", "active", "retiring", "retired", "rejected")
    }
    assert [stage for stage, used in in_use.items() if used] == ["pilot", "active", "retiring"]
    assert Tool().stage == "active"


OWN_KEYS = """\
x-a: {any: [thing]}
policy: {x-b: 1}
datasets: {contact: {x-c: 1}}
capabilities: {email: {x-d: 1}}
tools:
  a:
    x-e: 1
    owner: {x-f: 1}
    access: {x-g: 1}
    contract: {x-h: 1, cost: {amount: 1, period: year, x-i: 1}, usage: [{metric: a, x-j: 1}]}
    grants: [{on: a, x-k: 1}]
    pilot: {x-l: 1}
flows: [{from: a, to: a, x-m: 1, credential: {x-n: 1}}]
reviews: {a: {state: requested, x-o: 1, scope: {x-p: 1, access: {x-q: 1}}}}
roadmap: [{id: r, x-r: 1}]
budget: {x-s: 1}
contracts: {c: {covers: [a], x-t: 1}}
"""


def test_peoples_own_keys_are_kept_in_every_mapping_with_fixed_keys() -> None:
    stack = read(OWN_KEYS)
    assert stack.origins.node("x-a", None, "any") == ["thing"]
    assert stack.origins.node("tools", "a", "contract", "cost", "x-i") == "1"
    assert stack.origins.node("flows", "a-to-a", "x-m") == "1"
    assert str(stack.origins.place("tools", "a", "owner", "x-f")) == "<text>:8:13"


def test_an_id_may_begin_with_x_and_be_called_like_a_key() -> None:
    assert set(read("tools: {x-ray: {}, tools: {}, '010': {}, 6sense: {}}").tools) == {
        "x-ray",
        "tools",
        "010",
        "6sense",
    }


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "010", "1.10", "2026-01-01", "0x1F", "1e3", ".nan"]
)
def test_where_text_is_meant_a_scalar_is_its_text(word: str) -> None:
    assert tool(f"{{name: {word}, region: {word}, domains: [{word}]}}").name == word


@pytest.mark.parametrize("text", ["${TOKEN}", "{{ x }}", "$(id)", "%(x)s", "{0.__class__}"])
def test_nothing_in_a_text_is_filled_in(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "hunter2")
    assert tool(f"{{name: '{text}'}}").name == text


def test_a_former_id_names_what_is_gone() -> None:
    assert tool("{previously: [old-a, older-a]}").previously == ("old-a", "older-a")


def test_free_is_the_only_price_without_a_period() -> None:
    contract = read("tools: {a: {contract: {cost: {amount: 0}}}}").own_contract("a")
    assert contract is not None
    assert contract.cost == Money(Decimal(0), "year")
    found = problems("tools: {a: {contract: {cost: {amount: 5}}}}")
    assert [each[:3] for each in found] == [
        ("bad-value", "1:30", "add `period: year`, quarter or month")
    ]
