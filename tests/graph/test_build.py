"""From what is declared to a graph: which flows are edges, and on which of them data moves."""

from __future__ import annotations

import pytest

from tests.graph.making import graph_of

FLOWS = """
    tools: {shop: {}, crm: {}, old: {lifecycle: retired}, new: {lifecycle: planned}, zap: {}}
    datasets: {contact: {}}
    flows:
      - {id: live, from: shop, to: crm, data: [contact]}
      - {id: unstated, from: crm, to: shop}
      - {id: empty, from: shop, to: crm, data: []}
      - {id: planned, from: shop, to: crm, data: [contact], status: planned}
      - {id: broken, from: shop, to: crm, data: [contact], status: broken}
      - {id: paused, from: shop, to: crm, data: [contact], status: paused}
      - {id: finished, from: shop, to: crm, data: [contact], status: finished}
      - {id: absent, from: shop, to: crm, data: [contact], status: absent}
      - {id: to-retired, from: shop, to: old, data: [contact]}
      - {id: from-planned, from: new, to: crm, data: [contact]}
      - {id: by-retired, from: shop, to: crm, data: [contact], through: old}
      - {id: by-zap, from: shop, to: crm, data: [contact], through: zap, status: active}
"""


def test_data_moves_on_active_flows_between_tools_that_run() -> None:
    graph = graph_of(FLOWS)
    assert graph.carrying == ("by-zap", "live", "unstated")
    assert graph.carries("live")
    assert not graph.carries("broken")


def test_every_stated_flow_is_an_edge_with_its_id_and_every_tool_a_node() -> None:
    graph = graph_of(FLOWS)
    assert sorted(graph.graph.nodes) == ["crm", "new", "old", "shop", "zap"]
    keys = {key for _, _, key in graph.graph.edges(keys=True)}
    assert keys == set(graph.stack.flows) - {"absent"}
    assert graph.graph.edges["shop", "crm", "live"]["flow"] is graph.stack.flows["live"]
    assert graph.graph.nodes["old"]["tool"] is graph.stack.tools["old"]


def test_flows_of_a_tool_by_direction() -> None:
    graph = graph_of(FLOWS)
    assert graph.inflows("old") == ("to-retired",)
    assert graph.carrying_inflows("old") == ()
    assert graph.outflows("crm") == ("unstated",)
    assert graph.carrying_outflows("shop") == ("by-zap", "live")
    assert graph.passing("zap") == graph.carrying_passing("zap") == ("by-zap",)
    assert "absent" not in graph.inflows("crm")


def test_a_tool_provides_mainly_what_it_lists_first() -> None:
    graph = graph_of("""
        tools:
          hubspot: {capabilities: [email, forms]}
          typeform: {capabilities: [forms]}
          old-mailer: {capabilities: [email], lifecycle: retired}
          unsaid: {}
    """)
    assert graph.providers("email") == ("hubspot",)
    assert graph.providers("forms") == ("typeform",)
    assert graph.offering("forms") == ("hubspot", "typeform")
    assert graph.unplaced == ("unsaid",)


def test_a_capability_is_what_stack_and_taxonomy_say_together() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        capabilities:
          email: {owner: marketing, needs: [contact], within: 4h}
          till: {name: Tills, lane: engage}
    """)
    email, till, crm = (graph.capabilities[name] for name in ("email", "till", "crm"))
    assert (email.lane, email.owner, email.within, email.declared) == (
        "activate", "marketing", 240, True,
    )  # fmt: skip
    assert email.does == ("activates",)
    assert (till.name, till.lane, till.does, till.needs) == ("Tills", "engage", None, None)
    assert (crm.owner, crm.declared) == (None, False)
    assert list(graph.capabilities) == sorted(graph.capabilities)


def test_a_dataset_is_where_it_is_held_collected_brought_or_mastered() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}, visitor: {}, purchase: {}}
        tools: {crm: {}, shop: {holds: [purchase], collects: [visitor]}, mail: {holds: []}}
        flows: [{from: shop, to: mail, data: [purchase]}]
    """)
    assert graph.present("crm") == {"contact"}
    assert graph.present("shop") == {"purchase", "visitor"}
    assert graph.kept("mail") == frozenset()
    assert graph.present("mail") == {"purchase"}
    assert graph.present_in("purchase") == ("mail", "shop")
    assert graph.holders("purchase") == ("shop",)
    assert graph.collectors("visitor") == ("shop",)
    assert graph.record("visitor") is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("tools: {a: {}}", False),
        ("{tools: {a: {}}, flows: []}", True),
        ("{tools: {a: {}}, flows: [], incomplete: [flows]}", False),
    ],
)
def test_flows_are_known_where_they_are_listed_and_not_in_part(text: str, known: bool) -> None:
    assert graph_of(text).flows_known is known
