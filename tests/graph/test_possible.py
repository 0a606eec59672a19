"""What the inventory does not rule out: flows that are unstated, or listed only in part."""

from __future__ import annotations

from stackaudit.graph.possible import possible, possible_sources
from tests.graph.making import graph_of

STACK = """
    datasets: {contact: {}}
    tools: {crm: {}, mail: {}, ads: {}, slack: {}, old: {lifecycle: retired}}
"""


def test_a_listed_section_rules_out_what_it_does_not_list() -> None:
    graph = graph_of(STACK + "    flows: [{from: crm, to: mail, data: [contact]}]")
    assert graph.possible("contact", "crm") == {"crm", "mail"}
    assert graph.possible("contact", "ads") == {"ads"}


def test_without_the_section_nothing_is_ruled_out_but_tools_that_do_not_run() -> None:
    graph = graph_of(STACK)
    assert graph.possible("contact", "crm") == {"crm", "mail", "ads", "slack"}
    assert possible_sources(graph, "contact", ("crm",)) == {"crm", "mail", "ads", "slack"}
    assert possible_sources(graph, "contact", ("old",)) == {"old"}


def test_a_section_listed_in_part_rules_nothing_out_either() -> None:
    graph = graph_of(STACK + "    flows: []\n    incomplete: [flows]")
    assert graph.possible("contact", "crm") == {"crm", "mail", "ads", "slack"}


PARTLY = """
    datasets: {contact: {}, visitor: {}}
    tools: {crm: {}, hub: {incomplete: [flows]}, mail: {}, ads: {}, slack: {}}
    flows:
      - {from: hub, to: mail, data: [contact]}
      - {from: slack, to: hub, data: [contact]}
"""


def test_into_a_tool_listed_in_part_data_may_come_from_anywhere_and_go_on_by_listed_flows() -> None:
    assert graph_of(PARTLY).possible("contact", "crm") == {"crm", "hub", "mail"}
    assert graph_of(PARTLY).possible("visitor", "crm") == {"crm", "hub"}


def test_from_a_tool_listed_in_part_data_may_go_anywhere() -> None:
    everything = {"crm", "hub", "mail", "ads", "slack"}
    assert graph_of(PARTLY).possible("contact", "hub") == everything
    assert graph_of(PARTLY).possible("contact", "slack") == everything


def test_the_question_from_the_other_end_has_the_same_answer() -> None:
    graph = graph_of(PARTLY)
    for dataset in ("contact", "visitor"):
        for start in graph.stack.tools:
            for end in graph.stack.tools:
                forth = end in possible(graph, dataset, (start,))
                assert forth == (start in possible_sources(graph, dataset, (end,)))
