"""Resilience: what is lost with a tool, what it has to take, and data that goes in circles."""

from __future__ import annotations

import json
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.graph.resilience import Load
from stackaudit.graph.stack_graph import StackGraph
from tests.graph.making import graph_from, graph_of, inventories


def lost(graph: StackGraph, tool: str) -> list[str]:
    return [f"{need.capability} {need.dataset}" for need in graph.needs_lost_without(tool)]


HUB = """
    datasets:
      contact: {system_of_record: crm}
      purchase: {system_of_record: shop}
    capabilities: {email: {needs: [contact, purchase]}, ads: {needs: [contact]}}
    tools:
      crm: {capabilities: [crm]}
      shop: {capabilities: [ecommerce]}
      hub: {capabilities: [cdp]}
      mail: {capabilities: [email]}
      ads: {capabilities: [ads]}
    flows:
      - {from: crm, to: hub, data: [contact]}
      - {from: shop, to: hub, data: [purchase]}
      - {from: hub, to: mail, data: [contact, purchase]}
      - {from: hub, to: ads, data: [contact]}
"""


def test_needs_are_lost_with_the_tool_that_every_way_takes() -> None:
    graph = graph_of(HUB)
    assert lost(graph, "hub") == ["ads contact", "email contact", "email purchase"]
    assert lost(graph, "crm") == ["ads contact", "email contact"]
    assert lost(graph, "mail") == ["email contact", "email purchase"]


def test_a_second_way_saves_the_need() -> None:
    graph = graph_of(HUB + "      - {from: crm, to: mail, data: [contact]}")
    assert lost(graph, "hub") == ["ads contact", "email purchase"]


def test_a_way_that_may_be_there_keeps_the_loss_from_being_sure() -> None:
    graph = graph_of(HUB + "      - {from: crm, to: mail}")
    assert lost(graph, "hub") == ["ads contact", "email purchase"]
    assert lost(graph_of(HUB + "    incomplete: [flows]"), "hub") == []
    assert lost(graph_of(HUB + "    incomplete: [tools]"), "hub") == []


def test_an_unlisted_way_into_a_tool_that_feeds_a_provider_may_save_the_need() -> None:
    partly = HUB.replace("hub: {", "side: {capabilities: [cdp], %s}\n      hub: {")
    text = partly + "      - {from: side, to: ads, data: [contact]}"
    assert lost(graph_of(text % "holds: []"), "hub") == [
        "ads contact",
        "email contact",
        "email purchase",
    ]
    assert lost(graph_of(text % "incomplete: [flows]"), "hub") == [
        "email contact",
        "email purchase",
    ]


def test_a_second_provider_saves_the_need_from_the_loss_of_the_first() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        capabilities: {email: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm]}
          hub: {capabilities: [cdp]}
          mail: {capabilities: [email]}
          post: {capabilities: [email]}
        flows:
          - {from: crm, to: hub, data: [contact]}
          - {from: hub, to: mail, data: [contact]}
          - {from: hub, to: post, data: [contact]}
    """)
    assert lost(graph, "mail") == lost(graph, "post") == []
    assert lost(graph, "hub") == ["email contact"]


def test_needs_are_lost_with_the_tool_that_flows_run_through() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        capabilities: {email: {needs: [contact]}, ads: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm]}
          zapier: {capabilities: [ipaas]}
          mail: {capabilities: [email]}
          ads: {capabilities: [ads]}
        flows:
          - {from: crm, to: mail, data: [contact], through: zapier}
          - {from: crm, to: ads, data: [contact], through: zapier}
          - {from: crm, to: ads, data: [contact], method: file}
    """)
    assert lost(graph, "zapier") == ["email contact"]


def test_a_tool_that_is_on_one_way_and_between_the_steps_of_the_other_is_not_gone_around() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        capabilities: {email: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm]}
          hub: {capabilities: [cdp]}
          mail: {capabilities: [email]}
        flows:
          - {from: crm, to: hub, data: [contact]}
          - {from: hub, to: mail, data: [contact]}
          - {from: crm, to: mail, data: [contact], through: hub}
    """)
    assert lost(graph, "hub") == ["email contact"]


def test_without_a_system_of_record_a_need_rests_on_who_brings_the_data() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: none}}
        capabilities: {email: {needs: [contact]}}
        tools:
          form: {capabilities: [forms], collects: [contact], holds: []}
          mail: {capabilities: [email], collects: [], holds: []}
        flows: [{from: form, to: mail, data: [contact]}]
    """)
    assert lost(graph, "form") == lost(graph, "mail") == ["email contact"]


@settings(max_examples=100, deadline=None)
@given(inventories(), st.sampled_from(["braze", "crm", "hub", "pos", "shop"]))
def test_a_need_that_is_lost_without_a_tool_is_unmet_when_the_tool_is_gone(
    inventory: dict[str, object], tool: str
) -> None:
    before = graph_from(inventory)
    changed = json.loads(json.dumps(inventory))
    changed["tools"][tool] = {"lifecycle": "retired", "capabilities": []}
    after = graph_from(changed)
    gone = {(need.capability, need.dataset) for need in before.needs_lost_without(tool)}
    for need in before.needs:
        now = after.need(need.capability, need.dataset)
        if (need.capability, need.dataset) in gone:
            assert now.met is not True or need.record == tool
        elif need.met and need.record not in (None, "none", tool) and now.met is False:
            pytest.fail(f"{need} is lost without {tool}, and nobody said so")


def test_only_moving_data_on() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools:
          crm: {holds: [contact]}
          mail: {}
          zapier: {capabilities: [ipaas]}
          said: {holds: [], collects: []}
          unsaid: {}
          idle: {capabilities: [ipaas]}
          end: {holds: [], collects: []}
        flows:
          - {from: crm, to: mail, data: [contact], through: zapier}
          - {from: crm, to: said, data: [contact]}
          - {from: said, to: unsaid, data: [contact]}
          - {from: unsaid, to: mail, data: [contact]}
          - {from: crm, to: end, data: [contact]}
    """)
    assert graph.relays("zapier") is True
    assert graph.relays("said") is True
    assert graph.relays("unsaid") is None
    assert [graph.relays(tool) for tool in ("crm", "mail", "idle", "end")] == [False] * 4


LOAD = """
    datasets: {contact: {}}
    tools: {crm: {limits: {records: 1000/day}}, shop: {}, form: {}}
    flows:
      - {from: shop, to: crm, data: [contact], records: 700/day}
      - {from: form, to: crm, data: [contact], records: %s}
      - {from: crm, to: shop, data: [contact], records: 9000/day}
"""


def test_the_load_is_what_all_flows_in_bring_together() -> None:
    assert graph_of(LOAD % "20/h").load("crm") == Load(1180, 1180, 1000)
    assert graph_of(LOAD % "").load("crm") == Load(700, None, 1000)
    assert graph_of(LOAD % "20/h").load("form") == Load(0, 0, None)


def test_unlisted_flows_may_add_to_the_load() -> None:
    assert graph_of(LOAD % "20/h" + "    incomplete: [flows]").load("crm").most is None


def test_what_passes_through_is_load_too() -> None:
    graph = graph_of("""
        tools: {a: {}, b: {}, zapier: {}}
        flows: [{from: a, to: b, through: zapier, records: 10/day}]
    """)
    assert graph.load("zapier").least == 10


def test_a_loop_is_a_group_that_the_dataset_comes_back_to() -> None:
    graph = graph_of("""
        datasets: {contact: {}, visitor: {}}
        tools: {a: {}, b: {}, c: {}, d: {}, e: {}}
        flows:
          - {from: a, to: b, data: [contact]}
          - {from: b, to: c, data: [contact]}
          - {from: c, to: a, data: [contact]}
          - {from: d, to: e, data: [contact]}
          - {from: e, to: d, data: [visitor]}
          - {from: d, to: d, data: [contact]}
    """)
    assert graph.loops("contact") == (frozenset({"a", "b", "c"}),)
    assert graph.loops("visitor") == ()


def test_cut_tools_are_found_on_long_ways_with_detours() -> None:
    tools = [f"t{number:02d}" for number in range(12)]
    ways = [*pairwise(tools), ("t01", "t04"), ("t03", "t06"), ("t08", "t10")]
    inventory = {
        "tools": {name: {"capabilities": ["cdp"]} for name in tools[:-1]}
        | {tools[-1]: {"capabilities": ["email"]}},
        "datasets": {"contact": {"system_of_record": "t00"}},
        "capabilities": {"email": {"needs": ["contact"]}},
        "flows": [{"from": a, "to": b, "data": ["contact"]} for a, b in ways],
    }
    graph = graph_from(inventory)
    above = nx.immediate_dominators(nx.DiGraph(ways), "t00")
    dominators = {"t00", last := "t11"}
    while last != "t00":
        dominators.add(last := above[last])
    assert {tool for tool in tools if lost(graph, tool)} == dominators
