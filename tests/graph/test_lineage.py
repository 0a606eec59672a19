"""Lineage: where a dataset enters, which tools it reaches, and by which way."""

from __future__ import annotations

from stackaudit.graph.lineage import Step, path, spread
from tests.graph.making import graph_of

CHAIN = """
    datasets: {contact: {privacy: personal, system_of_record: crm}}
    tools: {crm: {}, hub: {}, zapier: {}, mail: {}, ads: {}, form: {collects: [contact]}}
    flows:
      - {from: crm, to: hub, data: [contact], protect: none}
      - {from: hub, to: mail, data: [contact], through: zapier}
      - {from: hub, to: ads, data: [contact], protect: hashed}
      - {from: form, to: ads, data: [contact], status: planned}
"""


def test_it_enters_where_it_is_collected_and_at_the_system_of_record() -> None:
    assert graph_of(CHAIN).lineage("contact").entries == ("crm", "form")


def test_it_reaches_tools_hop_by_hop() -> None:
    reached = graph_of(CHAIN).lineage("contact").from_record
    assert reached == {
        "crm": Step(0),
        "hub": Step(1, "crm", "crm-to-hub"),
        "ads": Step(2, "hub", "hub-to-ads"),
        "mail": Step(2, "hub", "hub-to-mail-via-zapier", protect_known=False),
    }


def test_the_path_shows_the_tool_that_a_flow_runs_through() -> None:
    graph = graph_of(CHAIN)
    steps = graph.lineage("contact").reached
    assert path(steps, graph, "mail") == ("crm", "hub", "zapier", "mail")
    assert path(steps, graph, "crm") == ("crm",)


def test_a_flow_said_to_run_through_one_of_its_ends_shows_it_once() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, mail: {}}
        flows: [{from: crm, to: mail, data: [contact], through: mail}]
    """)
    assert path(graph.lineage("contact").reached, graph, "mail") == ("crm", "mail")
    (received,) = (item for item in graph.exposure("mail").items if item.how == "received")
    assert received.path == ("crm", "mail")


def test_what_passes_through_one_tool_does_not_reach_its_other_targets() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, shop: {}, mail: {}, slack: {}, zapier: {}}
        flows:
          - {from: crm, to: mail, data: [contact], through: zapier}
          - {from: shop, to: slack, data: [contact], through: zapier}
    """)
    assert set(graph.lineage("contact").reached) == {"crm", "mail"}
    assert "zapier" not in graph.possible("contact", "crm")


def test_hashing_aggregating_and_anonymizing_end_personal_data_and_encryption_does_not() -> None:
    graph = graph_of("""
        datasets: {contact: {privacy: personal, system_of_record: crm}}
        tools: {crm: {}, a: {}, b: {}, c: {}, d: {}, after: {}}
        flows:
          - {id: hash, from: crm, to: a, data: [contact], protect: hashed}
          - {id: sums, from: crm, to: b, data: [contact], protect: aggregated}
          - {id: anon, from: crm, to: c, data: [contact], protect: anonymized}
          - {id: tls, from: crm, to: d, data: [contact], protect: encrypted}
          - {id: on, from: a, to: after, data: [contact], protect: hashed}
    """)
    lineage = graph.lineage("contact")
    assert set(lineage.reached) == {"crm", "a", "b", "c", "d", "after"}
    assert set(lineage.personal) == {"crm", "d"}
    assert lineage.personal_from_record == lineage.personal
    assert lineage.ended == ("anon", "hash", "sums")


def test_without_a_system_of_record_nothing_comes_from_it() -> None:
    graph = graph_of("""
        datasets: {unsaid: {}, stated: {system_of_record: none}}
        tools: {form: {collects: [unsaid, stated]}}
    """)
    for dataset in ("unsaid", "stated"):
        lineage = graph.lineage(dataset)
        assert lineage.from_record is None
        assert lineage.personal_from_record is None
        assert set(lineage.reached) == {"form"}


def test_a_flow_that_does_not_say_what_it_carries_surely_carries_nothing_in_particular() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, mail: {}}
        flows: [{from: crm, to: mail}]
    """)
    assert set(graph.lineage("contact").reached) == {"crm"}
    assert graph.possible("contact", "crm") == {"crm", "mail"}


def test_of_equally_short_ways_the_first_by_id_is_shown() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, a: {}, b: {}, end: {}}
        flows:
          - {id: z, from: crm, to: a, data: [contact]}
          - {id: y, from: crm, to: a, data: [contact]}
          - {from: crm, to: b, data: [contact]}
          - {from: b, to: end, data: [contact]}
          - {from: a, to: end, data: [contact]}
    """)
    steps = graph.lineage("contact").reached
    assert steps["a"].flow == "y"
    assert path(steps, graph, "end") == ("crm", "a", "end")


def test_a_circle_is_walked_once() -> None:
    graph = graph_of("""
        datasets: {contact: {}}
        tools: {a: {}, b: {}}
        flows:
          - {from: a, to: b, data: [contact]}
          - {from: b, to: a, data: [contact]}
          - {from: b, to: b, data: [contact]}
    """)
    assert {tool: step.hops for tool, step in spread(graph, "contact", ("a",)).items()} == {
        "a": 0,
        "b": 1,
    }


def test_an_answer_is_worked_out_once() -> None:
    graph = graph_of(CHAIN)
    assert graph.lineage("contact") is graph.lineage("contact")
    assert graph.lineage("contact").reached is graph.lineage("contact").reached
