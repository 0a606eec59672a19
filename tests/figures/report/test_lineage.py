"""The way of personal data: entries, stops, lateness, ends, protection."""

from __future__ import annotations

from stackaudit.figures.report.lineage import Way, lineage
from tests.stacks import audited

STACK = """\
stackaudit: 1
datasets:
  contact: {name: Customers, privacy: personal, system_of_record: crm}
  health: {privacy: special}
  figures: {privacy: none}
  odd: {}
tools:
  web: {holds: [], collects: [contact]}
  crm: {holds: [contact], collects: [], erasure: [contact]}
  zap: {holds: [], collects: []}
  mailer: {holds: [], collects: [], erasure: []}
  ads: {holds: [], collects: []}
  copy: {holds: [contact], collects: []}
flows:
  - {from: web, to: crm, data: [contact], every: event}
  - {from: crm, to: mailer, data: [contact], method: ipaas, through: zap, every: 1d}
  - {from: mailer, to: ads, data: [contact], every: 2h, protect: hashed}
"""


def way(text: str, dataset: str = "contact") -> Way:
    return next(e for e in lineage(audited(text, "silo")).ways if e.dataset.id == dataset)


def test_only_data_about_people_has_a_way_the_most_sensitive_first() -> None:
    found = lineage(audited(STACK, "silo"))
    assert [each.dataset.name for each in found.ways] == ["health", "Customers"]
    assert [each.id for each in found.unclassified] == ["odd"]


def test_the_stops_in_the_order_of_depth() -> None:
    stops = {each.tool.id: each for each in way(STACK).stops}
    assert {name: each.depth for name, each in stops.items()} == {
        "crm": 0, "web": 0, "mailer": 1, "ads": 2,
    }  # fmt: skip
    assert [each.id for each in way(STACK).entries] == ["crm", "web"]
    through = stops["mailer"].through
    assert through is not None
    assert (through.id, stops["mailer"].method, stops["mailer"].previous) == ("zap", "ipaas", "crm")
    assert (stops["mailer"].late_least, stops["mailer"].late_most) == (1440, 1440)
    assert [stops[name].erases for name in ("crm", "mailer", "ads")] == [True, False, None]


def test_behind_a_flow_that_hashes_it_is_not_personal() -> None:
    found = way(STACK)
    assert {each.tool.id: each.personal for each in found.stops} == {
        "crm": True, "web": True, "mailer": True, "ads": False,
    }  # fmt: skip
    assert [(each.target.id, each.how) for each in found.protected] == [("ads", "hashed")]


def test_where_it_ends_and_where_it_lies_apart() -> None:
    found = way(STACK)
    assert ([e.id for e in found.ends], [e.id for e in found.apart]) == (["ads"], ["copy"])
    assert found.complete
    assert not way(STACK.replace("mailer: {", "mailer: {incomplete: [flows], ")).complete


def test_a_record_that_nobody_stated_is_not_one_that_is_stated_to_be_none() -> None:
    assert (way(STACK, "health").record, way(STACK, "health").record_stated) == (None, False)
    none = way(STACK.replace("system_of_record: crm", "system_of_record: none"))
    assert (none.record, none.record_stated) == (None, True)
    assert none.stops[0].late_least is None


def test_why_there_is_no_way() -> None:
    start = "stackaudit: 1\ntools: {a: {}}\n"
    assert lineage(audited(start, "silo")).empty == "no-datasets"
    assert lineage(audited(start + "datasets: {x: {}}\n", "silo")).empty == "privacy-unknown"
    none = start + "datasets: {x: {privacy: none}}\n"
    assert lineage(audited(none, "silo")).empty == "no-personal-data"
    people = start + "datasets: {x: {privacy: personal}}\n"
    assert lineage(audited(people, "silo")).no_flows == "flows-unknown"
    assert lineage(audited(people + "flows: []\n", "silo")).no_flows == "no-flows"
