"""The first day: names of products and nothing else already make an audit worth reading."""

from __future__ import annotations

from collections import Counter

from tests.stacks import audited, found

NAMES = (
    "HubSpot", "Salesforce", "Mailchimp", "Klaviyo", "Google Analytics", "Matomo", "Hotjar",
    "Typeform", "SurveyMonkey", "Zendesk", "Intercom", "Slack", "Shopify", "WordPress",
    "Contentful", "Canva", "Figma", "Asana", "Trello", "Zoom", "Eventbrite", "Calendly", "Semrush",
    "Ahrefs", "Hootsuite", "Buffer", "Snowflake", "Tableau", "Zapier", "Segment",
)  # fmt: skip
STACK = "stackaudit: 1\ntools:\n" + "".join(
    f"  t{number}: {{name: {name}}}\n" for number, name in enumerate(NAMES)
)


def test_bare_names_give_overlaps_and_accuse_nobody() -> None:
    result = audited(STACK)
    rules = Counter(rule for rule, _ in found(result))
    assert rules["bloat/overlapping-tools"] >= 5
    assert rules["security/unreviewed-tool"] == len(NAMES), "reviews are closed: none is none"
    assert rules.keys() <= {
        "bloat/overlapping-tools",
        "bloat/crowded-capability",
        "security/unreviewed-tool",
        "inventory/thin-entry",
    }


def test_what_the_catalog_says_is_marked_as_such() -> None:
    for judged in audited(STACK, "bloat/overlapping-tools").findings:
        assert {each.origin for each in judged.finding.evidence} == {"catalog"}
        assert " both can do " in judged.finding.message


def test_what_is_stated_goes_before_the_catalog() -> None:
    stated = (
        "stackaudit: 1\ntools:\n  a: {name: Klaviyo, capabilities: [sms]}\n  b: {name: Mailchimp}\n"
    )
    assert not audited(stated, "bloat/overlapping-tools").findings


def test_without_flows_no_silo_and_no_need_is_found() -> None:
    rules = {rule for rule, _ in found(audited(STACK))}
    assert not [rule for rule in rules if rule.startswith(("silo/", "integration/"))]
