"""The catalog's answers as plain values."""

from __future__ import annotations

import json
from functools import cache

import pytest

from stackaudit.catalog.catalog import Catalog, catalog
from stackaudit.catalog.views import candidates, found, matched, shown
from stackaudit.cli.main import run
from tests.catalog.making import little


@cache
def market() -> Catalog:
    return little(
        products="""
            klaviyo:
              name: Klaviyo
              vendor: Klaviyo
              domains: [klaviyo.com]
              capabilities: [email, sms]
              sign_in: {sso: optional, scim: false}
              status: {state: active}
              sources: {product: "https://www.klaviyo.com/"}
              checked: true
            kit: {name: Kit, vendor: Kit, former: [convertkit], capabilities: [email]}
            """,
        imported="""
            klaus: {name: Klaus, sources: {product: "https://x.example/"}}
            email-kit: {name: Email Kit, sources: {product: "https://x.example/"}}
            """,
        connectors="""
            airbyte: {klaviyo: [{as: source, id: klaviyo, page: "https://a.example/"}]}
            """,
        integrations="""
            - {from: kit, to: klaviyo, data: [contact], method: native, by: kit,
               source: "https://k.example/"}
            """,
    )


def test_match_answers_in_the_order_asked() -> None:
    rows = matched(market(), ["Klaviyo Pro", "nothing like it", "Klavio"])
    assert rows == [
        {
            "name": "Klaviyo Pro",
            "product": "klaviyo",
            "product_name": "Klaviyo",
            "vendor": "Klaviyo",
            "score": 0.95,
            "certain": True,
            "others": [],
        },
        {
            "name": "nothing like it",
            "product": None,
            "product_name": None,
            "vendor": None,
            "score": 0.0,
            "certain": False,
            "others": [],
        },
        {
            "name": "Klavio",
            "product": "klaviyo",
            "product_name": "Klaviyo",
            "vendor": "Klaviyo",
            "score": 0.71,
            "certain": False,
            "others": [],
        },
    ]


def test_candidates_are_all_that_may_be_meant() -> None:
    rows = candidates(market().match("Klaviyo / Kit"))
    assert [row["product"] for row in rows] == ["klaviyo"]
    assert candidates(market().match("nothing like it")) == []


def test_search_finds_words_anywhere_and_capabilities_by_their_names() -> None:
    def ids(text: str) -> list[str]:
        return [row["product"] for row in found(market(), text)]

    assert ids("kla") == ["klaviyo", "klaus"]
    assert ids("convertkit") == ["kit"]
    assert ids("newsletter") == ["kit", "klaviyo"]
    assert ids("kit") == ["kit", "email-kit"]
    assert ids("klaviyo.com") == ["klaviyo"]
    assert ids("") == []
    assert ids("xyzzy") == []


def test_show_tells_all_that_is_known_and_nothing_that_is_not() -> None:
    facts = shown(market(), "klaviyo")
    assert facts == {
        "product": "klaviyo",
        "name": "Klaviyo",
        "vendor": "Klaviyo",
        "domains": ["klaviyo.com"],
        "capabilities": ["email", "sms"],
        "sign_in": {"sso": "optional", "scim": False},
        "status": {"state": "active"},
        "sources": {"product": "https://www.klaviyo.com/"},
        "checked": True,
        "own": False,
        "integrations": [
            {
                "from": "kit",
                "to": "klaviyo",
                "data": ["contact"],
                "method": "native",
                "by": "kit",
                "source": "https://k.example/",
            }
        ],
        "connectors": [
            {"hub": "airbyte", "as": "source", "id": "klaviyo", "page": "https://a.example/"}
        ],
    }
    assert shown(market(), "nobody") is None


def test_everything_is_json() -> None:
    rows = [matched(market(), ["Kit"]), found(market(), "kit"), shown(market(), "kit")]
    assert json.loads(json.dumps([*rows, market().stats()])) == [*rows, market().stats()]


def test_stats_count() -> None:
    stats = market().stats()
    assert stats["products"] == 4
    assert stats["checked"] == 1
    assert stats["with_capabilities"] == 2
    assert stats["integrations"] == 1
    assert stats["connectors"] == {"airbyte": 1}
    assert stats["digest"] == market().digest()


def test_a_question_names_what_else_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalog", "match", "LinkedIn", "Google", "Klavio", "--format", "json"]) == 0
    linkedin, google, klavio = json.loads(capsys.readouterr().out)
    assert linkedin["product"] == "linkedin-ads"
    assert "linkedin-sales-navigator" in linkedin["others"]
    assert len(google["others"]) > 20
    assert klavio["others"] == []
    assert not any(row["certain"] for row in (linkedin, google, klavio))
    assert run(["catalog", "match", "LinkedIn", "Google", "Klavio"]) == 0
    printed = capsys.readouterr().out
    assert "or linkedin-pages, linkedin-sales-navigator?" in printed
    assert f"or google-analytics, or one of {len(google['others']) - 1} others?" in printed
    assert "is it?" in printed
    assert run(["catalog", "show", "google"]) == 2
    assert "did you mean" not in capsys.readouterr().err


def test_a_product_whose_vendor_nobody_knows_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert any(each.vendor is None for each in catalog())
    for word in ("email", "a"):
        assert run(["catalog", "search", word]) == 0
        assert " products\n" in capsys.readouterr().out


@pytest.mark.parametrize("width", ["60", "80"])
def test_the_pages_that_say_so_can_be_opened(
    width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run(["catalog", "show", "klaviyo"]) == 0
    printed = capsys.readouterr().out
    facts = shown(catalog(), "klaviyo")
    assert facts is not None
    assert all(way["source"] in printed for way in facts["integrations"])
