"""What a tool handles, and what a breach of it would give away."""

from __future__ import annotations

import pytest

from stackaudit.rules.kleene import Interval, Some
from tests.rules.facts_reading import fact, members, missing, path

HUB = """
    stackaudit: 1
    datasets:
      contact: {name: Customers, privacy: personal}
      diet: {privacy: special}
      visitor: {privacy: personal}
      product: {privacy: none}
      note: {}
    tools:
      shop: {collects: [contact, diet, product], holds: [], grants: []}
      site: {collects: [visitor], holds: [], grants: []}
      hub: {holds: [product], collects: [], grants: []}
      lake: {holds: [contact], collects: [], grants: []}
      mover: {holds: [], collects: [], grants: []}
    flows:
      - {id: a, from: shop, to: hub, data: [contact], credential: {held_by: shop}}
      - {id: b, from: site, to: hub, data: [visitor], protect: hashed, credential: {held_by: site}}
      - {id: c, from: shop, to: hub, data: [diet], status: planned}
      - {id: d, from: hub, through: mover, to: lake, data: [contact], credential: {held_by: lake}}
"""


# What it handles itself


def test_it_handles_what_it_holds_collects_receives_and_passes_on() -> None:
    assert members(HUB, "tool.handles", "hub") == ("contact", "product", "visitor")
    assert members(HUB, "tool.handles", "shop") == ("contact", "diet", "product")
    assert members(HUB, "tool.handles", "mover") == ("contact",)
    assert missing(HUB, "tool.handles", "hub") == []


def test_what_arrives_hashed_is_handled_and_not_personal() -> None:
    assert members(HUB, "tool.personal_data", "hub") == ("contact",)
    assert members(HUB, "tool.personal_data", "shop") == ("contact", "diet")
    assert members(HUB, "tool.personal_data", "mover") == ("contact",)


def test_a_key_opens_data_elsewhere_which_is_not_handled_here() -> None:
    mover = "mover: {holds: [], collects: [], grants: "
    text = HUB.replace(f"{mover}[]}}", f"{mover}[{{on: shop, data: [diet]}}]}}")
    assert members(text, "tool.exposes", "mover") == ("hub", "shop")
    assert members(text, "tool.handles", "mover") == ("contact",)


@pytest.mark.parametrize(
    ("old", "new", "unstated"),
    [
        ("hub: {holds: [product], ", "hub: {", "tools.hub.holds"),
        ("[product], collects: [], ", "[product], ", "tools.hub.collects"),
        ("to: hub, data: [contact], ", "to: hub, ", "flows.a.data"),
        ("hub: {", "hub: {incomplete: [flows], ", "tools.hub.incomplete"),
        ("    stackaudit: 1\n", "    stackaudit: 1\n    incomplete: [flows]\n", "stack.flows"),
    ],
)  # fmt: skip
def test_what_nobody_said_keeps_the_list_open(old: str, new: str, unstated: str) -> None:
    text = HUB.replace(old, new)
    assert text != HUB
    assert isinstance(members(text, "tool.handles", "hub"), Some)
    assert isinstance(members(text, "tool.personal_data", "hub"), Some)
    assert missing(text, "tool.handles", "hub") == [unstated]
    assert missing(text, "tool.personal_data", "hub") == [unstated]


def test_what_passes_through_may_be_anything_where_nobody_said() -> None:
    text = HUB.replace("to: lake, data: [contact], ", "to: lake, ")
    assert members(text, "tool.handles", "mover") == Some(())
    assert missing(text, "tool.handles", "mover") == ["flows.d.data"]


def test_data_of_which_nobody_said_the_class_may_be_personal() -> None:
    text = HUB.replace("hub: {holds: [product]", "hub: {holds: [note, contact]")
    assert members(text, "tool.personal_data", "hub") == Some(("contact",))
    assert missing(text, "tool.personal_data", "hub") == ["datasets.note.privacy"]
    assert members(text, "tool.handles", "hub") == ("contact", "note", "visitor")


def test_of_what_passes_through_protected_nobody_said_where_it_is_protected() -> None:
    text = HUB.replace("through: mover, to: lake,", "through: mover, to: lake, protect: hashed,")
    assert members(text, "tool.personal_data", "mover") == Some(())
    assert missing(text, "tool.personal_data", "mover") == ["flows.d.protect"]


def test_what_it_sees_is_told_in_words() -> None:
    assert members(HUB, "tool.sees", "shop") == ("diet", "Customers", "product")
    assert fact(HUB, "tool.sees_words", "hub") == "it handles Customers, visitor and product"
    text = """
        stackaudit: 1
        datasets: {contact: {}}
        tools:
          crm: {name: Salesforce}
          empty: {holds: [], collects: []}
          some: {holds: [contact], grants: [{on: crm}]}
        flows: []
    """
    assert fact(text, "tool.sees_words", "crm") == "nobody has stated what it handles"
    assert fact(text, "tool.sees_words", "empty") == "it is stated to handle no data"
    assert (
        fact(text, "tool.sees_words", "some")
        == "it handles contact and perhaps more; its keys open Salesforce"
    )


# What it has of its own

OWN = """
    stackaudit: 1
    datasets: {contact: {privacy: personal, system_of_record: crm}}
    tools:
      crm: {}
      a: {holds: [contact]}
      b: {holds: []}
      c: {holds: [], collects: []}
    flows: [{from: a, to: c, data: [contact]}]
"""


@pytest.mark.parametrize(("tool", "has"), [("crm", True), ("a", True), ("b", None), ("c", False)])
def test_a_tool_has_data_of_its_own(tool: str, has: bool | None) -> None:
    assert fact(OWN, "tool.has_data", tool) is has


def test_the_system_of_record_surely_has_what_it_is_the_record_of() -> None:
    assert members(OWN, "tool.own_data", "crm") == Some(("contact",))
    assert missing(OWN, "tool.own_data", "crm") == ["tools.crm.holds", "tools.crm.collects"]
    assert members(OWN, "tool.own_data", "c") == ()


# What a breach would give away


def test_a_breach_gives_away_what_senders_sent_and_not_what_receivers_have() -> None:
    assert members(HUB, "tool.exposes", "hub") == ("shop",)
    assert members(HUB, "tool.exposes", "shop") == ("hub", "shop")  # it holds the key of flow a
    assert members(HUB, "tool.exposes", "mover") == ("hub",)
    assert fact(HUB, "tool.exposed_tools", "shop") == 2


def test_a_key_opens_against_the_direction_of_its_flow() -> None:
    assert members(HUB, "tool.exposes", "lake") == ("hub", "lake")
    text = HUB.replace("credential: {held_by: lake}", "credential: {held_by: mover, can: write}")
    assert members(text, "tool.exposes", "mover") == ("hub", "lake")
    text = HUB.replace("credential: {held_by: lake}", "credential: {held_by: mover}")
    assert members(text, "tool.exposes", "mover") == Some(("hub",))
    assert missing(text, "tool.exposes", "mover") == ["flows.d.credential.can"]


def test_the_count_is_a_range_where_a_key_may_open_more() -> None:
    text = HUB.replace("hub: {holds: [product], collects: [], grants: []}",
                       "hub: {holds: [product], collects: []}")  # fmt: skip
    assert fact(text, "tool.exposed_tools", "hub") == Interval(1, float("inf"))
    assert missing(text, "tool.exposed_tools", "hub") == ["tools.hub.grants"]


def test_the_witness_is_the_longest_way() -> None:
    text = """
        stackaudit: 1
        datasets: {contact: {privacy: personal, system_of_record: crm}}
        tools:
          crm: {holds: [contact]}
          lake: {holds: []}
          zapier: {holds: []}
          ads: {holds: [contact]}
        flows:
          - {from: crm, to: lake, data: [contact]}
          - {from: lake, through: zapier, to: ads, data: [contact]}
    """
    assert path(text, "tool.exposed_tools", "ads") == ("crm", "lake", "zapier", "ads")
