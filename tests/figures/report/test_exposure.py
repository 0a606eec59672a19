"""Exposure: the grid of reviews, and the ways by which one breach reaches many tools."""

from __future__ import annotations

from stackaudit.figures.report.exposure import exposure
from tests.stacks import audited

STACK = """\
stackaudit: 1
datasets:
  contact: {privacy: personal, system_of_record: crm}
  margin: {privacy: none, confidentiality: restricted, system_of_record: none}
tools:
  crm: {holds: [contact], collects: [], grants: []}
  mailer: {holds: [], collects: [], grants: []}
  zap: {holds: [], collects: [], grants: [{on: crm, can: read, data: [contact]}]}
  bi: {holds: [margin], collects: [], grants: []}
  silent: {}
  gone: {holds: [contact], lifecycle: retired}
flows:
  - {from: crm, to: mailer, data: [contact], through: zap, method: ipaas}
reviews:
  crm: {state: approved, on: 2026-03-02, by: security}
  bi: {state: rejected}
"""


def test_tools_in_use_by_state_and_sensitivity() -> None:
    found = exposure(audited(STACK, "security"))
    grid = {(e.state, e.sensitivity): [tool.id for tool in e.tools] for e in found.squares}
    assert grid == {
        ("none", "personal"): ["mailer", "zap"],
        ("none", "unknown"): ["silent"],
        ("rejected", "restricted"): ["bi"],
        ("approved", "personal"): ["crm"],
    }
    assert [each.id for each in found.square("rejected", "restricted")] == ["bi"]
    assert found.square("expired", "personal") == ()


def test_where_reviews_are_listed_in_part_a_missing_one_is_unknown() -> None:
    found = exposure(audited(STACK + "incomplete: [reviews]\n", "security"))
    assert [each.id for each in found.square("unknown", "personal")] == ["mailer", "zap"]


def test_the_tools_whose_breach_gives_away_the_most() -> None:
    text = STACK.replace(
        "crm: {holds", "web: {holds: [contact], collects: [], grants: []}\n  crm: {holds"
    )
    text = text.replace("flows:\n", "flows:\n  - {from: web, to: crm, data: [contact]}\n")
    top = {each.tool.id: each for each in exposure(audited(text, "security")).top}
    assert [each.id for each in top["crm"].exposes] == ["crm", "web"]
    assert [each.id for each in top["crm"].data] == ["contact"]
    assert all(len(each.exposes) > 1 for each in top.values())


def test_the_findings_on_security_and_why_there_is_nothing() -> None:
    result = audited(STACK, "security/unreviewed-tool", "silo")
    found = exposure(result)
    names = [e.finding.fingerprint for e in result.findings if e.finding.category == "security"]
    assert sorted(found.findings) == sorted(names) != []
    assert exposure(audited("stackaudit: 1\n", "silo")).empty == "no-tools"
