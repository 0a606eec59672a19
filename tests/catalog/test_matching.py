"""Matching by name: certain where it is certain, a question everywhere else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.catalog.catalog import Catalog, catalog
from stackaudit.catalog.similar import distance
from tests.catalog.making import little

REAL: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "real_names.yaml").read_text(encoding="utf-8")
)


@cache
def market() -> Catalog:
    """A little market with what makes matching hard."""
    return little(
        products="""
            adobe-analytics: {name: Adobe Analytics, vendor: Adobe, former: [omniture]}
            google-analytics:
              name: Google Analytics
              vendor: Google
              aliases: [ga, ga4]
              editions: ["360"]
              capabilities: [web-analytics]
            adobe-campaign: {name: Adobe Campaign, vendor: Adobe, aliases: [marketing cloud]}
            salesforce-marketing-cloud:
              {name: Salesforce Marketing Cloud, vendor: Salesforce, former: [exacttarget]}
            mailchimp:
              name: Mailchimp
              vendor: Intuit
              domains: [mailchimp.com]
              capabilities: [email]
            drift: {name: Drift, vendor: Salesloft, domains: [drift.com]}
            salesloft: {name: Salesloft, vendor: Salesloft, domains: [salesloft.com]}
            eloqua: {name: Oracle Eloqua, vendor: Oracle}
            shopify: {name: Shopify, vendor: Shopify, aliases: [shopify plus, shopify guide]}
            wordpress: {name: WordPress, vendor: Automattic}
            wordpress-com: {name: WordPress.com, vendor: Automattic, domains: [wordpress.com]}
            piwik-pro: {name: Piwik PRO, vendor: Piwik PRO}
            matomo: {name: Matomo, vendor: InnoCraft, former: [piwik]}
            hub-a: {name: Hub A, vendor: Hub, domains: [hub.example]}
            hub-b: {name: Hub B, vendor: Hub, domains: [hub.example]}
            """,
        imported="""
            motion: {name: Motion, domains: [usemotion.com], sources: {product: "https://x.example/"}}
            aircall: {name: Aircall, domains: [aircall.io], sources: {product: "https://x.example/"}}
            """,
    )


def certain(name: str, vendor: str | None = None, domain: str | None = None) -> str | None:
    """The id of the certain match, if there is one."""
    match = market().match(name, vendor, domain)
    product = market().certain(name, vendor, domain)
    assert match.certain == (product is not None)
    assert product is None or product == match.product
    return product.id if product else None


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Adobe Analytics", "adobe-analytics"),
        ("omniture", "adobe-analytics"),
        ("Adobe Omniture", "adobe-analytics"),
        ("GA", "google-analytics"),
        ("Google Analytics 360", "google-analytics"),
        ("Mailchimp Premium", "mailchimp"),
        ("Mailchimp Inc. - EU", "mailchimp"),
        ("Mailchimp newsletter", "mailchimp"),
        ("Newsletter (Mailchimp)", "mailchimp"),
        ("Intuit Mailchimp", "mailchimp"),
        ("mailchimp.com", "mailchimp"),
        ("https://login.mailchimp.com/?x=1", "mailchimp"),
        ("Drift (Salesloft)", "drift"),
        ("Salesloft", "salesloft"),
        ("ExactTarget (now Salesforce Marketing Cloud)", "salesforce-marketing-cloud"),
        ("Eloqua", "eloqua"),
        ("Mailchimp by Intuit", "mailchimp"),
        ("SF Marketing Cloud", "salesforce-marketing-cloud"),
        ("Marketing Cloud (Adobe)", "adobe-campaign"),
        ("WordPress", "wordpress"),
        ("WordPress Premium", "wordpress"),
        ("WordPress.com", "wordpress-com"),
        ("Piwik", "matomo"),
        ("PIWIK pro", "piwik-pro"),
        ("Aircall Pro", "aircall"),
        ("Mailchimp 2024", "mailchimp"),
        ("Mailchimp (12 users)", "mailchimp"),
    ],
)
def test_certain(name: str, product: str) -> None:
    assert certain(name) == product


@pytest.mark.parametrize(
    "name",
    [
        "Adobe",
        "Analytics",
        "Marketing Cloud",
        "Mailchimp clone",
        "Mailchimp (training)",
        "Mailchimp vs Drift",
        "Mailchimp / Salesloft",
        "Mailchmip",
        "Motion",
        "Google Analytics consulting",
        "Drifting",
        "newsletter",
        "Guide",
        "Plus",
        "Dynamics 365",
        "360",
        "",
        " ",
        "\x1b[31m",
        "百度",
        "m" * 5000,
    ],
)
def test_not_certain(name: str) -> None:
    assert certain(name) is None


def test_a_half_open_bracket_is_forgiven() -> None:
    assert certain("Mailchimp (legacy") == "mailchimp"


@pytest.mark.parametrize(
    ("name", "vendor", "product"),
    [
        ("Analytics", "Adobe Systems Software Ireland Ltd", "adobe-analytics"),
        ("Analytics", "Google LLC", "google-analytics"),
        ("Marketing Cloud", "salesforce.com", "salesforce-marketing-cloud"),
        ("Marketing Cloud", "Adobe Inc.", "adobe-campaign"),
        ("Mailchimp", "Mailchimp GmbH", "mailchimp"),
        ("Mailchimp", "Intuit", "mailchimp"),
        ("Motion", "Motion Inc.", "motion"),
        ("Analytics", "Oracle", None),
        ("Mailchimp", "Bosch", None),
        ("Motion", "Bosch", None),
        ("Aircall", "Bosch", None),
    ],
)
def test_the_vendor_settles_or_disputes(name: str, vendor: str, product: str | None) -> None:
    assert certain(name, vendor=vendor) == product


@pytest.mark.parametrize(
    ("name", "domain", "product"),
    [
        ("Newsletter tool", "mailchimp.com", "mailchimp"),
        ("Mailchimp", "app.mailchimp.com", "mailchimp"),
        ("Mailchimp", "drift.com", None),
        ("Mailchimp Academy", "mailchimp.com", None),
        ("CRM", "hub.example", None),
        ("Hub A", "hub.example", "hub-a"),
        ("Newsletter tool", "unknown.example", None),
    ],
)
def test_the_domain_settles_or_disputes(name: str, domain: str, product: str | None) -> None:
    assert certain(name, domain=domain) == product


def test_a_question_has_candidates_the_likeliest_first() -> None:
    match = market().match("Marketing Cloud")
    assert [each.product.id for each in match.candidates] == [
        "adobe-campaign",
        "salesforce-marketing-cloud",
    ]
    assert not match.certain
    assert market().match("Mailchmip").product == market().get("mailchimp")


@pytest.mark.parametrize("name", ["Hub", "HUB Inc.", "Hub Ireland Ltd", "hub (GmbH)"])
def test_a_vendor_of_several_products_is_a_question(name: str) -> None:
    """None of them is called so, and none is likelier than another."""
    match = market().match(name)
    assert [each.product.id for each in match.candidates] == ["hub-a", "hub-b"]
    assert match.by_vendor
    assert not match.certain
    assert len({each.score for each in match.candidates}) == 1
    assert market().certain(name) is None


@pytest.mark.parametrize(
    ("name", "vendor"),
    [
        ("Hub training", None),  # says more than the vendor
        ("Hub", "Bosch"),  # somebody else's
        ("Oracle", None),  # one product: a vendor is not what it sells
        ("Ireland Ltd", None),
        ("Klavio", None),
    ],
)
def test_no_question_about_all_that_a_vendor_sells(name: str, vendor: str | None) -> None:
    assert not market().match(name, vendor).by_vendor
    assert {"hub-a", "hub-b"}.isdisjoint(
        each.product.id for each in market().match(name, vendor).candidates
    )


def test_a_product_called_like_its_vendor_is_no_question_about_all() -> None:
    assert certain("Salesloft") == "salesloft"  # which sells Drift too
    assert not market().match("Salesloft").by_vendor


def test_a_real_vendor_is_asked_about_with_all_its_products() -> None:
    match = catalog().match("LinkedIn")
    ids = {each.product.id for each in match.candidates}
    assert {"linkedin-ads", "linkedin-sales-navigator"} <= ids
    assert not match.certain
    google = catalog().match("Google")
    assert len(google.candidates) == len(catalog().sold_by("Google LLC")) > 20
    assert {each.product.vendor for each in google.candidates} == {"Google"}


@pytest.mark.parametrize(
    ("vendor", "first", "before"),
    [
        ("Google", "google-ads", [("google-analytics", "bigquery"), ("bigquery", "google-play")]),
        ("Adobe", "adobe-commerce", [("adobe-target", "marketo-engage")]),
        ("Oracle", "eloqua", [("responsys", "oracle-database")]),
    ],
)
def test_what_a_vendor_sells_begins_with_what_most_people_have(
    vendor: str, first: str, before: list[tuple[str, str]]
) -> None:
    """Sold today before gone, looked over before not, called like the vendor, much connected."""
    ids = [each.product.id for each in catalog().match(vendor).candidates]
    assert ids[0] == first
    assert all(ids.index(one) < ids.index(other) for one, other in before)
    gone = [catalog().get(each).status.state != "active" for each in ids]  # type: ignore[union-attr]
    assert gone == sorted(gone)


def test_scores_say_how_near_it_is() -> None:
    exact, around, typo = (
        market().match(each).score for each in ("Mailchimp", "Mailchimp Pro", "Mailchmip")
    )
    assert 1 == exact > around > typo > 0
    assert market().match("Analytics consulting").score == 0


def test_kinds_of_software_and_single_trade_words_have_no_candidates() -> None:
    for name in ("newsletter", "CRM", "Analytics", "Campaigns"):
        assert market().match(name).candidates == ()


@given(st.text(max_size=60), st.none() | st.text(max_size=20), st.none() | st.text(max_size=20))
def test_any_text_can_be_asked(name: str, vendor: str | None, domain: str | None) -> None:
    match = market().match(name, vendor, domain)
    assert 0 <= match.score <= 1
    assert not match.certain or len(match.candidates) == 1


@given(st.sampled_from(["Mailchimp", "Drift", "Adobe Analytics", "Aircall"]), st.text(max_size=9))
def test_a_word_that_nobody_knows_makes_a_question(name: str, more: str) -> None:
    """Whatever stands beside the name, it never becomes another product."""
    found = certain(f"{name} qq{more}qq")
    assert found is None


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("klaviyo", "klaviyo", 0),
        ("klavio", "klaviyo", 1),
        ("hubsopt", "hubspot", 1),
        ("abc", "xyz", 3),
    ],
)
def test_distance(one: str, other: str, errors: int) -> None:
    assert distance(one, other, 5) == errors
    assert distance(other, one, 5) == errors
    assert distance(one, other, 0) == min(errors, 1)


def asked(entry: dict[str, Any]) -> Any:
    return catalog().match(entry["name"], entry.get("vendor"), entry.get("domain"))


def test_real_names_match_rightly_and_none_wrongly() -> None:
    """At least 57 of 60, the names written down before the matching was."""
    assert len(REAL["matches"]) >= 60
    assert len(REAL["nothing"]) >= 40
    matches = [(entry, asked(entry)) for entry in REAL["matches"]]
    wrong = [
        (entry, match.product)
        for entry, match in matches
        if match.certain and match.product and match.product.id != entry["product"]
    ]
    missed = [entry["name"] for entry, match in matches if not match.certain]
    assert wrong == []
    assert len(missed) * 60 <= 3 * len(matches), missed


@pytest.mark.parametrize("entry", REAL["questions"], ids=lambda each: str(each))
def test_real_names_that_are_questions(entry: dict[str, Any]) -> None:
    match = asked(entry)
    assert not match.certain
    assert set(entry["among"]) <= {each.product.id for each in match.candidates}


@pytest.mark.parametrize("entry", REAL["nothing"], ids=lambda each: str(each))
def test_names_that_match_nothing(entry: dict[str, Any]) -> None:
    assert not asked(entry).certain
