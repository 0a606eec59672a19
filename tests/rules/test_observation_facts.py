"""What sources saw: which tool it is, whether it asks, and where a tool should be seen."""

from __future__ import annotations

import datetime as dt

import pytest

from stackaudit.audit import audit, read_stack_text
from stackaudit.rules.engine import run
from stackaudit.rules.library import load_rules
from stackaudit.rules.wording import wording
from tests.rules.facts_reading import Some, fact, ids, missing, subject
from tests.rules.portfolio import world

NEVER = dt.date.min


def seen(*observations: str, tools: str = "", more: str = "") -> str:
    """An inventory with these observations by a tag manager."""
    listed = "".join(f"  - {{source: gtm, kind: tag, {each}}}\n" for each in observations)
    return (
        "stackaudit: 1\n"
        "datasets: {visitor: {privacy: personal}, contact: {}}\n"
        f"tools: {{{tools}}}\n{more}\nobservations:\n{listed}"
    )


@pytest.mark.parametrize(
    ("tools", "observation", "thing"),
    [
        ("crm: {}", "tool: crm, name: whatever", "crm"),
        ("mail: {product: mailchimp}", "product: mailchimp", "mailchimp"),
        ("mail: {product: mailchimp}", "name: MailChimp", "mailchimp"),
        ("mail: {name: Mailchimp}", "product: mailchimp", "mailchimp"),
        ("heat: {product: hotjar}", "domain: static.hotjar.com", "static.hotjar.com"),
        ("shop: {domains: [northwind.example]}", "domain: px.northwind.example",
         "px.northwind.example"),
        ("tills: {name: Our Tills}", "name: our tills", "our-tills"),
        ("our-tills: {}", "name: Our Tills", "our-tills"),
        ("a: {}", "name: Scroll depth, product: none", "scroll-depth"),
    ],
)  # fmt: skip
def test_it_is_in_the_inventory(tools: str, observation: str, thing: str) -> None:
    assert fact(seen(observation, tools=tools), "observation.declared", thing) is True


@pytest.mark.parametrize(
    ("tools", "observation", "thing"),
    [
        ("crm: {product: hubspot-crm}", "product: mailchimp", "mailchimp"),
        ("shop: {domains: [northwind.example]}", "domain: notnorthwind.example",
         "notnorthwind.example"),
        ("crm: {}", "name: Lunch Roulette", "lunch-roulette"),
    ],
)  # fmt: skip
def test_it_is_not_in_the_inventory(tools: str, observation: str, thing: str) -> None:
    assert fact(seen(observation, tools=tools), "observation.declared", thing) is False


@pytest.mark.parametrize(
    ("tools", "declared"),
    [("ads: {product: linkedin-ads}", None), ("crm: {product: hubspot-crm}", False)],
)
def test_a_vendors_name_may_be_any_of_its_products(tools: str, declared: bool | None) -> None:
    assert fact(seen("name: LinkedIn", tools=tools), "observation.declared", "linkedin") is declared


def test_a_name_that_may_be_a_tool_is_a_question() -> None:
    text = seen("name: Mailchmp", tools="mail: {product: mailchimp}")
    assert fact(text, "observation.declared", "mailchmp") is None
    assert missing(text, "observation.declared", "mailchmp") == [
        "observations.gtm-tag-mailchmp.tool"
    ]
    assert fact(seen("name: Mailchmp"), "observation.declared", "mailchmp") is False


def test_of_a_product_that_is_there_twice_both_are_meant() -> None:
    text = seen("product: braze", tools="eu: {product: braze}, us: {product: braze}")
    assert ids(fact(text, "observation.tools", "braze")) == ("eu", "us")


def test_what_was_seen_often_is_one_subject_and_the_newest_leads() -> None:
    text = seen("name: A, seen: 2026-10-01", "name: A, seen: 2026-10-30", "name: A")
    one = subject(text, "observation", "a")
    assert fact(text, "observation.seen", "a") == dt.date(2026, 10, 30)
    assert (one.place().line, len(one.more_places())) == (7, 2)


def test_the_finding_stays_the_same_whoever_sees_it_and_when() -> None:
    rules = load_rules(select=["security/undeclared-tool"])

    def fingerprints(*observations: str) -> set[str]:
        here = run(world(seen(*observations)), rules)
        return {each.fingerprint for each in here.findings}

    first = fingerprints("name: Hotjar Tracking Code, product: hotjar, seen: 2026-10-01")
    again = "product: hotjar, seen: 2026-10-30, evidence: tag 9, where: [GTM-1]"
    assert fingerprints(again, "name: X, product: hotjar") == first
    assert len(first) == 1


@pytest.mark.parametrize(
    ("tool", "review", "day", "expected"),
    [
        ("lifecycle: retired, last_used: 2026-05-04", "", "2026-05-05", True),
        ("lifecycle: retired, last_used: 2026-05-04", "", "2026-05-04", False),
        ("lifecycle: retired, last_used: never", "", "2026-05-04", True),
        ("lifecycle: retired", "", "2026-05-04", None),
        ("lifecycle: rejected, last_used: 2026-01-01",
         "reviews: {old: {state: rejected, on: 2026-05-04}}", "2026-05-01", False),
        ("lifecycle: active", "", "2026-05-04", False),
    ],
)  # fmt: skip
def test_what_is_gone_and_still_seen(
    tool: str, review: str, day: str, expected: bool | None
) -> None:
    text = seen(f"tool: old, seen: {day}", tools=f"old: {{{tool}}}", more=review)
    assert fact(text, "observation.outlives", "old") is expected


def test_one_that_does_not_wait_is_enough() -> None:
    text = seen("name: A, consent: true", "name: A, consent: false", "name: A")
    assert fact(text, "observation.waits_for_consent", "a") is False
    some = seen("name: A, product: none, domain: a.example, consent: true", "domain: b.example")
    assert fact(some, "observation.waits_for_consent", "a.example") is True
    assert fact(some, "observation.waits_for_consent", "b.example") is None
    assert missing(some, "observation.waits_for_consent", "b.example") == [
        "observations.gtm-tag-b-example.consent"
    ]


def test_of_two_tags_of_one_tool_the_one_that_does_not_wait_is_named() -> None:
    text = seen(
        "name: Ads conversion, tool: ads, data: [visitor], consent: true, seen: 2026-10-30",
        "name: Ads remarketing, tool: ads, data: [visitor], consent: false, seen: 2026-10-30",
        "name: ads, tool: ads, data: [visitor], consent: false",
        tools="ads: {}",
    )
    assert fact(text, "observation.unasked", "ads") == (
        "a tag “Ads remarketing” seen by gtm on 2026-10-30",
        "a tag seen by gtm",
    )
    rules = load_rules(select=["security/tag-without-consent"])
    (found,) = run(world(text), rules).findings
    assert "conversion" not in found.message
    german = load_rules(select=["security/tag-without-consent"], wording=wording("de"))
    there = world(text)
    there.wording = wording("de")
    (found,) = run(there, german).findings
    assert "als Tag „Ads remarketing“ gesehen von gtm am 30.10.2026" in found.message


def test_what_it_sends_may_be_known_from_the_flows_of_the_tool() -> None:
    flows = "flows: [{from: t, to: heat, data: [visitor], method: tag}]"
    declared = seen("tool: heat", tools="t: {}, heat: {}", more=flows)
    assert ids(fact(declared, "observation.data", "heat")) == ("visitor",)
    stated = seen("tool: heat, data: []", tools="t: {}, heat: {}", more=flows)
    assert ids(fact(stated, "observation.data", "heat")) == ()
    unknown = seen("tool: heat", tools="heat: {}")
    assert ids(fact(unknown, "observation.data", "heat")) == Some(())


# Where a tool should be seen


def presences(text: str) -> set[tuple[str, ...]]:
    from stackaudit.rules.subjects import kinds

    return {each.ids for each in kinds()["presence"].members(world(text))}


def test_a_tool_is_expected_on_the_site_only_if_it_is_declared_there() -> None:
    flows = """
flows:
  - {from: tags, to: heat, data: [visitor], method: tag}
  - {from: shop, to: crm, data: [contact], method: api}
  - {from: tags, to: later, data: [visitor], method: tag, status: planned}
"""
    tools = (
        "tags: {collects: [visitor]}, heat: {}, shop: {collects: [contact]}, crm: {}, later: {}, "
        "idp: {access: {sso: optional}}, old: {lifecycle: retired, access: {sso: enforced}}"
    )
    text = seen("name: A", tools=tools, more=flows)
    assert presences(text) == {("heat", "site"), ("tags", "site")}
    assert presences(text + "  - {source: okta, kind: sign_in, name: B}\n") == {
        ("heat", "site"), ("tags", "site"), ("idp", "sign_in"),
    }  # fmt: skip


def test_where_nobody_looked_is_asked_once() -> None:
    text = (
        "stackaudit: 1\n"
        "tools: {a: {access: {sso: enforced}}, b: {access: {sso: enforced}}, c: {}}\n"
    )
    rules = load_rules(select=["security/unseen-tool"])
    (left,) = run(world(text), rules).open
    assert [each.missing for each in left.unknown] == ["stack.observations"]
    assert run(world("stackaudit: 1\ntools: {c: {}}\n"), rules).open == ()


def test_a_list_of_observations_that_is_known_to_be_short_proves_no_absence() -> None:
    text = (
        "stackaudit: 1\nincomplete: [observations]\ntools: {a: {access: {sso: enforced}}}\n"
        "observations: [{source: okta, kind: sign_in, name: B, seen: 2026-10-30}]\n"
    )
    results = run(world(text), load_rules(select=["security/unseen-tool"]))
    assert (len(results.findings), len(results.open)) == (0, 1)


@pytest.mark.parametrize(
    ("own", "last", "missed"),
    [
        ("2026-10-01", dt.date(2026, 10, 1), True),
        ("2026-10-30", dt.date(2026, 10, 30), False),
        (None, NEVER, True),
    ],
)
def test_it_is_missed_once_somebody_looked_again(
    own: str | None, last: dt.date, missed: bool
) -> None:
    text = (
        "stackaudit: 1\ntools: {a: {access: {sso: enforced}}}\nobservations:\n"
        "  - {source: okta, kind: sign_in, name: B, seen: 2026-10-30}\n"
    )
    if own:
        text += f"  - {{source: okta, kind: sign_in, tool: a, seen: {own}}}\n"
    assert fact(text, "presence.seen", "a", "sign_in") == last
    assert fact(text, "presence.missed", "a", "sign_in") is missed


def test_the_catalog_of_the_audit_says_which_product_a_tool_is() -> None:
    text = seen("domain: static.hotjar.com", tools="heat: {name: Hotjar}")
    result = audit(
        read_stack_text(text),
        rules=load_rules(select=["security/undeclared-tool"]),
        as_of=dt.date(2026, 11, 2),
    )
    assert result.findings == ()
