"""A table whose rows name two ends is a list of flows."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.audit import read_stack_text
from stackaudit.catalog.catalog import catalog
from stackaudit.inventory.edit import edited
from stackaudit.sources.fresh import Answers, new_inventory
from stackaudit.sources.identify import gathered
from stackaudit.sources.observation import FlowSeen
from stackaudit.sources.plan import plan
from stackaudit.sources.registry import source_of
from tests.sources.reading import EUR, doubts, found, seen, written

HEADER = "From,To,Data,Integration type,Frequency,Owner\n"
ROW = "HubSpot,Salesforce,contacts; leads,native,every 15 min,Anna\n"
STACK = """\
stackaudit: 1
tools:
  hs: {product: hubspot-crm}
  crm: {name: Salesforce}
"""


def merged(text: str, path: Path) -> tuple[str, list[str]]:
    stack = read_stack_text(text)
    made = plan(stack, found(path, stack))
    for changes in (made.changes.get("<text>"), made.additions.get("<text>")):
        text = edited(text, changes) if changes else text
    return text, [f"{each.kind} {each.tool} {each.key or ''}".strip() for each in made.differences]


def test_a_row_is_a_flow(tmp_path: Path) -> None:
    (flow,) = seen(written(tmp_path, HEADER + ROW))
    assert isinstance(flow, FlowSeen)
    assert (flow.source, flow.target, flow.data) == ("HubSpot", "Salesforce", ("contact", "lead"))
    assert flow.facts == {"method": "native", "every": "15min", "owner": "Anna"}


def test_german_names_of_columns(tmp_path: Path) -> None:
    text = "Quelle;Ziel;Daten;Schnittstelle;Häufigkeit\nHubSpot;Salesforce;Kontakte;Datei;täglich\n"
    (flow,) = seen(written(tmp_path, text))
    assert isinstance(flow, FlowSeen)
    assert (flow.data, dict(flow.facts)) == (("contact",), {"method": "file", "every": "1d"})


def test_the_tool_that_moves_it_says_how_it_moves(tmp_path: Path) -> None:
    rows = "A,B,contacts,Fivetran,instant,\nA,B,contacts,Zapier,hourly,\n"
    flows = [each for each in seen(written(tmp_path, HEADER + rows)) if isinstance(each, FlowSeen)]
    assert [(dict(each.facts), each.through) for each in flows] == [
        ({"method": "etl", "every": "event"}, "Fivetran"),
        ({"method": "ipaas", "every": "1h"}, "Zapier"),
    ]


@pytest.mark.parametrize(
    ("written_as", "method", "through"),
    [
        ("Make", "ipaas", "Make"),
        ("via Zapier", "ipaas", "via Zapier"),
        ("Tray.ai", "ipaas", "Tray.ai"),
        ("n8n", "ipaas", "n8n"),
        ("Census", "reverse_etl", "Census"),
        ("GTM", "tag", "GTM"),
        ("iPaaS", "ipaas", None),
        ("native", "native", None),
    ],
)
def test_a_product_that_moves_data_is_in_between(
    tmp_path: Path, written_as: str, method: str, through: str | None
) -> None:
    (flow,) = seen(written(tmp_path, f"{HEADER}A,B,contacts,{written_as},,\n"))
    assert isinstance(flow, FlowSeen)
    assert (flow.facts["method"], flow.through) == (method, through)


ZAPPED = HEADER + "HubSpot,Salesforce,contacts,via Zapier,hourly,\n"


def test_the_tool_in_between_is_the_one_that_the_inventory_has(tmp_path: Path) -> None:
    text, differences = merged(STACK + "  z: {product: zapier}\n", written(tmp_path, ZAPPED))
    assert "{from: hs, to: crm, data: [contact], method: ipaas, through: z, every: 1h}" in text
    assert differences == ["new hs-to-crm-ipaas-via-z"]
    assert merged(text, written(tmp_path, ZAPPED)) == (text, [])


def test_a_tool_in_between_that_nobody_listed_is_added(tmp_path: Path) -> None:
    text, differences = merged(STACK, written(tmp_path, ZAPPED))
    assert "  zapier:\n    product: zapier\n    name: Zapier\n" in text
    assert differences == ["new zapier", "new hs-to-crm-ipaas-via-zapier"]
    assert merged(text, written(tmp_path, ZAPPED)) == (text, [])


def test_a_flow_without_a_tool_in_between_gets_it(tmp_path: Path) -> None:
    flow = "flows:\n  - {from: hs, to: crm, data: [contact], method: ipaas, every: 1h"
    stack = STACK + "  z: {product: zapier}\ndatasets: {contact: {}}\n" + flow
    text, differences = merged(stack + "}\n", written(tmp_path, ZAPPED))
    assert text == stack + ", through: z}\n"
    assert differences == ["filled hs-to-crm-ipaas through"]


def test_of_two_flows_the_one_through_the_same_tool_is_meant(tmp_path: Path) -> None:
    stack = STACK + (
        "  z: {product: zapier}\ndatasets: {contact: {}}\nflows:\n"
        "  - {from: hs, to: crm, data: [contact], method: ipaas}\n"
        "  - {from: hs, to: crm, data: [contact], method: ipaas, through: z}\n"
    )
    _, differences = merged(stack, written(tmp_path, ZAPPED))
    assert differences == ["filled hs-to-crm-ipaas-via-z every"]


def test_one_of_two_tools_in_between_is_a_doubt(tmp_path: Path) -> None:
    stack = read_stack_text(STACK + "  z1: {product: zapier}\n  z2: {product: zapier}\n")
    gathering = found(written(tmp_path, ZAPPED), stack)
    assert [dict(each.facts).get("through") for each in gathering.flows] == [None]
    assert [each.message for each in gathering.doubts] == [
        "via Zapier may be one of several tools, and no `through` was written"
    ]


def test_an_end_that_moves_the_data_itself_is_not_in_between(tmp_path: Path) -> None:
    rows = HEADER + "z,Salesforce,contacts,Zapier,,\n"
    stack = read_stack_text(STACK + "  z: {product: zapier}\n")
    (flow,) = found(written(tmp_path, rows), stack).flows
    assert flow.facts == {"data": ("contact",), "method": "ipaas"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A,B,secret sauce,,,\n", "Data"),
        ("A,B,contacts and sauce,,,\n", "Data"),
        ("A,B,,carrier pigeon,,\n", "Integration type"),
        ("A,B,,,now and then,\n", "Frequency"),
        (",B,,,,\n", "From"),
        ("A,TBD,,,,\n", "To"),
    ],
)
def test_what_is_not_understood_is_a_doubt(tmp_path: Path, row: str, column: str) -> None:
    assert doubts(written(tmp_path, HEADER + row)) == [(2, column)]


def test_one_end_alone_is_an_ordinary_column(tmp_path: Path) -> None:
    assert doubts(written(tmp_path, "Tool,Source\nA,survey\n")) == [(1, "Source")]


def test_new_flows_are_added_and_those_not_listed_stay_unknown(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + ROW)
    text, differences = merged(STACK, path)
    assert text == STACK + (
        "incomplete: [flows]\n"
        "datasets:\n  contact: {}\n  lead: {}\n"
        "flows:\n"
        "  - {from: hs, to: crm, data: [contact, lead], method: native, every: 15min, "
        "owner: Anna}\n"
    )
    assert differences == ["new hs-to-crm-native"]
    assert merged(text, path) == (text, [])


def test_stated_facts_stay_and_unknown_ones_are_filled_in(tmp_path: Path) -> None:
    stack = STACK + "flows:\n  - {from: hs, to: crm, every: 1d}  # ours\n"
    text, differences = merged(
        stack, written(tmp_path, "From,To,Frequency,Owner\nHubSpot,crm,hourly,A\n")
    )
    assert text == STACK + "flows:\n  - {from: hs, to: crm, every: 1d, owner: A}  # ours\n"
    assert differences == ["kept hs-to-crm every", "filled hs-to-crm owner"]


def test_a_dataset_that_is_filled_in_is_declared(tmp_path: Path) -> None:
    stack = STACK + "flows:\n  - {from: hs, to: crm}\n"
    text, _ = merged(stack, written(tmp_path, "From,To,Data\nhs,crm,contacts\n"))
    flow = "flows:\n  - {from: hs, to: crm, data: [contact]}\n"
    assert text == STACK + flow + "datasets:\n  contact: {}\n"


def test_filling_in_and_adding_at_once(tmp_path: Path) -> None:
    stack = STACK + "flows:\n  - {from: hs, to: crm}\n"
    text, _ = merged(stack, written(tmp_path, "From,To,Owner\nhs,crm,A\ncrm,hs,B\n"))
    flows = "flows:\n  - {from: hs, to: crm, owner: A}\n  - {from: crm, to: hs, owner: B}\n"
    assert text == STACK + flows


def test_an_end_that_nobody_knows_is_a_doubt(tmp_path: Path) -> None:
    stack = read_stack_text(STACK)
    gathering = found(written(tmp_path, "From,To\nHubSpot,Nowhere\nHubSpot,hs\n"), stack)
    assert gathering.flows == []
    assert [each.message for each in gathering.doubts] == [
        "no tool is called Nowhere; the flow was left out",
        "HubSpot is where it comes from and where it goes",
    ]


def test_a_fresh_inventory_has_the_flows_of_all_files(tmp_path: Path) -> None:
    flows = written(tmp_path, HEADER + ROW, "flows.csv")
    apps = written(tmp_path, "Tool\nHubSpot\nSalesforce\n")
    both = (each for path in (flows, apps) for each in source_of(path).read(path, EUR))
    gathering = gathered(both, catalog())
    assert gathering.doubts == []
    stack = read_stack_text(new_inventory(gathering, Answers()))
    assert list(stack.flows) == ["hubspot-to-salesforce-native"]
    assert stack.incomplete == {"flows"}
    assert list(stack.datasets) == ["contact", "lead"]
