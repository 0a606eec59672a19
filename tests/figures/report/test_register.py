"""The register: numbers, shelves, owners, causes and consequences."""

from __future__ import annotations

import pytest

from stackaudit.figures.report.register import register
from tests.stacks import audited, waiver

STACK = """\
stackaudit: 1
datasets: {contact: {privacy: personal, system_of_record: crm}}
tools:
  crm: {holds: [contact], collects: [], owner: {business: sales, technical: it}}
  mailer: {name: Mail, holds: [contact], collects: [], owner: {business: none}}
flows:
  - {from: crm, to: mailer, data: [contact], method: manual, every: 1mo, owner: pat}
"""


def test_every_finding_has_a_number_and_the_worst_comes_first() -> None:
    result = audited(STACK)
    found = register(result)
    assert [each.number for each in found.cards] == list(range(1, len(result.findings) + 1))
    assert {e.fingerprint for e in found.cards} == {e.finding.fingerprint for e in result.findings}
    severities = [each.severity for each in found.cards]
    assert severities == sorted(severities, reverse=True)


def test_a_waived_finding_comes_last_and_keeps_its_waiver() -> None:
    accepted = waiver("security/unreviewed-tool", "crm")
    last = register(audited(STACK, "security", waivers=[accepted])).cards[-1]
    assert (last.status, last.waiver) == ("waived", accepted)


def test_a_finding_names_its_tools_and_who_answers_for_them() -> None:
    cards = register(audited(STACK, "integration/manual-flow")).cards
    (card,) = cards
    assert [each.name for each in card.tools] == ["crm", "Mail"]
    assert (card.owners.business, card.owners.technical) == (("sales",), ("it", "pat"))


def test_shelves_by_rule_tool_and_owner() -> None:
    found = register(audited(STACK, "security/unreviewed-tool"))
    assert [each.id for each in found.by_rule] == ["security/unreviewed-tool"]
    assert {each.name for each in found.by_tool} == {"crm", "Mail"}
    assert [each.id for each in found.by_owner] == ["it", "sales"]
    (unowned,) = found.unowned
    assert found.card(unowned).label == "Mail"


def test_a_consequence_stays_in_the_list_and_is_named_by_its_cause() -> None:
    found = register(audited(STACK))
    for each in found.cards:
        for name in each.consequences:
            assert found.card(name).folded_under == each.fingerprint
    assert any(each.folded_under for each in found.cards)


def test_a_fingerprint_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        register(audited(STACK, "security")).card("0")


def test_why_there_is_nothing() -> None:
    assert register(audited("stackaudit: 1\n")).empty == "no-tools"
    assert register(audited("stackaudit: 1\ntools: {a: {}}\n", "security/no-mfa")).empty == (
        "too-little-known"
    )
    clean = "stackaudit: 1\ntools: {a: {access: {shared_login: false}}}\n"
    assert register(audited(clean, "security/shared-login")).empty == "no-findings"
