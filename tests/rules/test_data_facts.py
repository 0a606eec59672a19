"""Datasets, what single tools do with them, and pairs that are needed together."""

from __future__ import annotations

import pytest

from stackaudit.rules.kleene import Some
from stackaudit.rules.subjects import kinds
from tests.rules.facts_reading import fact, ids, members, missing
from tests.rules.portfolio import world

# A dataset, and where it is

COPIES = """
    stackaudit: 1
    datasets:
      contact: {name: Customers, privacy: special, system_of_record: crm}
      preference: {privacy: none, system_of_record: none}
      note: {}
    tools:
      crm: {holds: [contact], collects: []}
      mailer: {holds: [contact, preference], collects: []}
      old: {lifecycle: retired, holds: [contact]}
    flows: []
"""


def test_only_a_stated_none_says_that_there_is_no_record() -> None:
    assert fact(COPIES, "dataset.has_record", "contact") is True
    assert fact(COPIES, "dataset.has_record", "preference") is False
    assert fact(COPIES, "dataset.has_record", "note") is None
    assert missing(COPIES, "dataset.has_record", "note") == ["datasets.note.system_of_record"]


def test_special_data_is_personal_and_unclassified_data_is_unknown() -> None:
    assert fact(COPIES, "dataset.personal", "contact") is True
    assert fact(COPIES, "dataset.personal", "preference") is False
    assert fact(COPIES, "dataset.personal", "note") is None


def test_holders_are_tools_in_use_that_say_so() -> None:
    assert members(COPIES, "dataset.holders", "contact") == ("crm", "mailer")
    assert fact(COPIES, "dataset.first_holder", "contact").id == "crm"
    assert members(COPIES, "dataset.holders", "note") == ()
    assert fact(COPIES, "dataset.first_holder", "note") is None


def test_a_tool_that_does_not_say_what_it_holds_may_hold_it() -> None:
    text = COPIES.replace("crm: {holds: [contact], ", "crm: {")
    assert members(text, "dataset.holders", "contact") == Some(("mailer",))
    assert missing(text, "dataset.holders", "contact") == ["tools.crm.holds"]


@pytest.mark.parametrize(
    ("tools", "present", "unstated"),
    [
        ("a: {holds: [contact]}", True, []),
        ("a: {collects: [contact]}", True, []),
        ("a: {holds: [], collects: []}", False, []),
        ("a: {holds: []}", None, ["tools.a.collects"]),
        ("a: {lifecycle: retired, holds: [contact]}", False, []),
    ],
)
def test_it_is_present_where_it_is_held_collected_or_brought(
    tools: str, present: bool | None, unstated: list[str]
) -> None:
    text = f"stackaudit: 1\ndatasets: {{contact: {{}}}}\ntools: {{{tools}}}\nflows: []\n"
    assert fact(text, "dataset.present", "contact") is present
    if present is None:
        assert missing(text, "dataset.present", "contact") == unstated


# One dataset in one tool

WAYS = """
    stackaudit: 1
    datasets:
      contact: {privacy: personal, system_of_record: crm}
      asset: {privacy: none, system_of_record: none}
      note: {system_of_record: crm}
      loose: {privacy: personal}
    capabilities: {work-management: {needs: []}, events: {needs: [contact]}, crm: {}}
    tools:
      crm: {capabilities: [crm], holds: [contact, note], collects: []}
      form: {capabilities: [forms], collects: [contact, asset, loose], holds: []}
      hub: {capabilities: [cdp], holds: [], collects: []}
      board: {capabilities: [work-management], holds: [], collects: []}
      fair: {capabilities: [work-management, events], holds: [contact]}
      island: {holds: [contact], collects: [contact]}
    flows:
      - {id: in, from: form, to: hub, data: [contact, loose]}
      - {id: on, from: hub, to: crm, data: [contact]}
      - {id: sums, from: crm, to: board, data: [contact], protect: aggregated}
      - {id: notes, from: crm, to: board, data: [note]}
      - {id: badges, from: crm, to: fair, data: [contact]}
"""


def test_what_is_collected_gets_to_its_record_by_way_of_others() -> None:
    assert fact(WAYS, "holding.collected", "form", "contact") is True
    assert fact(WAYS, "holding.reaches_record", "form", "contact") is True
    assert fact(WAYS, "holding.reaches_record", "crm", "contact") is True
    assert fact(WAYS, "holding.reaches_record", "island", "contact") is False
    assert fact(WAYS, "holding.record", "island", "contact").id == "crm"


def test_where_there_is_no_record_there_is_nothing_to_reach() -> None:
    assert fact(WAYS, "holding.reaches_record", "form", "asset") is True
    assert fact(WAYS, "holding.record", "form", "asset") is None


def test_where_nobody_named_the_record_it_is_open() -> None:
    assert fact(WAYS, "holding.reaches_record", "form", "loose") is None
    assert fact(WAYS, "holding.is_record", "form", "loose") is None
    unstated = ["datasets.loose.system_of_record"]
    assert missing(WAYS, "holding.reaches_record", "form", "loose") == unstated
    assert missing(WAYS, "holding.is_record", "form", "loose") == unstated


def test_a_flow_that_does_not_say_what_it_carries_may_be_the_way() -> None:
    text = WAYS.replace("to: crm, data: [contact]", "to: crm")
    assert fact(text, "holding.reaches_record", "form", "contact") is None
    text += "      - {id: elsewhere, from: hub, to: board}\n"  # leads on to no record
    assert missing(text, "holding.reaches_record", "form", "contact") == ["flows.on.data"]
    assert fact(text, "holding.reaches_record", "island", "contact") is False


def test_only_what_is_still_personal_counts_as_taken_in() -> None:
    assert fact(WAYS, "holding.takes_in_personal", "fair", "contact") is True
    assert fact(WAYS, "holding.takes_in_personal", "board", "contact") is False
    assert fact(WAYS, "holding.takes_in_personal", "island", "contact") is False
    assert fact(WAYS, "holding.takes_in_personal", "board", "note") is None
    assert missing(WAYS, "holding.takes_in_personal", "board", "note") == ["datasets.note.privacy"]


def test_a_flow_that_says_nothing_may_bring_it() -> None:
    text = WAYS + "      - {id: unsaid, from: crm, to: island}\n"
    assert fact(text, "holding.takes_in_personal", "island", "contact") is None
    assert missing(text, "holding.takes_in_personal", "island", "contact") == ["flows.unsaid.data"]
    assert fact(text, "holding.takes_in_personal", "fair", "contact") is True


def test_what_is_passed_on() -> None:
    assert fact(WAYS, "holding.passed_on", "hub", "contact") is True
    assert fact(WAYS, "holding.passed_on", "hub", "loose") is False
    text = WAYS.replace("to: crm, data: [contact]", "to: crm")
    assert fact(text, "holding.passed_on", "hub", "loose") is None
    assert missing(text, "holding.passed_on", "hub", "loose") == ["flows.on.data"]


@pytest.mark.parametrize(
    ("tool", "needed", "unstated"),
    [
        ("board", False, []),
        ("fair", True, []),
        ("crm", None, ["capabilities.crm.needs"]),
        ("form", None, ["capabilities.forms.needs"]),
        ("island", None, ["tools.island.capabilities"]),
    ],
)
def test_of_a_capability_that_says_nothing_nobody_knows_what_it_needs(
    tool: str, needed: bool | None, unstated: list[str]
) -> None:
    assert fact(WAYS, "holding.needed", tool, "contact") is needed
    if needed is None:
        assert missing(WAYS, "holding.needed", tool, "contact") == unstated


def test_the_purpose_is_what_the_tool_is_mainly_for() -> None:
    assert fact(WAYS, "holding.purpose", "fair", "contact") == "work-management"
    assert fact(WAYS, "holding.purpose", "island", "contact") == "use-of-contact"


# Which holdings there are


def undecided(kind: str, text: str) -> list[tuple[tuple[str, str], ...]]:
    return [each.ids for each in kinds()[kind].undecided(world(text))]


def test_a_holding_is_what_a_tool_in_use_surely_has() -> None:
    found = [each.ids for each in kinds()["holding"].members(world(COPIES))]
    assert found == [("crm", "contact"), ("mailer", "contact"), ("mailer", "preference")]


def test_tools_of_which_something_is_not_stated_may_have_more() -> None:
    text = """
        stackaudit: 1
        datasets: {contact: {}}
        tools:
          a: {holds: [], collects: []}
          b: {holds: []}
          c: {holds: [], collects: []}
          d: {holds: [], collects: [], incomplete: [flows]}
          old: {lifecycle: retired}
        flows: [{id: f, from: a, to: c}]
    """
    found = {
        each.ids: list(map(str, each.missing)) for each in kinds()["holding"].undecided(world(text))
    }
    assert found == {
        (("tool", "b"),): ["tools.b.collects"],
        (("tool", "c"),): ["flows.f.data"],
        (("tool", "d"),): ["tools.d.incomplete"],
    }
    assert undecided("flow", text) == [(("tool", "d"),)]


def test_a_file_that_does_not_list_its_flows_says_so_once() -> None:
    text = "stackaudit: 1\ntools: {a: {holds: [], collects: []}}\n"
    assert undecided("holding", text) == [(("stack", "flows"),)]
    assert undecided("flow", text) == [(("stack", "flows"),)]
    partly = text + "incomplete: [flows]\nflows: []\n"
    assert undecided("flow", partly) == [(("stack", "flows"),)]
    (only,) = kinds()["flow"].undecided(world(partly))
    assert only.place.line == 3  # where it says `incomplete`


# Two that are needed together

JOINS = """
    stackaudit: 1
    datasets:
      contact: {privacy: personal, identity: [email, customer_id]}
      visitor: {privacy: personal, identity: [email, cookie_id]}
      receipt: {privacy: personal, identity: [receipt_no]}
      ad-spend: {privacy: none}
    capabilities:
      attribution: {needs: [visitor, receipt, contact, ad-spend]}
      bi: {needs: [visitor, receipt]}
    tools:
      lake: {holds: [contact, visitor, receipt], collects: []}
      funnel: {capabilities: [attribution], holds: [visitor], collects: []}
    flows: []
"""


def test_pairs_are_of_data_about_people_and_know_who_needs_them() -> None:
    found = [each.ids for each in kinds()["dataset_pair"].members(world(JOINS))]
    assert found == [("contact", "receipt"), ("contact", "visitor"), ("receipt", "visitor")]
    needed_for = fact(JOINS, "dataset_pair.needed_for", "receipt", "visitor")
    assert len(needed_for) == 2
    assert ids(fact(JOINS, "dataset_pair.needed_for", "contact", "receipt")) == needed_for[:1]


def test_a_shared_key_in_one_tool_joins_them() -> None:
    assert fact(JOINS, "dataset_pair.joinable", "contact", "visitor") is True
    assert fact(JOINS, "dataset_pair.joinable", "contact", "receipt") is False


def test_they_could_meet_in_a_tool_that_has_both_or_else_in_one_that_uses_them() -> None:
    assert fact(JOINS, "dataset_pair.meeting_place", "receipt", "visitor").id == "lake"
    text = JOINS.replace("lake: {holds: [contact, visitor, receipt], ", "lake: {holds: [receipt], ")
    assert fact(text, "dataset_pair.meeting_place", "receipt", "visitor").id == "funnel"
    assert fact(text, "dataset_pair.meeting_place", "contact", "receipt").id == "lake"


def test_keys_that_nobody_stated_keep_it_open() -> None:
    text = JOINS.replace("receipt: {privacy: personal, identity: [receipt_no]}", "receipt: {}")
    assert fact(text, "dataset_pair.joinable", "contact", "receipt") is None
    assert missing(text, "dataset_pair.joinable", "contact", "receipt") == [
        "datasets.receipt.identity"
    ]


def test_what_nobody_said_of_a_tool_may_bring_them_together() -> None:
    text = """
        stackaudit: 1
        datasets: {a: {privacy: personal, identity: [k]}, b: {privacy: personal, identity: [k]}}
        capabilities: {bi: {needs: [a, b]}}
        tools: {x: {holds: [a], collects: []}, y: {holds: [b]}}
        flows: []
    """
    assert fact(text, "dataset_pair.joinable", "a", "b") is None
    assert missing(text, "dataset_pair.joinable", "a", "b") == ["tools.y.collects"]
    assert fact(text.replace("y: {holds: [b]}", "y: {holds: [b], collects: []}"),
                "dataset_pair.joinable", "a", "b") is False  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "unknown"),
    [
        ("{from: b, to: crm}", []),  # the record itself is no second copy
        ("{from: a, to: a}", []),
        ("{from: b, to: c}", []),  # nothing leads back
        ("{id: x, from: b, to: a}", ["flows.x.data"]),
        ("{id: x, from: b, to: c}, {id: y, from: c, to: b}", ["flows.x.data", "flows.y.data"]),
    ],
)
def test_a_flow_without_data_matters_only_where_another_may_lead_back(
    flow: str, unknown: list[str]
) -> None:
    text = (
        "stackaudit: 1\ndatasets: {contact: {system_of_record: crm}}\n"
        "tools: {crm: {}, a: {}, b: {}, c: {}}\n"
        f"flows: [{{from: a, to: b, data: [contact]}}, {flow}]\n"
    )
    found = fact(text, "dataset.fed_both_ways", "contact")
    assert found == (Some(()) if unknown else ())
    assert missing(text, "dataset.fed_both_ways", "contact") == unknown
