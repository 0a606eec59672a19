"""The import of public lists: small samples in their shapes, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit.catalog.importing import (
    __main__ as command,
)
from stackaudit.catalog.importing import (
    activepieces,
    airbyte,
    fivetran,
    meltano,
    segment,
    sso_tax,
    vettheapp,
)
from stackaudit.catalog.importing.domains import host_of, main_label, registered
from stackaudit.catalog.importing.entries import HUBS, connectors, products
from stackaudit.catalog.importing.grouping import doubts, grouped
from stackaudit.catalog.importing.names import Decisions, decisions, slug, squashed
from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.sources import sources

NONE = Decisions(
    {}, frozenset(), frozenset(), frozenset({"shared.example"}), {}, {}, {"Azure": "Microsoft"}
)


def seen(name: str, origin: str = "airbyte", **more: Any) -> Sighting:
    """A sighting of which only the given matters."""
    return Sighting(
        **{"origin": origin, "key": slug(name), "name": name, "page": "https://p.example/", **more}
    )


def entry_of(sightings: Sequence[Sighting], decided: Decisions = NONE) -> dict[str, Any]:
    """The entries that follow from some sightings."""
    return products(grouped(sightings, decided), decided)


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """One small file of each source, in the source's shape."""
    files: dict[str, Any] = {
        "segment/destinations_compact.json": [
            {
                "display_name": "Klaviyo (Actions)",
                "slug": "actions-klaviyo",
                "website": "https://www.klaviyo.com/?ref=x",
                "categories": ["Email Marketing"],
            },
            {
                "display_name": "Olark",
                "slug": "olark",
                "website": "https://www.olark.com",
                "categories": ["Livechat"],
            },
        ],
        "segment/sources_compact.json": [
            {"display_name": ".NET", "slug": "net", "source_type": "server", "categories": None},
            {
                "display_name": "Klaviyo",
                "slug": "klaviyo",
                "source_type": "cloud-app",
                "categories": ["Email Marketing"],
            },
        ],
        "segment/warehouse.yml": {
            "items": [{"display_name": "Snowflake", "slug": "snowflake", "categories": None}]
        },
        "airbyte.json": [
            {
                "kind": "source",
                "name": "Klaviyo",
                "dockerRepository": "airbyte/source-klaviyo",
                "allowed_hosts": ["a.klaviyo.com"],
                "documentationUrl": "https://docs.airbyte.com/integrations/sources/klaviyo",
            }
        ],
        "fivetran/source_service_ids.json": ["klaviyo", "qqq_unheard_of"],
        "fivetran/destination_service_ids.json": ["snowflake"],
        "meltano.json": [
            {
                "kind": "extractors",
                "plugin": "tap-klaviyo",
                "label": "Klaviyo",
                "domain_url": "https://apidocs.klaviyo.com/reference",
            },
            {
                "kind": "loaders",
                "plugin": "target-csv",
                "label": "Comma Separated Values (CSV)",
                "domain_url": None,
            },
        ],
        "activepieces.json": [
            {
                "piece": "klaviyo",
                "displayName": "Klaviyo",
                "hosts_in_source": ["api.klaviyo.com", "example.com"],
                "categories": ["MARKETING"],
            }
        ],
        "sso/calendly.yaml": {
            "name": "Calendly",
            "vendor_url": "https://calendly.com",
            "base_pricing": "$12 per u/m",
            "sso_pricing": "$25 per u/m",
            "updated_at": "2022-03-03",
        },
        "sso/odd.yaml": {
            "name": "Odd",
            "vendor_url": "https://odd.example",
            "base_pricing": "$1 per u/m",
            "sso_pricing": "$5 per month",
            "updated_at": "2022-03-03",
        },
        "vet/klaviyo.yaml": {
            "name": "Klaviyo",
            "website": "https://www.klaviyo.com",
            "sso": {"supported": True, "tier": "enterprise"},
            "mfa": {"supported": True, "enforcement": "required"},
            "compliance": {"soc2": True, "iso27001": False},
            "meta": {"ready_to_publish": True},
        },
    }
    for name, content in files.items():
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "in"


def test_segment(samples: Path) -> None:
    found = list(segment.read(samples / "segment"))
    assert [(each.key, each.role) for each in found] == [
        ("actions-klaviyo", "destination"),
        ("olark", "destination"),
        ("snowflake", "destination"),
        ("klaviyo", "source"),
    ]
    assert found[0].page.endswith("/destinations/catalog/actions-klaviyo")


def test_the_hubs_of_pipelines(samples: Path) -> None:
    (one,) = airbyte.read(samples / "airbyte.json")
    assert (one.key, one.role, one.hosts) == ("klaviyo", "source", ("a.klaviyo.com",))
    assert [(each.key, each.role, each.name) for each in fivetran.read(samples / "fivetran")] == [
        ("klaviyo", "source", ""),
        ("qqq_unheard_of", "source", ""),
        ("snowflake", "destination", ""),
    ]
    tap, target = meltano.read(samples / "meltano.json")
    assert (tap.role, tap.page) == ("source", "https://hub.meltano.com/extractors/tap-klaviyo")
    assert target.role == "destination"


def test_a_piece_is_an_app_because_nothing_says_which_way_it_goes(samples: Path) -> None:
    (piece,) = activepieces.read(samples / "activepieces.json")
    assert piece.role == "app"
    assert sources()["activepieces"].commit in piece.page


def test_prices_that_cannot_be_compared_are_left_out(samples: Path) -> None:
    (one,) = sso_tax.read(samples / "sso")
    assert one.facts["sso_cost"] == {
        "base": "12 USD",
        "with_sso": "25 USD",
        "year": 2022,
        "unit": "user/month",
    }


@pytest.mark.parametrize(
    ("base", "sso", "read"),
    [
        ("$10 per u/m", "Call Us!", ("10 USD", "on request", "user/month")),
        ("€10 per u/m", "€30 per u/m", ("10 EUR", "30 EUR", "user/month")),
        ("4.99€ / device", "8.99€ / device", ("4.99 EUR", "8.99 EUR", "device")),
        ("$1,995 per year", "$9,995 per year", ("1995 USD", "9995 USD", "year")),
        ("$29", "$132", ("29 USD", "132 USD", None)),
        ("???", "$1500 per month", None),
        ("$10 per moon", "$20 per moon", None),
        ("$0.60 - $7.20 per host-month", "$1", None),
        ("10", "20", None),
    ],
)
def test_prices(
    tmp_path: Path, base: str, sso: str, read: tuple[str, str, str | None] | None
) -> None:
    entry = {"name": "X", "vendor_url": "https://x.example", "updated_at": "2024-01-01"}
    text = yaml.safe_dump({**entry, "base_pricing": base, "sso_pricing": sso})
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    found = [each.facts["sso_cost"] for each in sso_tax.read(tmp_path)]
    assert [(c["base"], c["with_sso"], c.get("unit")) for c in found] == ([read] if read else [])


def test_sign_in_and_certifications(samples: Path) -> None:
    (one,) = vettheapp.read(samples / "vet")
    assert one.facts["sign_in"] == {"sso": "optional", "sso_from": "enterprise", "mfa": "enforced"}
    assert one.facts["certifications"] == ["soc2"]
    assert one.facts["sources"].keys() == {"sign_in", "certifications"}


@pytest.mark.parametrize(
    ("address", "host", "domain"),
    [
        ("https://help.klaviyo.com/a?b=c", "help.klaviyo.com", "klaviyo.com"),
        ("*.api-us1.com", "api-us1.com", "api-us1.com"),
        ("http://www.reviews.co.uk", "reviews.co.uk", "reviews.co.uk"),
        ("https://shop.bling.com.br/x", "shop.bling.com.br", "bling.com.br"),
        ("mailto:x", None, None),
        ("localhost", None, None),
        ("${subdomain}.zendesk.com", None, None),
    ],
)
def test_domains(address: str, host: str | None, domain: str | None) -> None:
    assert host_of(address) == host
    assert (registered(host) if host else None) == domain


def test_labels_and_ids() -> None:
    assert main_label("hub-spot.com") == "hubspot"
    assert slug("Raiser's Edge NXT") == "raisers-edge-nxt"
    assert slug("Customer.io") == "customer-io"
    assert squashed("Display & Video 360") == squashed("display and video-360")


def test_one_name_is_one_product_whatever_the_hub() -> None:
    found = entry_of(
        [seen("MailChimp", "segment"), seen("Mailchimp"), seen("Mailchimp", "meltano")]
    )
    assert list(found) == ["mailchimp"]
    assert found["mailchimp"]["name"] == "Mailchimp"


def test_decided_names_are_one_product_and_skipped_ones_none() -> None:
    decided = decisions()
    found = entry_of(
        [
            seen("Facebook Marketing"),
            seen("Facebook Pixel (Actions)", "segment"),
            seen("Google Analytics 4 (GA4)"),
            seen("SFTP"),
            seen("Runway", "sso_tax"),
        ],
        decided,
    )
    assert list(found) == ["google-analytics", "meta-ads"]


def test_an_id_without_a_name_is_only_what_others_name() -> None:
    ids = [seen("", "fivetran", key="klaviyo"), seen("", "fivetran", key="unheard_of")]
    assert entry_of(ids) == {}
    assert list(entry_of([*ids, seen("Klaviyo")])) == ["klaviyo"]


def test_a_domain_is_the_site_or_the_host_that_is_named_like_it() -> None:
    def domains(**more: Any) -> list[str]:
        entry = entry_of([seen("Klaviyo", **more)])["klaviyo"]
        found: list[str] = entry.get("domains", [])
        return found

    assert domains(website="https://www.klaviyo.com/") == ["klaviyo.com"]
    assert domains(website="https://docs.shared.example/klaviyo") == []
    assert domains(hosts=("a.klaviyo.com", "cdn.example.com")) == ["klaviyo.com"]
    assert domains(hosts=("klaviyo.com", "klaviyo.io")) == []
    assert domains(website="https://k.io", hosts=("klaviyo.com",)) == ["k.io"]


def test_a_vendor_is_known_only_where_the_name_says_it() -> None:
    found = entry_of([seen("Azure Functions"), seen("Azureus")])
    assert [entry.get("vendor") for entry in found.values()] == ["Microsoft", None]


def test_two_products_of_one_domain_are_a_doubt() -> None:
    one, other = (
        seen("A One", website="https://a.example"),
        seen("Two", website="https://a.example"),
    )
    assert list(doubts(grouped([one, other], NONE))) == ["a.example: A One | Two"]


def test_categories_count_only_where_they_are_few_and_sure() -> None:
    def capabilities(name: str, *categories: str) -> list[str]:
        found = entry_of([seen(name, "segment", categories=categories)])
        return next(iter(found.values())).get("capabilities", [])  # type: ignore[no-any-return]

    assert capabilities("Olark", "Livechat") == ["live-chat"]
    assert capabilities("Olark", "Livechat", "CRM", "Surveys") == []
    assert capabilities("Trackier", "A/B Testing") == []
    assert capabilities("Capsule CRM") == ["crm"]
    assert capabilities("CRM") == []


def test_connectors_are_listed_by_product_and_sorted() -> None:
    groups = grouped([seen("B", role="source"), seen("A", role="source", key="z")], NONE)
    page = "https://p.example/"
    assert connectors(groups, "airbyte") == {
        "a": [{"as": "source", "id": "z", "page": page}],
        "b": [{"as": "source", "id": "b", "page": page}],
    }
    assert connectors(groups, "segment") == {}


def run(samples: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that the command writes."""
    options = {
        "segment": "segment",
        "airbyte": "airbyte.json",
        "fivetran": "fivetran",
        "meltano": "meltano.json",
        "activepieces": "activepieces.json",
        "sso-tax": "sso",
        "vettheapp": "vet",
    }
    given = [each for name, file in options.items() for each in (f"--{name}", str(samples / file))]
    page = out / "ATTRIBUTION.md"
    arguments = ["x", *given, "--out", str(out), "--attribution", str(page)]
    monkeypatch.setattr("sys.argv", arguments)
    command.main()
    return {str(f.relative_to(out)): f.read_bytes() for f in out.rglob("*") if f.is_file()}


def test_the_command_writes_the_same_files_again(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(samples, tmp_path / "one", monkeypatch)
    stale = tmp_path / "two" / "imported" / "z.yaml"
    stale.parent.mkdir(parents=True)
    stale.write_text("zzz: {}", encoding="utf-8")
    assert run(samples, tmp_path / "two", monkeypatch) == first
    written = yaml.safe_load(first["imported/k.yaml"])
    assert written["klaviyo"]["domains"] == ["klaviyo.com"]
    assert set(first) == {
        "ATTRIBUTION.md",
        *(f"connectors/{hub}.yaml" for hub in HUBS),
        *(f"imported/{letter}.yaml" for letter in "ckos"),
    }
