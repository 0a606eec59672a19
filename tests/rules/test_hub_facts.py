"""Hubs, and the flows of their data that do without them."""

from __future__ import annotations

from tests.rules.facts_reading import Some, fact, members, missing

STACK = """
stackaudit: 1
datasets: {{contact: {{}}, asset: {{}}}}
tools:
  hub: {{capabilities: [{kind}], holds: [contact]}}
  lake: {{capabilities: [data-warehouse]}}
  a: {{}}
  b: {{}}
flows:
  - {{from: a, to: hub, data: [contact]}}
  - {{id: beside, from: a, to: b, data: [contact]}}
  - {{id: tag, from: b, to: a, data: [contact], method: tag}}
  - {{id: load, from: a, to: lake, data: [contact]}}
  - {{id: out, from: b, to: a, data: [contact], method: reverse_etl}}
  - {{id: other, from: a, to: b, data: [asset]}}
  - {{id: over, from: b, to: a, data: [contact], status: finished}}
{more}
"""


def stack(kind: str = "cdp", more: str = "") -> str:
    return STACK.format(kind=kind, more=more)


def test_what_carries_its_data_and_could_go_by_way_of_it() -> None:
    assert members(stack(), "tool.bypassing", "hub") == ("beside", "tag")
    assert members(stack("ipaas"), "tool.bypassing", "hub") == ("beside",)
    assert fact(stack(), "tool.hub_flows", "hub") == 1


def test_only_what_it_is_mainly_for_makes_a_hub() -> None:
    assert fact(stack(), "tool.is_hub", "hub") is True
    assert fact(stack("email, cdp"), "tool.is_hub", "hub") is False
    assert fact(stack(), "tool.is_hub", "a") is None


def test_a_flow_that_carries_nobody_said_what_may_be_one() -> None:
    text = stack(more="  - {id: unsaid, from: b, to: a}")
    assert members(text, "tool.bypassing", "hub") == Some(("beside", "tag"))
    assert missing(text, "tool.bypassing", "hub") == ["flows.unsaid.data"]
