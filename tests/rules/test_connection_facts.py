"""How a tool is connected, and what personal data reaches it from systems of record."""

from __future__ import annotations

import pytest

from tests.rules.facts_reading import fact, members, missing, path

# Connections and islands

GROUPS = """
    stackaudit: 1
    datasets:
      contact: {privacy: personal, system_of_record: crm}
      asset: {privacy: none}
    tools:
      crm: {holds: [contact], collects: []}
      shop: {holds: [contact], collects: []}
      fair: {collects: [contact], holds: []}
      mailer: {holds: [contact], collects: []}
      zapier: {holds: [], collects: []}
      alone: {holds: [contact], collects: []}
      drive: {holds: [asset], collects: []}
      social: {holds: [], collects: []}
    flows:
      - {from: shop, to: crm, data: [contact]}
      - {from: fair, through: zapier, to: mailer, data: [contact]}
      - {from: mailer, to: crm, data: [contact], status: planned}
      - {from: drive, to: social, data: [asset]}
"""


@pytest.mark.parametrize(
    ("tool", "connected"), [("shop", True), ("zapier", True), ("alone", False)]
)
def test_in_out_or_through(tool: str, connected: bool) -> None:
    assert fact(GROUPS, "tool.connected", tool) is connected


def test_unlisted_flows_may_connect_it() -> None:
    text = GROUPS.replace("alone: {", "alone: {incomplete: [flows], ")
    assert fact(text, "tool.connected", "alone") is None
    assert missing(text, "tool.connected", "alone") == ["tools.alone.incomplete"]
    text = GROUPS.replace("    stackaudit: 1\n", "    stackaudit: 1\n    incomplete: [flows]\n")
    assert fact(text, "tool.connected", "alone") is None
    assert missing(text, "tool.connected", "alone") == ["stack.flows"]


def test_a_group_with_none_of_its_records_is_an_island() -> None:
    assert members(GROUPS, "tool.group", "fair") == ("fair", "mailer", "zapier")
    assert fact(GROUPS, "tool.group_size", "fair") == 3
    assert fact(GROUPS, "tool.on_island", "zapier") is True
    assert members(GROUPS, "tool.records_elsewhere", "zapier") == ("crm",)
    assert fact(GROUPS, "tool.on_island", "shop") is False
    assert fact(GROUPS, "tool.on_island", "alone") is False


def test_an_island_is_open_where_nobody_named_the_record() -> None:
    assert fact(GROUPS, "tool.on_island", "drive") is None
    assert missing(GROUPS, "tool.on_island", "drive") == ["datasets.asset.system_of_record"]


def test_an_island_is_open_where_nobody_said_what_its_tools_have() -> None:
    text = GROUPS.replace(
        "asset: {privacy: none}", "asset: {privacy: none, system_of_record: none}"
    )
    assert fact(text, "tool.on_island", "drive") is False
    text = text.replace("social: {holds: [], ", "social: {")
    assert fact(text, "tool.on_island", "drive") is None
    assert missing(text, "tool.on_island", "drive") == ["tools.social.holds"]


@pytest.mark.parametrize(
    ("tool", "neighbour"),
    [("alone", "crm"), ("mailer", "crm"), ("zapier", "crm"), ("crm", "mailer"), ("drive", "crm")],
)
def test_what_to_connect_it_with(tool: str, neighbour: str) -> None:
    """The record of its own data, of its group's, else the tool with the most flows."""
    assert fact(GROUPS, "tool.neighbour_id", tool) == neighbour


def test_a_tool_alone_in_the_stack_needs_a_new_neighbour() -> None:
    assert fact("stackaudit: 1\ntools: {crm: {}}\n", "tool.neighbour_id", "crm") == "crm-neighbour"


# What arrives from systems of record

ARRIVALS = """
    stackaudit: 1
    datasets:
      contact: {name: Customers, privacy: personal, system_of_record: crm}
      diet: {privacy: special, system_of_record: crm}
      product: {privacy: none, system_of_record: crm}
      note: {system_of_record: crm}
      loose: {privacy: personal}
      shared: {privacy: personal, system_of_record: none}
    tools: {crm: {}, lake: {}, ads: {}, mover: {}, a: {}, b: {}, c: {}}
    flows:
      - {id: out, from: crm, to: lake, data: [contact, diet, product]}
      - {id: on, from: lake, through: mover, to: ads, data: [contact]}
      - {id: sums, from: lake, to: a, data: [diet], protect: aggregated}
      - {id: rest, from: crm, to: b, data: [product, shared]}
      - {id: unclear, from: crm, to: c, data: [note]}
"""


def test_personal_data_arrives_in_so_many_flows() -> None:
    assert fact(ARRIVALS, "tool.gets_personal_data", "ads") is True
    assert fact(ARRIVALS, "tool.hops", "ads") == 2
    assert fact(ARRIVALS, "tool.distance", "ads") == "2 flows"
    assert fact(ARRIVALS, "tool.arriving", "ads") == ("Customers",)
    assert path(ARRIVALS, "tool.gets_personal_data", "ads") == ("crm", "lake", "mover", "ads")


def test_the_nearest_comes_first() -> None:
    assert fact(ARRIVALS, "tool.distance", "lake") == "one flow"
    assert fact(ARRIVALS, "tool.arriving", "lake") == ("Customers", "diet")


@pytest.mark.parametrize("tool", ["crm", "mover", "a", "b"])
def test_not_the_record_itself_nor_sums_nor_data_without_a_record(tool: str) -> None:
    assert fact(ARRIVALS, "tool.gets_personal_data", tool) is False
    assert fact(ARRIVALS, "tool.hops", tool) is None
    assert fact(ARRIVALS, "tool.distance", tool) is None
    assert path(ARRIVALS, "tool.gets_personal_data", tool) == ()


def test_what_arrives_unclassified_keeps_it_open() -> None:
    assert fact(ARRIVALS, "tool.gets_personal_data", "c") is None
    assert missing(ARRIVALS, "tool.gets_personal_data", "c") == ["datasets.note.privacy"]


def test_what_arrives_from_nobody_knows_which_record_keeps_it_open() -> None:
    text = ARRIVALS.replace("to: c, data: [note]", "to: c, data: [loose]")
    assert fact(text, "tool.gets_personal_data", "c") is None
    assert missing(text, "tool.gets_personal_data", "c") == ["datasets.loose.system_of_record"]


def test_a_flow_that_may_bring_it_past_the_protected_one_keeps_it_open() -> None:
    text = """
        stackaudit: 1
        datasets: {diet: {privacy: special, system_of_record: crm}}
        tools: {crm: {}, a: {}}
        flows:
          - {id: sums, from: crm, to: a, data: [diet], protect: aggregated}
    """
    assert fact(text, "tool.gets_personal_data", "a") is False
    text += "      - {id: unsaid, from: crm, to: a}\n"
    assert fact(text, "tool.gets_personal_data", "a") is None
    assert missing(text, "tool.gets_personal_data", "a") == ["flows.unsaid.data"]


def test_flows_that_are_not_listed_keep_it_open() -> None:
    text = ARRIVALS.replace("b: {}", "b: {incomplete: [flows]}")
    assert fact(text, "tool.gets_personal_data", "b") is None
    assert "tools.b.incomplete" in missing(text, "tool.gets_personal_data", "b")
    without_flows = ARRIVALS.partition("    flows:")[0]
    assert fact(without_flows, "tool.gets_personal_data", "ads") is None
    assert missing(without_flows, "tool.gets_personal_data", "ads") == ["stack.flows"]
