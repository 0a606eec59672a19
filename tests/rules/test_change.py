"""What `clears` declares, done to a stack: facts set, entries removed with all that names them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.errors import InventoryError, RuleError
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.change import as_plain, as_text, changed
from stackaudit.rules.examples import EXAMPLE_DAY, world_of
from stackaudit.rules.rule import Rule
from stackaudit.rules.subjects import Subject, kinds
from tests.rules.rule_text import loaded, with_parts

STACK = """\
stackaudit: 1
currency: EUR
incomplete: [reviews]
datasets:
  contact: {privacy: personal, system_of_record: crm}
  visitor: {privacy: personal, system_of_record: shop}
  spare: {}
tools:
  crm:
    {capabilities: [crm], holds: [contact], collects: [], x-cost-center: "42",
     contract: {cost: 4000/month, seats: 20, used: 3}}
  shop:
    {contract: none, successor: crm,
     grants: [{on: crm, kind: api_key}, {on: mail, kind: oauth, held_by: crm}]}
  mail: {successor: crm, access: {mfa: none}}
  zap:
flows:
  - {from: crm, to: mail, data: [contact], method: native}
  - {from: crm, to: mail, data: [contact], method: ipaas, through: zap}
  - {from: shop, to: mail, data: [visitor], credential: {held_by: crm, kind: oauth}}
  - {id: last, from: mail, to: shop, data: [contact]}
contracts:
  suite: {covers: [mail, zap], cost: 100/year, usage: [{metric: contacts, bought: 50, used: 5}]}
  alone: {covers: [shop], cost: 10/year}
reviews:
  crm: {state: requested}
roadmap:
  - {id: first, title: One, tools: [crm, mail]}
  - {id: second, title: Two, tools: [crm], depends_on: [first]}
"""


def rule_for(kind: str, clears: str) -> Rule:
    return loaded(
        with_parts(
            subject=f"subject: {kind}",
            params=None,
            values=None,
            severity_when=None,
            saves=None,
            when="when: true",
            message="message: m",
            clears=f"clears: {clears}",
        )
    )


def subject_of(kind: str, *ids: str, text: str = STACK) -> Subject:
    world = world_of(load_text(text, by_alias()), EXAMPLE_DAY)
    return next(each for each in kinds()[kind].members(world) if each.ids == ids)


def after(clears: str, kind: str, *ids: str, text: str = STACK) -> Stack:
    return changed(rule_for(kind, clears), subject_of(kind, *ids, text=text))


def plain(clears: str, kind: str, *ids: str, text: str = STACK) -> Any:
    return as_plain(after(clears, kind, *ids, text=text))


BEFORE: Any = as_plain(load_text(STACK, by_alias()))


# Setting facts.


@pytest.mark.parametrize(
    ("clears", "subject", "path", "written"),
    [
        ("{set: {tool.shared_login: 'false'}}",
         ("tool", "zap"), "tools.zap.access.shared_login", "false"),
        ("{set: {tool.mfa: '\"enforced\"'}}",
         ("tool", "mail"), "tools.mail.access.mfa", "enforced"),
        ("{set: {tool.lifecycle: '\"retired\"'}}",
         ("tool", "crm"), "tools.crm.lifecycle", "retired"),
        ("{set: {tool.users: '2 + 3'}}", ("tool", "crm"), "tools.crm.users", "5"),
        ("{set: {tool.last_used: today()}}", ("tool", "crm"), "tools.crm.last_used", "2026-11-02"),
        ("{set: {contract.annual_cost: '1200'}}", ("contract", "crm"), "tools.crm.contract.cost",
         "1200/year"),
        ("{set: {contract.bought: contract.used}}", ("contract", "crm"), "tools.crm.contract.seats",
         "3"),
        ("{set: {contract.bought: contract.used}}", ("contract", "suite"),
         "contracts.suite.usage.0.bought", "5"),
        ("{set: {flow.status: '\"finished\"'}}", ("flow", "last"), "flows.3.status", "finished"),
        ("{set: {flow.method: '\"api\"'}}", ("flow", "crm-to-mail-ipaas-via-zap"),
         "flows.1.method", "api"),
    ],
)  # fmt: skip
def test_a_fact_is_written_where_it_is_stated(
    clears: str, subject: tuple[str, ...], path: str, written: str
) -> None:
    found: Any = plain(clears, *subject)
    expected = [*path.split(".")]
    for key in expected:
        found = found[int(key)] if isinstance(found, list) else found[key]
    assert found == written


def test_nothing_else_is_changed() -> None:
    found = plain("{set: {tool.mfa: '\"enforced\"'}}", "tool", "mail")
    assert found.pop("tools") == {
        **BEFORE["tools"],
        "mail": {"successor": "crm", "access": {"mfa": "enforced"}},
    }
    assert found == {key: value for key, value in BEFORE.items() if key != "tools"}


def test_a_fact_of_another_subject_can_be_set() -> None:
    text = STACK.replace("mail: {", "mail: {capabilities: [crm], ")
    stack = after(
        "{set: {overlap.drop.lifecycle: '\"retired\"'}}", "overlap", "crm", "mail", text=text
    )
    assert sorted(each for each, tool in stack.tools.items() if tool.lifecycle == "retired") in (
        ["crm"],
        ["mail"],
    )


@pytest.mark.parametrize(
    ("clears", "message"),
    [
        ("{set: {tool.users: tool.admins}}", "what `tool.users` is set to is not known"),
        (
            "{set: {tool.shared_login: tool.roles}}",
            "what `tool.shared_login` is set to is not known",
        ),
    ],
)
def test_what_is_not_known_cannot_be_set(clears: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        after(clears, "tool", "mail")
    assert caught.value.problems[0].message == message


def test_a_change_that_makes_no_sense_is_an_error() -> None:
    with pytest.raises(InventoryError):
        after("{set: {tool.users: '0 - 5'}}", "tool", "mail")
    with pytest.raises(InventoryError):
        after("{add: {tools: {mail: {colour: red}}}}", "tool", "mail")


# Removing.


def test_removing_a_tool_removes_what_names_it() -> None:
    found = plain("{remove: tool}", "tool", "crm")
    assert list(found["tools"]) == ["shop", "mail", "zap"]
    assert found["tools"]["shop"] == {
        "contract": "none",
        "grants": [{"on": "mail", "kind": "oauth"}],
    }
    assert found["tools"]["mail"] == {"access": {"mfa": "none"}}
    assert found["datasets"]["contact"] == {"privacy": "personal"}
    assert found["reviews"] == {}
    assert [each["tools"] for each in found["roadmap"]] == [["mail"], []]
    # the flows at its ends are gone, one that it only held the key to has lost the key's holder
    assert found["flows"] == [
        {"from": "shop", "to": "mail", "data": ["visitor"], "credential": {"kind": "oauth"}},
        {"id": "last", "from": "mail", "to": "shop", "data": ["contact"]},
    ]


def test_removing_a_tool_removes_the_flows_through_it_and_a_contract_of_its_own() -> None:
    found = plain("{remove: tool}", "tool", "zap")
    assert len(found["flows"]) == 3
    assert found["contracts"]["suite"]["covers"] == ["mail"]
    assert "alone" not in plain("{remove: tool}", "tool", "shop")["contracts"]


@pytest.mark.parametrize("name", ["crm", "mail", "shop", "zap"])
def test_whatever_tool_is_removed_the_rest_is_valid(name: str) -> None:
    stack = after("{remove: tool}", "tool", name)
    assert sorted(stack.tools) == sorted({"crm", "mail", "shop", "zap"} - {name})
    assert name not in str(as_plain(stack)).replace("shop-", "")


def test_removing_a_flow_leaves_its_twin() -> None:
    found = plain("{remove: flow}", "flow", "crm-to-mail-native")
    assert found["flows"] == BEFORE["flows"][1:]


@pytest.mark.parametrize(("name", "section"), [("suite", "contracts"), ("crm", "tools")])
def test_removing_a_contract(name: str, section: str) -> None:
    found = plain("{remove: contract}", "contract", name)
    assert "contract" not in found["tools"]["crm"] or section == "contracts"
    assert ("suite" in found["contracts"]) == (section == "tools")
    assert set(found["tools"]) == set(BEFORE["tools"])


def test_removing_a_dataset() -> None:
    assert list(plain("{remove: dataset}", "dataset", "spare")["datasets"]) == [
        "contact",
        "visitor",
    ]


def test_removing_the_subject_of_another() -> None:
    assert "crm" not in plain("{remove: holding.tool}", "holding", "crm", "contact")["tools"]


def test_what_has_no_entry_cannot_be_removed() -> None:
    with pytest.raises(RuleError, match="a holding has no entry of its own"):
        after("{remove: holding}", "holding", "crm", "contact")


def test_what_is_not_known_cannot_be_removed() -> None:
    with pytest.raises(RuleError, match="what is to be removed is not known"):
        after("{remove: dataset.first_holder}", "dataset", "spare")


# Adding.


def test_entries_are_added_with_their_placeholders_filled() -> None:
    found = plain(
        '{add: {tools: {"{tool.id}": {name: "{tool.name}", access: {sso: enforced}}},'
        ' reviews: {"{tool.id}": {state: requested}}}}',
        "tool",
        "mail",
    )
    assert found["tools"]["mail"] == {
        "successor": "crm",
        "access": {"mfa": "none", "sso": "enforced"},
        "name": "mail",
    }
    assert found["reviews"] == {"crm": {"state": "requested"}, "mail": {"state": "requested"}}


def test_flows_are_added_to_those_there_are() -> None:
    added = {"from": "mail", "to": "crm", "data": ["contact"], "method": "api"}
    clears = '{add: {flows: [{from: "{tool.id}", to: crm, data: [contact], method: api}]}}'
    assert plain(clears, "tool", "mail")["flows"] == [*BEFORE["flows"], added]
    without = STACK[: STACK.index("flows:")]
    assert plain(clears, "tool", "mail", text=without)["flows"] == [added]


def test_what_is_there_is_not_added_twice() -> None:
    again = "{add: {flows: [{id: last, from: mail, to: shop, data: [contact]}]}}"
    assert plain(again, "tool", "mail")["flows"] == BEFORE["flows"]


def test_a_hostile_name_is_only_a_name() -> None:
    hostile = "'\"}, x: {a: \\n# \\u2028 \N{PILE OF POO} [/]"
    text = STACK.replace(
        "  zap:\n", f"  zap: {{name: '{hostile.replace(chr(39), chr(39) * 2)}'}}\n"
    )
    found = plain('{add: {tools: {zap: {notes: "{tool.name}"}}}}', "tool", "zap", text=text)
    assert found["tools"]["zap"] == {"name": hostile, "notes": hostile}


printable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(value=printable)
def test_any_text_survives_being_written(value: str) -> None:
    text = as_text({"stackaudit": "1", "x-note": [value], "tools": {"a": {"notes": value + "."}}})
    stack = load_text(text, by_alias())
    assert stack.tools["a"].notes == value + "."
    assert as_plain(stack)["x-note"] == [value]
