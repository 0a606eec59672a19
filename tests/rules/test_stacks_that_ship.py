"""What the rules on integration, silos and security find in the stacks that ship."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.engine import run
from stackaudit.rules.examples import world_of
from stackaudit.rules.finding import Finding, Open, Results
from stackaudit.rules.library import load_rules
from tests.stacks import DAY

CATEGORIES: Final = ("integration", "silo", "security")

NORTHWIND: Final = {
    "integration/broken-flow": {
        "loyaltylion-to-bigquery-file": "high",
        "shopify-to-trustpilot-native": "high",
    },
    "integration/late-data": {"customer-support + purchase": "medium"},
    "integration/manual-flow": {"audience-upload": "medium", "till-export": "medium"},
    "integration/no-system-of-record": {"preference": "medium"},
    "integration/unjoined-data": {"store-purchase + visitor": "high"},
    "integration/unmet-need": {
        "attribution + store-purchase": "high",
        "ratings-reviews + purchase": "high",
    },
    "security/changed-since-review": {"zenloop": "high"},
    "security/expired-review": {"awin": "low", "mailchimp": "high", "zapier": "high"},
    "security/no-dpa": {"tidio": "high", "tiktok-ads": "high"},
    "security/no-mfa": {"lightspeed": "high", "mailchimp": "high", "tidio": "high"},
    "security/rejected-tool": {"fullstory": "critical"},
    "security/stored-token-reach": {"tidio": "high", "zapier": "high"},
    "security/tag-without-consent": {"criteo": "high"},
    "security/undeclared-tool": {"fullstory": "high", "pinterest-ads": "high"},
    "security/unreviewed-downstream": {"tidio": "high", "tiktok-ads": "high"},
    "security/unreviewed-tool": {"linktree": "high", "tidio": "high", "tiktok-ads": "high"},
    "security/unseen-tool": {"akeneo + sign_in": "low"},
    "security/wide-exposure": {"tidio": "high", "zapier": "high"},
    "silo/dead-end": {"monday + contact": "medium"},
    "silo/hidden-collector": {
        "eventbrite + contact": "high",
        "surveymonkey + survey-response": "high",
    },
    "silo/island": {"eventbrite": "high", "mailchimp": "high"},
    "silo/orphaned-silo": {"surveymonkey": "high"},
}

SOURCEGRAPH: Final = {
    "integration/manual-flow": {
        "google-sheets-to-hubspot-manual": "medium",
        "utm-io-to-hubspot-manual": "low",
        "utm-io-to-salesforce-manual": "low",
    },
}
"""The pages tell of three exports by hand; of reviews, contracts and access they say little."""


@cache
def results(name: str) -> Results:
    rules = load_rules(select=CATEGORIES)
    text = Path(f"stacks/{name}.yaml").read_text("utf-8")
    return run(world_of(load_text(text, by_alias()), DAY), rules)


def joined(result: Finding | Open) -> str:
    return " + ".join(each.id for each in result.subjects)


def listed(found: Results) -> dict[str, dict[str, str]]:
    by_rule: dict[str, dict[str, str]] = {}
    for each in found.findings:
        if each.rule in NORTHWIND:
            by_rule.setdefault(each.rule, {})[joined(each)] = each.severity.word
    return by_rule


@pytest.mark.parametrize(
    ("name", "expected"), [("northwind", NORTHWIND), ("sourcegraph", SOURCEGRAPH)]
)
def test_what_is_found(name: str, expected: dict[str, dict[str, str]]) -> None:
    assert results(name).failures == ()
    assert listed(results(name)) == expected


def message(rule: str, subjects: str) -> Finding:
    return next(
        each
        for each in results("northwind").findings
        if (each.rule, joined(each)) == (rule, subjects)
    )


@pytest.mark.parametrize(
    ("rule", "subjects", "path"),
    [
        ("integration/late-data", "customer-support + purchase",
         ("shopify", "salesforce", "zendesk")),
        ("security/unreviewed-downstream", "tidio", ("shopify", "tidio")),
        ("security/unreviewed-downstream", "tiktok-ads",
         ("salesforce", "fivetran", "bigquery", "hightouch", "tiktok-ads")),
        ("security/stored-token-reach", "tidio", ("tidio", "salesforce")),
        ("security/wide-exposure", "tidio", ("tidio", "salesforce")),
    ],
)  # fmt: skip
def test_the_path_that_proves_it(rule: str, subjects: str, path: tuple[str, ...]) -> None:
    assert message(rule, subjects).path == path


def test_every_finding_says_what_it_rests_on() -> None:
    for each in results("northwind").findings:
        assert each.evidence, each.rule
        assert "unknown" not in each.message, each.message
        assert "unknown" not in each.fix, each.fix


def test_every_question_names_what_would_answer_it() -> None:
    for name in ("northwind", "sourcegraph"):
        for each in results(name).open:
            assert each.unknown, (name, each.rule, joined(each))


def test_nothing_is_said_of_a_tool_that_was_turned_down_or_is_gone() -> None:
    """But by the rules that say that it is still there."""
    gone, still_there = (
        {"fullstory", "bird"},
        {"security/rejected-tool", "security/undeclared-tool"},
    )
    rules = NORTHWIND.keys() - still_there
    own = (each for each in results("northwind").findings if each.rule in rules)
    told = {ref.id for each in own for ref in each.subjects}
    assert gone.isdisjoint(told)


def test_of_an_unknown_tool_only_what_is_known_is_found() -> None:
    """Linktree has a name and a note: it is unreviewed, and all else is a question."""
    about = {e.rule for e in results("northwind").findings if joined(e) == "linktree"}
    asked = {e.rule for e in results("northwind").open if joined(e) == "linktree"}
    assert about & NORTHWIND.keys() == {"security/unreviewed-tool"}
    assert asked >= {
        "security/no-dpa",
        "security/no-mfa",
        "security/stored-token-reach",
        "security/wide-exposure",
        "silo/orphaned-silo",
        "silo/hidden-collector",
    }
