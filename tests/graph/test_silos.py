"""Silos: tools and groups that no data reaches, and data that never reaches its master."""

from __future__ import annotations

import pytest

from tests.graph.making import graph_of


def test_connected_by_a_flow_in_out_or_through() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools:
          {crm: {}, mail: {}, zapier: {}, alone: {}, self: {}, waiting: {},
           partly: {incomplete: [flows]}}
        flows:
          - {from: crm, to: mail, data: [contact], through: zapier}
          - {from: self, to: self, data: [contact]}
          - {from: crm, to: waiting, data: [contact], status: planned}
    """)
    assert [graph.connected(tool) for tool in ("crm", "mail", "zapier")] == [True, True, True]
    assert [graph.connected(tool) for tool in ("alone", "self", "waiting")] == [False] * 3
    assert graph.connected("partly") is None


def test_a_flow_that_does_not_say_what_it_carries_may_carry_nothing() -> None:
    stack = """
        tools: {crm: {}, mail: {}, zapier: {}}
        flows: [{from: crm, to: mail, through: zapier%s}]
    """
    unsaid, nothing = graph_of(stack % ""), graph_of(stack % ", data: []")
    for tool in ("crm", "mail", "zapier"):
        assert unsaid.connected(tool) is None
        assert unsaid.unstated_at(tool) == ("crm-to-mail-via-zapier",)
        assert nothing.connected(tool) is False


@pytest.mark.parametrize(("record", "on_island"), [("crm", None), ("elsewhere", True)])
def test_a_flow_that_does_not_say_what_it_carries_may_lead_off_an_island(
    record: str, on_island: bool | None
) -> None:
    graph = graph_of(f"""
        datasets: {{lead: {{system_of_record: {record}}}}}
        tools: {{forms: {{collects: [lead]}}, sheets: {{}}, crm: {{}}, elsewhere: {{}}}}
        flows:
          - {{from: forms, to: sheets, data: [lead]}}
          - {{from: sheets, to: crm}}
    """)
    assert graph.island("forms") is on_island
    assert graph.group_of("forms") == {"forms", "sheets", "crm"}
    assert graph.group_of("forms", sure=True) == {"forms", "sheets"}


def test_nothing_is_known_to_be_alone_where_nothing_is_known_of_flows() -> None:
    graph = graph_of("tools: {crm: {}, old: {lifecycle: retired}}")
    assert graph.connected("crm") is None
    assert graph.connected("old") is False
    assert graph.island("crm") is None


GROUPS = """
    datasets:
      contact: {system_of_record: crm}
      lead: {system_of_record: %s}
    tools:
      crm: {}
      mail: {}
      forms: {collects: [lead], holds: []}
      sheets: {holds: [%s], collects: []}
      zapier: {holds: [], collects: []}
      alone: {holds: [contact]}
    flows:
      - {from: crm, to: mail, data: [contact]}
      - {from: forms, to: sheets, data: [lead], through: zapier}
"""


def test_tools_are_grouped_by_the_data_that_moves_between_them() -> None:
    assert graph_of(GROUPS % ("crm", "lead")).groups == (
        frozenset({"alone"}),
        frozenset({"crm", "mail"}),
        frozenset({"forms", "sheets", "zapier"}),
    )


def test_an_island_has_none_of_the_masters_of_its_data() -> None:
    graph = graph_of(GROUPS % ("crm", "lead"))
    assert [graph.island(tool) for tool in ("forms", "sheets", "zapier")] == [True] * 3
    assert [graph.island(tool) for tool in ("crm", "mail")] == [False, False]


def test_a_tool_alone_is_no_island() -> None:
    assert graph_of(GROUPS % ("crm", "lead")).island("alone") is False


def test_a_group_with_one_of_its_masters_is_no_island() -> None:
    assert graph_of(GROUPS % ("sheets", "contact, lead")).island("forms") is False


def test_a_group_whose_data_has_no_master_is_no_island() -> None:
    assert graph_of(GROUPS % ("none", "lead")).island("forms") is False


def test_an_unknown_master_may_be_in_the_group() -> None:
    assert graph_of(GROUPS % ("", "contact, lead")).island("forms") is None


@pytest.mark.parametrize("more", ["    incomplete: [flows]", "    incomplete: [flows, tools]"])
def test_unlisted_flows_may_connect_a_group_but_take_no_master_out_of_it(more: str) -> None:
    graph = graph_of(GROUPS % ("crm", "lead") + more)
    assert graph.island("forms") is None
    assert graph.island("mail") is False


def test_a_group_with_a_tool_listed_in_part_may_be_connected() -> None:
    text = (GROUPS % ("crm", "lead")).replace(
        "zapier: {holds", "zapier: {incomplete: [flows], holds"
    )
    assert graph_of(text).island("forms") is None


def test_a_group_of_which_nobody_said_what_it_holds_may_be_an_island() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, a: {}, b: {}}
        flows: [{from: a, to: b}]
    """)
    assert graph.island("a") is None


COLLECTORS = """
    datasets: {contact: {system_of_record: crm}, lead: {system_of_record: none}, visitor: {}}
    tools:
      crm: {}
      direct: {collects: [contact]}
      hub: {}
      far: {collects: [contact]}
      hidden: {collects: [contact]}
      unsure: {collects: [contact]}
    flows:
      - {from: direct, to: crm, data: [contact]}
      - {from: far, to: hub, data: [contact]}
      - {from: hub, to: crm, data: [contact]}
      - {from: hidden, to: hub, data: [visitor]}
      - {from: unsure, to: hub}
      - {from: crm, to: hidden, data: [contact]}
"""


def test_a_collector_reaches_the_record_by_any_number_of_flows() -> None:
    graph = graph_of(COLLECTORS)
    assert graph.reaches_record("direct", "contact") is True
    assert graph.reaches_record("far", "contact") is True
    assert graph.reaches_record("crm", "contact") is True
    assert graph.reaches_record("hidden", "contact") is False
    assert graph.reaches_record("unsure", "contact") is None


def test_without_a_record_there_is_nothing_to_reach() -> None:
    graph = graph_of(COLLECTORS)
    assert graph.reaches_record("direct", "lead") is True
    assert graph.reaches_record("direct", "visitor") is None


def test_a_copy_is_fed_where_a_way_leads_from_the_record_to_it() -> None:
    graph = graph_of(COLLECTORS)
    assert graph.fed("hidden", "contact") is True
    assert graph.fed("far", "contact") is False
    assert graph.fed("far", "lead") is True
    assert graph.fed("far", "visitor") is None


def test_what_goes_in_and_what_goes_on() -> None:
    graph = graph_of(COLLECTORS)
    assert graph.takes_in("hub", "contact") is True
    assert graph.passes_on("hub", "contact") is True
    assert graph.passes_on("hub", "visitor") is False
    assert graph.takes_in("hub", "lead") is None
    assert graph.takes_in("direct", "contact") is False
    assert graph.passes_on("unsure", "contact") is None
