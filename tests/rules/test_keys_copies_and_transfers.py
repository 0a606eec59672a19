"""What the rules on keys, copies, consent, access and transfers find in the stacks that ship."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.engine import run
from stackaudit.rules.examples import world_of
from stackaudit.rules.finding import Finding, Open
from stackaudit.rules.library import load_rules
from tests.stacks import DAY

NORTHWIND: Final = {
    "integration/feedback-loop": ["preference"],
    "integration/flow-of-retired": [],
    "integration/missing-key": [],
    "integration/over-capacity": [],
    "integration/point-to-point": ["shopify"],
    "integration/redundant-flow": [],
    "integration/single-point-of-failure": ["fivetran"],
    "integration/two-masters": [],
    "integration/unowned-flow": [],
    "security/agent-can-write": ["tidio"],
    "security/ai-trains-on-data": [],
    "security/broad-credential": [],
    "security/expired-evidence": ["zenloop"],
    "security/live-token-of-retired": ["bird"],
    "security/manual-offboarding": ["lightspeed", "monday"],
    "security/many-admins": ["monday"],
    "security/no-single-sign-on": ["awin", "lightspeed", "loyaltylion", "monday", "tidio"],
    "security/personal-credential": ["tidio + salesforce + oauth"],
    "security/rejected-tool": ["fullstory"],
    "security/shared-login": ["lightspeed", "tidio"],
    "security/stale-credential": ["fivetran + salesforce + oauth", "tidio + salesforce + oauth"],
    "security/third-country": ["eventbrite"],
    "security/unbound-review": [
        "bigquery", "fivetran", "hightouch", "lightspeed", "shopify", "sprout-social",
        "trustpilot", "usercentrics",
    ],
    "security/under-classified": ["power-bi"],
    "security/unknown-subprocessor": ["zapier"],
    "security/unprotected-handover": ["audience-upload", "till-export"],
    "silo/consent-gap": ["criteo", "mailchimp", "tiktok-ads"],
    "silo/erasure-gap": [
        "eventbrite + contact", "mailchimp + contact", "monday + contact",
        "surveymonkey + survey-response", "tidio + contact", "tidio + purchase",
        "tiktok-ads + contact",
    ],
    "silo/hand-carried": [],
    "silo/unfed-copy": [
        "criteo + visitor", "mailchimp + contact", "monday + contact", "trustpilot + purchase",
    ],
    "silo/unmeasured-channel": ["algolia", "eventbrite"],
}  # fmt: skip


def joined(result: Finding | Open) -> str:
    return " + ".join(each.id for each in result.subjects)


@cache
def found(name: str) -> dict[str, list[str]]:
    """The subjects of every finding of these rules, by rule."""
    rules = [each for each in load_rules() if each.id in NORTHWIND]
    text = Path(f"stacks/{name}.yaml").read_text("utf-8")
    results = run(world_of(load_text(text, by_alias()), DAY), rules)
    assert results.failures == ()
    return {
        rule.id: sorted(joined(each) for each in results.findings if each.rule == rule.id)
        for rule in rules
    }


@pytest.mark.parametrize("rule", NORTHWIND)
def test_what_is_found(rule: str) -> None:
    assert found("northwind")[rule] == NORTHWIND[rule]


@pytest.mark.parametrize("rule", NORTHWIND)
def test_pages_that_say_nothing_of_it_raise_nothing(rule: str) -> None:
    assert found("sourcegraph")[rule] == []
