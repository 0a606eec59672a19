"""Exposure: what a breach of one tool gives away."""

from __future__ import annotations

from stackaudit.graph.missing import LISTED_FLOWS, Missing
from stackaudit.graph.stack_graph import StackGraph
from tests.graph.making import graph_of

STACK = """
    datasets:
      contact: {privacy: personal, system_of_record: crm}
      visitor: {privacy: personal}
      product: {privacy: none}
      unsaid: {}
    tools:
      crm: {holds: [contact], collects: [], grants: []}
      shop: {holds: [product], collects: [visitor, unsaid], grants: []}
      mail: {holds: [], collects: [], grants: []}
      ads: {holds: [], collects: [], grants: []}
      zapier: {holds: [], collects: [], grants: []}
      chat: {holds: [], collects: [], grants: [{on: crm, can: read, data: [contact]}]}
    flows:
      - {id: to-mail, from: crm, to: mail, data: [contact], method: native, through: zapier,
         credential: {held_by: zapier, can: read}}
      - {id: to-ads, from: crm, to: ads, data: [contact], protect: hashed, method: file}
      - {id: on, from: ads, to: mail, data: [contact], method: file}
"""


def seen(graph: StackGraph, tool: str) -> list[tuple[str, str, str]]:
    return [(item.dataset, item.how, item.of) for item in graph.exposure(tool).items]


def test_what_a_tool_holds_and_collects() -> None:
    items = graph_of(STACK).exposure("shop").items
    assert [(item.dataset, item.how, item.personal_here) for item in items] == [
        ("product", "held", False),
        ("unsaid", "held", None),
        ("visitor", "held", True),
    ]
    assert items[0].path == ("shop",)


def test_the_system_of_record_holds_its_dataset_whether_or_not_it_says_so() -> None:
    graph = graph_of("{datasets: {contact: {system_of_record: crm}}, tools: {crm: {}}}")
    assert seen(graph, "crm") == [("contact", "held", "crm")]


def test_what_flows_bring_with_the_way_it_took() -> None:
    graph = graph_of(STACK)
    by_flow = {item.flow: item for item in graph.exposure("mail").items}
    assert seen(graph, "mail") == [("contact", "received", "ads"), ("contact", "received", "crm")]
    assert by_flow["to-mail"].path == ("crm", "zapier", "mail")
    assert by_flow["on"].path == ("crm", "ads", "mail")


def test_hashed_data_is_not_personal_where_it_arrives_nor_further_on() -> None:
    graph = graph_of(STACK)
    (at_ads,) = graph.exposure("ads").items
    assert at_ads.personal_here is False
    by_flow = {item.flow: item.personal_here for item in graph.exposure("mail").items}
    assert by_flow == {"to-mail": True, "on": False}


def test_what_passes_through_and_what_the_key_to_it_opens() -> None:
    items = graph_of(STACK).exposure("zapier").items
    assert [(item.how, item.of, item.path) for item in items] == [
        ("key", "crm", ("zapier", "crm")),
        ("passing", "crm", ("crm", "zapier")),
    ]


def test_a_key_opens_a_tool_from_which_no_data_flows() -> None:
    graph = graph_of(STACK)
    assert seen(graph, "chat") == [("contact", "key", "crm")]
    assert graph.exposure("chat").items[0].path == ("chat", "crm")
    assert graph.connected("chat") is False


def test_against_the_flow_the_receiver_that_holds_the_key_opens_the_sender() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools: {crm: {}, chat: {}}
        flows: [{from: crm, to: chat, data: [contact], credential: {held_by: chat}}]
    """)
    assert ("contact", "key", "crm") in seen(graph, "chat")
    assert ("contact", "key", "chat") not in seen(graph, "crm")


def test_a_breach_of_the_sender_does_not_give_away_what_receivers_hold() -> None:
    graph = graph_of("""
        datasets: {contact: {}, health: {}}
        tools: {form: {collects: [contact]}, crm: {holds: [contact, health]}}
        flows: [{from: form, to: crm, data: [contact]}]
    """)
    assert seen(graph, "form") == [("contact", "held", "form")]


def test_a_key_without_data_may_open_all_that_the_tool_has() -> None:
    graph = graph_of("""
        datasets: {contact: {}, visitor: {}}
        tools:
          crm: {holds: [contact], collects: [visitor]}
          chat: {holds: [], collects: [], grants: [{on: crm}]}
        flows: []
    """)
    exposure = graph.exposure("chat")
    assert [(item.dataset, item.sure) for item in exposure.items] == [
        ("contact", False),
        ("visitor", False),
    ]
    assert exposure.complete is True
    assert exposure.missing == (Missing("tools", "chat", "grants.0.data"),)


def test_a_key_to_one_of_two_ends_is_sure_of_neither() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools: {shop: {}, crm: {}, zapier: {holds: [], collects: [], grants: []}}
        flows: [{id: sync, from: shop, to: crm, data: [contact], credential: {held_by: zapier}}]
    """)
    exposure = graph.exposure("zapier")
    assert [(item.of, item.sure) for item in exposure.items] == [("crm", False), ("shop", False)]
    assert exposure.missing == (Missing("flows", "sync", "credential.can"),)


def test_it_is_complete_where_all_is_stated_that_could_add_to_it() -> None:
    graph = graph_of(STACK)
    assert graph.exposure("chat").complete is True
    assert graph.exposure("zapier").missing == ()


def test_what_nobody_stated_could_add_to_it() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools: {crm: {}, mail: {holds: []}, zapier: {holds: [], collects: [], grants: []}}
        flows:
          - {id: what, from: crm, to: mail, through: zapier, method: api}
          - {id: drop, from: crm, to: zapier, data: [contact], method: file}
    """)
    assert graph.exposure("mail").missing == (
        Missing("flows", "what", "credential.held_by"),
        Missing("flows", "what", "data"),
        Missing("tools", "mail", "collects"),
        Missing("tools", "mail", "grants"),
    )
    assert graph.exposure("zapier").missing == (
        Missing("flows", "what", "credential.held_by"),
        Missing("flows", "what", "data"),
    )


def test_unlisted_flows_could_add_to_it() -> None:
    text = "tools: {mail: {holds: [], collects: [], grants: []}}"
    assert graph_of(text).exposure("mail").missing == (LISTED_FLOWS,)


def test_hashed_on_its_way_through_a_tool_it_may_be_personal_there() -> None:
    graph = graph_of("""
        datasets: {contact: {privacy: personal}}
        tools: {crm: {}, ads: {}, zapier: {}}
        flows: [{from: crm, to: ads, through: zapier, data: [contact], protect: hashed}]
    """)
    assert [item.personal_here for item in graph.exposure("zapier").items] == [None]
    assert [item.personal_here for item in graph.exposure("ads").items] == [False]
