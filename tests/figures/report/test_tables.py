"""Inventory, questions and limits: what was said, what was not, what it rests on."""

from __future__ import annotations

import datetime as dt
import json

from stackaudit.figures.report.inventory import inventory
from stackaudit.figures.report.limits import limits
from stackaudit.figures.report.parts import Cost
from stackaudit.figures.report.questions import questions
from stackaudit.outputs.json_report import render
from stackaudit.rules.severity import Severity
from tests.stacks import audited

STACK = """\
stackaudit: 1
currency: EUR
confirmed: 2026-10-20
incomplete: [tools]
datasets:
  contact: {name: Customers, privacy: personal, system_of_record: crm}
tools:
  crm: {name: The CRM, vendor: V, capabilities: [crm, email], holds: [contact], collects: [],
    owner: {business: sales, technical: none}, users: 9,
    contract: {cost: 100/month, seats: 10, used: 4, renews: 2027-02-01, notice: 30d}}
  mailer: {lifecycle: pilot}
contracts: {suite: {covers: [mailer], cost: 5/year, renews: never}}
flows:
  - {from: crm, to: mailer, data: [contact], method: manual, every: 1d, owner: none}
  - {from: mailer, to: crm, status: absent}
  - {id: old, from: mailer, to: crm, status: finished}
"""


def test_a_row_for_each_tool() -> None:
    crm, mailer = inventory(audited(STACK, "security/unreviewed-tool")).tools
    assert (crm.tool.name, crm.vendor, crm.lane, crm.users) == ("The CRM", "V", "know", 9)
    assert [each.id for each in crm.capabilities] == ["crm", "email"]
    assert (crm.business, crm.technical, mailer.business) == ("sales", "none", None)
    assert (crm.cost, mailer.cost) == (Cost(1200, 1200), Cost(5, 5))
    assert (crm.sensitivity, crm.review, crm.flows_out, crm.flows_in) == ("personal", "none", 1, 1)
    assert (dict(crm.findings), len(crm.fingerprints)) == ({Severity.HIGH: 1}, 1)
    assert (mailer.lifecycle, mailer.lane) == ("pilot", "unplaced")


def test_a_row_for_each_flow_but_those_that_do_not_exist() -> None:
    flows = inventory(audited(STACK, "security")).flows
    assert [(each.id, each.status, each.style) for each in flows] == [
        ("crm-to-mailer-manual", "active", "by_hand"),
        ("old", "finished", None),
    ]
    assert [each.name for each in flows[0].data or ()] == ["Customers"]
    assert (flows[1].data, flows[0].owner) == (None, "none")


def test_a_row_for_each_contract_and_kind_of_data() -> None:
    found = inventory(audited(STACK, "security"))
    crm, suite = found.contracts
    assert (crm.cost, crm.use, crm.deadline) == (1200, 0.4, dt.date(2027, 1, 2))
    assert (suite.renews, suite.deadline, [e.id for e in suite.tools]) == (
        "never",
        None,
        ["mailer"],
    )
    (contact,) = found.datasets
    assert [each.name for each in contact.tools] == ["mailer", "The CRM"]
    assert contact.record is not None
    assert contact.record.name == "The CRM"


def test_what_of_an_empty_inventory_is_empty() -> None:
    found = inventory(audited("stackaudit: 1\n"))
    assert (found.empty, found.no_flows) == ("no-tools", "flows-unknown")
    assert (found.no_contracts, found.no_datasets) == ("no-contracts", "no-datasets")
    assert inventory(audited("stackaudit: 1\nflows: []\n")).no_flows == "no-flows"


def test_the_questions_are_all_there_and_in_order() -> None:
    found = questions(audited(STACK))
    numbers = sorted(number for each in found.respondents for number, _ in each.questions)
    assert numbers == list(range(1, found.interview.total + 1))
    assert found.empty is None
    assert questions(audited("stackaudit: 1\ntools: {a: {access: {mfa: none}}}\n",
                             "security/shared-login")).interview.questions  # fmt: skip
    answered = "stackaudit: 1\ntools: {a: {access: {shared_login: false}}}\n"
    assert questions(audited(answered, "security/shared-login")).empty == "no-questions"


def test_limits_name_what_was_not_decided() -> None:
    result = audited(STACK, "security", "bloat")
    found = limits(result)
    assert found.incomplete == ("tools",)
    assert (found.as_of, found.confirmed) == (dt.date(2026, 11, 2), dt.date(2026, 10, 20))
    assert sum(each.open for each in found.rules) == len(result.open)
    opens = [each.open for each in found.undecided]
    assert opens == sorted(opens, reverse=True)
    assert len(found.rules) == len(result.rules)
    assert limits(audited("stackaudit: 1\n")).incomplete == ("flows",)


def test_the_digests_are_those_of_the_json_report() -> None:
    result = audited(STACK, "security")
    found, said = limits(result), json.loads(render(result))["digests"]
    assert (found.inventory_digest, found.rules_digest, found.catalog_digest) == (
        said["inventory"], said["rules"], said["catalog"],
    )  # fmt: skip


def test_nothing_open() -> None:
    clean = "stackaudit: 1\nflows: []\ntools: {a: {access: {shared_login: false}}}\n"
    assert limits(audited(clean, "security/shared-login")).empty == "nothing-open"
