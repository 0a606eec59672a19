"""Needs: does each dataset that a capability needs reach a tool that provides it, and in time?"""

from __future__ import annotations

import pytest

from stackaudit.graph.lateness import Lateness
from stackaudit.graph.missing import LISTED_FLOWS, LISTED_TOOLS, Missing
from stackaudit.graph.needs import Need
from tests.graph.making import graph_of


def need(text: str) -> Need:
    """The only need of a stack."""
    (only,) = graph_of(text).needs
    return only


EMAIL = """
    datasets: {contact: {system_of_record: crm}}
    capabilities: {email: {needs: [contact], within: 1d}}
"""
TOOLS = """
    tools:
      crm: {capabilities: [crm]}
      hub: {capabilities: [cdp]}
      mail: {capabilities: [email]}
"""


def test_met_where_the_data_gets_from_its_record_to_a_provider() -> None:
    found = need(
        EMAIL
        + TOOLS
        + """
    flows:
      - {from: crm, to: hub, data: [contact], every: 1h}
      - {from: hub, to: mail, data: [contact], every: 15min}
    """
    )
    assert found.met is True
    assert found.path == ("crm", "hub", "mail")
    assert found.late == Lateness(75, 75)
    assert found.in_time is True
    assert (found.nearest, found.missing) == ((), ())


def test_met_where_the_provider_is_the_system_of_record() -> None:
    found = need("""
        datasets: {contact: {system_of_record: mail}}
        capabilities: {email: {needs: [contact]}}
        tools: {mail: {capabilities: [email]}}
    """)
    assert found.met is True
    assert found.path == ("mail",)


def test_unmet_where_no_flow_brings_it_and_the_nearest_tools_are_named() -> None:
    found = need(
        EMAIL
        + TOOLS
        + """
    flows:
      - {from: crm, to: hub, data: [contact]}
      - {from: hub, to: mail, data: []}
    """
    )
    assert found.met is False
    assert found.nearest == ("crm", "hub")
    assert (found.path, found.late, found.in_time) == ((), None, None)


def test_the_nearest_is_who_already_sends_something_to_the_provider() -> None:
    found = need("""
        datasets: {contact: {system_of_record: crm}, visitor: {}}
        capabilities: {email: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm]}
          hub: {capabilities: [cdp]}
          mail: {capabilities: [email]}
        flows:
          - {from: crm, to: hub, data: [contact]}
          - {from: hub, to: mail, data: [visitor]}
    """)
    assert found.nearest == ("hub", "crm")


@pytest.mark.parametrize("status", ["planned", "broken", "paused", "finished", "absent"])
def test_a_flow_that_does_not_run_meets_nothing(status: str) -> None:
    flow = f"    flows: [{{from: crm, to: mail, data: [contact], status: {status}}}]"
    assert need(EMAIL + TOOLS + flow).met is False


def test_a_tool_that_offers_it_by_the_way_does_not_meet_the_need_but_is_named() -> None:
    found = need(
        EMAIL
        + """
    tools: {crm: {capabilities: [crm, email]}, mail: {capabilities: [email]}}
    flows: []
    """
    )
    assert found.met is False
    assert found.also == ("crm",)


def test_a_provider_that_is_not_in_use_does_not_count() -> None:
    found = need(
        EMAIL
        + """
    tools: {crm: {capabilities: [crm]}, mail: {capabilities: [email], lifecycle: retired}}
    flows: [{from: crm, to: mail, data: [contact]}]
    """
    )
    assert (found.providers, found.met) == ((), False)


def test_unmet_where_nobody_provides_it_even_if_nothing_is_known_of_flows() -> None:
    assert need(EMAIL + "    tools: {crm: {capabilities: [crm]}}").met is False


def test_open_where_a_tool_that_may_provide_it_has_the_data() -> None:
    found = need(EMAIL + "    tools: {crm: {capabilities: [crm]}, what: {}}\n    flows: []")
    assert found.met is False
    found = need(
        EMAIL
        + """
    tools: {crm: {capabilities: [crm]}, what: {}}
    flows: [{from: crm, to: what, data: [contact]}]
    """
    )
    assert found.met is None
    assert found.missing == (Missing("tools", "what", "capabilities"),)


def test_open_where_tools_are_listed_only_in_part() -> None:
    found = need(EMAIL + TOOLS + "    flows: []\n    incomplete: [tools]")
    assert found.met is None
    assert found.missing == (LISTED_TOOLS,)


def test_open_where_nothing_is_known_of_flows() -> None:
    found = need(EMAIL + TOOLS)
    assert found.met is None
    assert found.missing == (LISTED_FLOWS,)


def test_open_where_a_flow_on_the_way_does_not_say_what_it_carries() -> None:
    found = need(
        EMAIL
        + TOOLS
        + """
    flows:
      - {from: crm, to: hub, data: [contact]}
      - {id: what, from: hub, to: mail}
      - {id: elsewhere, from: mail, to: crm}
    """
    )
    assert found.met is None
    assert Missing("flows", "what", "data") in found.missing
    assert found.nearest == ("hub", "crm")


def test_what_cannot_decide_is_not_asked_for() -> None:
    found = need(
        EMAIL
        + """
    tools: {crm: {capabilities: [crm]}, mail: {capabilities: [email]}, ads: {capabilities: [ads]}}
    flows:
      - {id: decides, from: crm, to: mail}
      - {id: leads-away, from: crm, to: ads}
    """
    )
    assert found.missing == (Missing("flows", "decides", "data"),)


def test_open_where_a_tool_on_the_way_lists_its_flows_in_part() -> None:
    found = need(
        EMAIL
        + """
    tools:
      crm: {capabilities: [crm]}
      hub: {capabilities: [cdp], incomplete: [flows]}
      mail: {capabilities: [email]}
    flows: [{from: crm, to: hub, data: [contact]}]
    """
    )
    assert found.met is None
    assert found.missing == (Missing("tools", "hub", "incomplete"),)


def test_open_where_nobody_said_which_tool_is_right() -> None:
    found = need("""
        datasets: {contact: {}}
        capabilities: {email: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm], holds: [contact]}
          mail: {capabilities: [email], holds: []}
        flows: []
    """)
    assert found.met is None
    assert found.missing == (Missing("datasets", "contact", "system_of_record"),)
    assert found.nearest == ("crm",)


def test_met_whatever_the_record_where_every_tool_that_may_be_it_feeds_a_provider() -> None:
    stack = """
        datasets: {contact: {}}
        capabilities: {email: {needs: [contact]}}
        tools:
          crm: {capabilities: [crm], holds: [contact]}
          mail: {capabilities: [email], holds: [contact]}
          ads: {capabilities: [ads], holds: %s}
        flows: [{from: crm, to: mail, data: [contact]}]
    """
    assert need(stack % "[]").met is True
    assert need(stack % "").met is None
    assert need(stack % "[contact]").met is None


def test_the_only_tool_that_may_be_the_record_may_not_have_the_data_either() -> None:
    found = need("""
        datasets: {contact: {}}
        capabilities: {email: {needs: [contact]}}
        tools: {mail: {capabilities: [email]}}
        flows: []
    """)
    assert found.met is None


def test_stated_not_to_have_a_record_it_is_met_where_a_provider_has_the_data() -> None:
    stack = """
        datasets: {contact: {system_of_record: none}}
        capabilities: {email: {needs: [contact]}}
        tools:
          form: {capabilities: [forms], collects: [contact], holds: []}
          mail: {capabilities: [email], holds: %s, collects: []}
        flows: %s
    """
    assert need(stack % ("[contact]", "[]")).met is True
    by_flow = need(stack % ("[]", "[{from: form, to: mail, data: [contact], every: 1h}]"))
    assert by_flow.met is True
    assert (by_flow.path, by_flow.late) == (("form", "mail"), Lateness(60, 60))
    assert need(stack % ("[]", "[]")).met is False
    unsaid = need(stack % ("", "[]"))
    assert unsaid.met is None
    assert unsaid.missing == (Missing("tools", "mail", "holds"),)


def test_the_best_provider_is_the_one_that_gets_it_first() -> None:
    found = need(
        EMAIL
        + """
    tools: {crm: {capabilities: [crm]}, aa: {capabilities: [email]}, zz: {capabilities: [email]}}
    flows:
      - {from: crm, to: aa, data: [contact], every: 1w}
      - {from: crm, to: zz, data: [contact], every: 1h}
    """
    )
    assert found.providers == ("aa", "zz")
    assert (found.provider, found.in_time) == ("zz", True)


@pytest.mark.parametrize(
    ("every", "in_time"), [("1d", True), ("25h", False), ("1w", False), ("~", None)]
)
def test_in_time_is_decided_by_all_intervals_together(every: str, in_time: bool | None) -> None:
    flows = f"    flows: [{{from: crm, to: mail, data: [contact], every: {every}}}]"
    assert need(EMAIL + TOOLS + flows).in_time is in_time


def test_surely_late_although_one_of_two_intervals_is_unstated() -> None:
    found = need(
        EMAIL
        + TOOLS
        + """
    flows:
      - {from: crm, to: hub, data: [contact]}
      - {from: hub, to: mail, data: [contact], every: 1w}
    """
    )
    assert found.late == Lateness(10080, None)
    assert found.in_time is False


def test_one_need_for_each_dataset_of_each_declared_capability() -> None:
    graph = graph_of("""
        datasets: {contact: {}, consent: {}}
        capabilities: {email: {needs: [contact, consent]}, ads: {needs: [contact]}, sms: {}}
    """)
    pairs = [(each.capability, each.dataset) for each in graph.needs]
    assert pairs == [("ads", "contact"), ("email", "consent"), ("email", "contact")]
    assert graph.need("email", "consent") is graph.needs[1]
