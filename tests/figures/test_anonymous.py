"""Without names: nothing that says whose it is comes out, and the audit finds the same."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stackaudit.audit import AuditResult, audit, read_stack, read_stack_text
from stackaudit.figures.anonymous import FILE, anonymized, anonymized_waivers, pseudonyms
from stackaudit.figures.report.book import book
from stackaudit.inventory.stack import Stack
from stackaudit.outputs.json_report import render
from stackaudit.rules.library import load_rules
from stackaudit.rules.rule import Rule
from tests.stacks import DAY, audited, waiver

STACKS = Path(__file__).parents[2] / "stacks"
MARKED = """\
stackaudit: 1
organization: zq-org
currency: EUR
exchange_rates: {USD: 0.92}
confirmed: 2026-10-20
policy: {regions: [eu, zq-land], refused_subprocessors: [zq-cloud], innovation_share: 5%}
budget: {year: 2026, total: 900000, innovation: none}
x-zq: zq
datasets:
  zq-contact: {name: zq people, kind: consent, privacy: personal, confidentiality: confidential,
    system_of_record: zq-crm, identity: [zq_key], notes: zq}
  zq-plain: {privacy: none}
capabilities:
  email: {name: zq mails, owner: zq-owner, needs: [zq-contact], within: 1d, must: [zq-must],
    notes: zq}
  zq-ability: {name: zq, lane: engage, does: [collects]}
tools:
  zq-crm:
    product: salesforce-sales-cloud
    name: zq The CRM
    vendor: zq Vendor
    capabilities: [email, zq-ability]
    meets: [zq-must]
    used_for: {brands: [zq], regions: [zq], channels: [zq]}
    owner: {business: zq-bus, technical: zq-tech}
    operated_by: zq-agency
    own_access: true
    bought: 2025-03-01
    it_involved: never
    contract: {cost: {amount: 10, currency: USD, period: month}, seats: 9, used: 2, notes: zq,
      renews: 2027-02-01, notice: 60d, auto_renew: true, usage: [{metric: zq, bought: 9, used: 1}]}
    last_used: 2026-10-28
    users: 22
    access: {sso: none, mfa: none, scim: false, roles: true, shared_login: true, admins: 40}
    classified: public
    criticality: high
    collects: [zq-contact]
    holds: [zq-contact]
    erasure: []
    region: zq-land
    subprocessors: {zq-cloud: zq-land, zq-two: us}
    dpa: none
    safeguard: none
    certifications: {soc2: 2025-03-31, zq-cert: 2026-12-31}
    ai: {uses_data: true, trains_on_data: true, acts: true}
    grants: [{on: zq-mail, kind: oauth, can: write, data: [zq-contact], of: person, owner: zq-key,
      scopes: [zq.write], held_by: zq-mail, rotated: 2020-01-10}]
    fit: {business: 4, technical: 2}
    disposition: eliminate
    successor: zq-mail
    keep: zq
    openness: {api: false, webhooks: false, export: false, self_service: false}
    limits: {records: 5/day}
    domains: [zq.example]
    pilot: {ends: 2026-01-31, decides: zq-boss, must_show: zq}
    previously: [zq-old]
    links: {zq: "https://zq.example"}
    notes: zq
    x-zq: zq
  zq-mail: {lifecycle: pilot, capabilities: [email], incomplete: [flows], contract: none}
  zq-gone: {lifecycle: retired, contract: {cost: 5/year, auto_renew: true}}
flows:
  - {id: zq-flow, from: zq-crm, to: zq-mail, data: [zq-contact], method: ipaas, through: zq-gone,
     every: 1mo, records: 12000/day, key: zq_key, owner: zq-flow-owner, protect: none, notes: zq,
     credential: {held_by: zq-gone, owner: zq, of: person, kind: oauth, can: admin, scopes: [zq]},
     status: broken, last_success: 2026-01-01}
  - {from: zq-mail, to: zq-crm, data: [zq-plain], status: planned, requested: 2025-07-01}
contracts:
  zq-suite: {name: zq Suite, covers: [zq-mail, zq-gone], cost: 310000/year, notes: zq,
    seats: 3, used: 2, usage: [{metric: zq}], renews: 2027-06-30, notice: 90d, auto_renew: true}
reviews:
  zq-crm: {state: approved, on: 2024-03-02, until: 2025-03-02, by: zq@zq.example,
    evidence: ["https://zq.example"],
    conditions: [zq], notes: zq, scope: {product: zq-product, vendor: zq Vendor,
    holds: [zq-contact], classes: {zq-contact: personal},
    counterparts: [zq-mail], grants: [zq-mail write], region: zq-land, subprocessors: [zq-cloud]}}
roadmap:
  - {id: zq-item, title: zq, when: 2027-Q1, business: zq, technical: none, driver: zq,
     tools: [zq-crm], notes: zq}
  - {id: zq-two, depends_on: [zq-item]}
observations:
  - {source: zq-source, kind: tag, seen: 2026-10-30, name: zq tag, vendor: zq, tool: zq-crm,
     data: [zq-contact], consent: false, where: [zq], evidence: zq}
  - {source: website, kind: script, domain: cdn.zq.example, where: ["https://zq.example/"]}
  - {source: website, kind: script, product: hotjar}
  - {source: website, kind: script, name: zq unlisted, product: none}
"""


def strings(value: Any) -> Iterator[str]:
    """Every text in a value, however deep; of objects that are no data, how they present them."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from strings(getattr(value, each.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*strings(key), *strings(each))
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from strings(each)
    else:
        yield repr(value)


def outside(result: AuditResult) -> Iterator[str]:
    """All texts of a report, in every format that there will be."""
    yield render(result)
    yield from strings(book(result, compare=result))


@pytest.fixture(scope="module")
def marked() -> Stack:
    return read_stack_text(MARKED)


def test_nothing_that_says_whose_it_is_comes_out(marked: Stack) -> None:
    result = audit(anonymized(marked), as_of=DAY)
    assert result.findings
    assert [text for text in outside(result) if "zq" in text.lower()] == []
    said = [each.finding.message + each.finding.label for each in result.findings]
    assert [text for text in said if re.search("salesforce|hotjar", text.lower())] == []


def test_every_text_that_an_inventory_can_have_is_in_that_test(marked: Stack) -> None:
    """A field that is new has to be stated here, so that it cannot slip through."""
    missing = []
    for section in ("datasets", "capabilities", "tools", "flows", "contracts", "reviews",
                    "roadmap", "observations"):  # fmt: skip
        entries = list(getattr(marked, section).values())
        for each in dataclasses.fields(entries[0]):
            unstated = all(getattr(entry, each.name) is None for entry in entries)
            missing += [f"{section}.{each.name}"] if unstated else []
    assert missing == []


def test_what_counts_stays(marked: Stack) -> None:
    found = anonymized(marked)
    assert (len(found.tools), len(found.flows), len(found.datasets)) == (3, 2, 2)
    tool = next(each for each in found.tools.values() if each.users == 22)
    before = marked.tools["zq-crm"]
    same = ("access", "fit", "openness", "ai", "bought", "it_involved", "criticality", "dpa")
    assert all(getattr(tool, each) == getattr(before, each) for each in same)
    assert tool.limits == before.limits
    assert found.policy.innovation_share == marked.policy.innovation_share
    assert found.exchange_rates == marked.exchange_rates
    assert found.origins.main_file == FILE


def test_the_same_name_is_the_same_pseudonym_everywhere(marked: Stack) -> None:
    found = anonymized(marked)
    (tool,) = [id_ for id_, each in found.tools.items() if each.users == 22]
    flows = list(found.flows.values())
    assert {flows[0].source, flows[0].target} == {flows[1].source, flows[1].target}
    assert list(found.reviews) == [tool]
    assert {each.tool for each in found.observations.values()} == {tool, None}
    assert found.tools[tool].region in (found.policy.regions or ())
    (refused,) = found.policy.refused_subprocessors or ()
    assert refused in {each.name for each in found.tools[tool].subprocessors or ()}


def test_a_tool_is_called_by_what_it_is_for(marked: Stack) -> None:
    names = {each.name for each in anonymized(marked).tools.values()}
    assert names == {"Email marketing 1", "Email marketing 2", "Tool 1"}


@pytest.mark.parametrize(
    ("name", "lost"),
    [("northwind", None), ("sourcegraph", "bloat/superseded-tool")],  # known of the product alone
)
def test_the_audit_finds_the_same_without_names(name: str, lost: str | None) -> None:
    stack = read_stack(STACKS / f"{name}.yaml")
    with_names, without = audit(stack, as_of=DAY), audit(anonymized(stack), as_of=DAY)
    one, other = (
        Counter((each.finding.rule, each.finding.severity) for each in result.findings)
        for result in (with_names, without)
    )
    assert {rule for rule, _ in one - other} == ({lost} if lost else set())
    assert not other - one


def test_no_name_of_northwind_comes_out() -> None:
    stack = read_stack(STACKS / "northwind.yaml")
    text = "\n".join(outside(audit(anonymized(stack), as_of=DAY))).lower()
    names = {
        name.lower()
        for id_, tool in stack.tools.items()
        for name in (id_, tool.name, tool.vendor, tool.operated_by)
        if name and name != "none"
    }
    owners = {
        each.lower()
        for tool in stack.tools.values()
        if tool.owner
        for each in (tool.owner.business, tool.owner.technical)
        if each and "-" in each
    }
    found = {each for each in names | owners if re.search(rf"\b{re.escape(each)}\b", text)}
    of_rules = "\n".join(each for rule in load_rules() for each in rule_texts(rule)).lower()
    assert {each for each in found if each not in of_rules} == set()


def rule_texts(rule: Rule) -> tuple[str, ...]:
    """What a rule says of itself, wherever it finds something."""
    return (rule.why, rule.ask_it, rule.ask_marketing, *rule.references)


def test_two_stacks_with_the_same_names_can_be_compared() -> None:
    older = read_stack_text("stackaudit: 1\ntools: {old: {}, crm: {}}\n")
    newer = read_stack_text("stackaudit: 1\ntools: {crm: {capabilities: [crm]}, next: {}}\n")
    names = pseudonyms()
    now, then = anonymized(newer, names), anonymized(older, names)
    assert len(set(now.tools) & set(then.tools)) == 1
    assert len(set(now.tools) | set(then.tools)) == 3


def test_the_same_stack_gives_the_same_pseudonyms(marked: Stack) -> None:
    assert anonymized(marked) == anonymized(read_stack_text(MARKED))


def test_waived_findings_stay_waived(marked: Stack) -> None:
    rule = "security/shared-login"
    before = audit(marked, as_of=DAY, waivers=[waiver(rule, "zq-*")])
    names = pseudonyms()
    stack = anonymized(marked, names)
    waivers = anonymized_waivers(before, names)
    after = audit(stack, as_of=DAY, waivers=waivers)
    assert [e.finding.rule for e in after.findings if e.status == "waived"] == [rule]
    assert "the vendor fixes it" not in render(after)
    assert "it-crm" not in render(after)


def test_what_the_catalog_knows_of_a_product_is_kept() -> None:
    text = "stackaudit: 1\ntools: {hubspot: {product: hubspot-marketing-hub}}\n"
    (tool,) = anonymized(read_stack_text(text)).tools.values()
    assert tool.capabilities
    assert (tool.vendor, tool.product) == ("vendor-1", "none")


def test_an_empty_stack_stays_one() -> None:
    assert anonymized(audited("stackaudit: 1\n").stack).tools == {}


def test_another_product_than_was_reviewed_stays_another_and_the_same_one_the_same() -> None:
    text = """\
stackaudit: 1
tools:
  same: {product: hubspot-crm, vendor: "HubSpot, Inc."}
  merged: {product: salesloft}
  quiet: {product: hubspot-crm}
  named: {name: HubSpot CRM}
  other: {product: unknown-thing}
  sold: {product: hubspot-crm, vendor: Somebody}
  written: {product: our-thing, vendor: GmbH}
  unsaid: {region: eu}
flows: []
reviews:
  same: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot, vendor: HubSpot}}
  merged: {state: approved, on: 2026-05-19, by: zq, scope: {product: drift, vendor: Drift}}
  quiet: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot-crm, vendor: HubSpot}}
  named: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot-crm}}
  other: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot-crm}}
  sold: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot-crm, vendor: HubSpot}}
  written: {state: approved, on: 2026-05-19, by: zq, scope: {product: Our-Thing, vendor: GMBH}}
  unsaid: {state: approved, on: 2026-05-19, by: zq, scope: {product: hubspot-crm}}
"""
    rules = load_rules(select=("security/changed-since-review",))
    before = read_stack_text(text)
    names = pseudonyms()
    after = anonymized(before, names)
    there = audit(before, rules=rules, as_of=DAY)
    here = audit(after, rules=rules, as_of=DAY)
    changed = sorted(each.finding.subjects[0].id for each in there.findings)
    assert changed == ["other", "sold"]
    assert sorted(each.finding.subjects[0].id for each in here.findings) == sorted(
        names.of("tool", each) for each in changed
    )
    assert not re.search("hubspot|drift|salesloft|unknown-thing", render(here).casefold())
