"""How late data arrives: the intervals on the quickest way, added."""

from __future__ import annotations

from stackaudit.graph.lateness import Lateness
from tests.graph.making import graph_of

HEAD = """
    datasets: {contact: {system_of_record: crm}}
    tools: {crm: {}, hub: {}, mail: {}}
"""


def test_the_intervals_of_a_way_add_up() -> None:
    graph = graph_of(
        HEAD
        + """
    flows:
      - {from: crm, to: hub, data: [contact], every: 1h}
      - {from: hub, to: mail, data: [contact], every: 15min}
    """
    )
    assert graph.lateness("contact") == {
        "crm": Lateness(0, 0),
        "hub": Lateness(60, 60),
        "mail": Lateness(75, 75),
    }


def test_two_quick_steps_beat_a_slow_one() -> None:
    graph = graph_of(
        HEAD
        + """
    flows:
      - {from: crm, to: mail, data: [contact], every: 1d}
      - {from: crm, to: hub, data: [contact], every: event}
      - {from: hub, to: mail, data: [contact], every: 5min}
    """
    )
    assert graph.lateness("contact")["mail"] == Lateness(5, 5)


def test_an_unstated_interval_may_be_none_at_all() -> None:
    graph = graph_of(
        HEAD
        + """
    flows:
      - {from: crm, to: hub, data: [contact]}
      - {from: hub, to: mail, data: [contact], every: 4h}
    """
    )
    assert graph.lateness("contact")["mail"] == Lateness(240, None)


def test_a_slow_way_with_stated_intervals_is_the_most() -> None:
    graph = graph_of(
        HEAD
        + """
    flows:
      - {id: slow, from: crm, to: mail, data: [contact], every: 1d}
      - {id: unsaid, from: crm, to: mail, data: [contact]}
    """
    )
    assert graph.lateness("contact")["mail"] == Lateness(0, 1440)


def test_a_flow_that_may_carry_the_data_may_be_a_quicker_way() -> None:
    graph = graph_of(
        HEAD
        + """
    flows:
      - {id: slow, from: crm, to: mail, data: [contact], every: 1d}
      - {id: what, from: crm, to: mail, every: 5min}
    """
    )
    assert graph.lateness("contact")["mail"] == Lateness(5, 1440)


def test_an_unlisted_flow_may_be_a_quicker_way() -> None:
    flows = "    flows: [{from: crm, to: mail, data: [contact], every: 1d}]\n"
    assert graph_of(HEAD + flows).lateness("contact")["mail"] == Lateness(1440, 1440)
    partly = graph_of(HEAD + flows + "    incomplete: [flows]")
    assert partly.lateness("contact")["mail"] == Lateness(0, 1440)


def test_a_tool_listed_in_part_may_be_on_a_quicker_way() -> None:
    graph = graph_of("""
        datasets: {contact: {system_of_record: crm}}
        tools: {crm: {}, hub: {incomplete: [flows]}, mail: {}, ads: {}}
        flows:
          - {from: crm, to: ads, data: [contact], every: 1d}
          - {from: crm, to: mail, data: [contact], every: 1d}
          - {from: hub, to: mail, data: [contact], every: 1h}
    """)
    assert graph.lateness("contact")["mail"] == Lateness(60, 1440)
    assert graph.lateness("contact")["ads"] == Lateness(1440, 1440)
