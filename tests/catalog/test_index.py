"""The index: the same as the data, quick to open, and never old."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.catalog import building, index
from stackaudit.catalog.building import built, write_index
from stackaudit.catalog.connections import HubConnector, Integration
from stackaudit.catalog.index import decoded, stored_index
from stackaudit.catalog.model import SignIn, SsoCost, Status
from tests.catalog.making import data, little

PRODUCTS = """
    klaviyo:
      name: Klaviyo
      vendor: Klaviyo
      domains: [klaviyo.com]
      capabilities: [email, sms]
      holds: [contact]
      sign_in: {sso: optional, mfa: optional, scim: true}
      sso_cost: {base: 10 USD, with_sso: on request, year: 2024}
      certifications: [soc2]
      detection: {scripts: [static.klaviyo.com]}
      sources: {product: "https://www.klaviyo.com/"}
      checked: true
    autopilot:
      name: Autopilot
      status: {state: merged, into: ortto, year: 2022}
    """
IMPORTED = """
    klaviyo: {name: Klaviyo, domains: [other.example], sources: {product: "https://hub.example/k"}}
    facebook-ads: {name: Facebook Ads, sources: {product: "https://hub.example/f"}}
    ortto: {name: Ortto, sources: {product: "https://hub.example/o"}}
    """


def test_a_product_comes_out_as_it_went_in() -> None:
    product = little(PRODUCTS).get("klaviyo")
    assert product is not None
    assert product.name == product.vendor == "Klaviyo"
    assert product.capabilities == ("email", "sms")
    assert product.sign_in == SignIn(sso="optional", mfa="optional", scim=True)
    assert product.sso_cost == SsoCost(with_sso="on request", base="10 USD", year=2024)
    assert product.detection == {"scripts": ("static.klaviyo.com",)}
    assert product.sources == {"product": "https://www.klaviyo.com/"}
    assert product.checked
    assert not product.thin


def test_what_is_not_said_is_not_known() -> None:
    product = little(imported=IMPORTED).get("ortto")
    assert product is not None
    assert (product.vendor, product.sign_in, product.capabilities) == (None, None, ())
    assert product.status == Status("active")
    assert product.thin


def test_a_curated_product_overrides_the_thin_one_of_its_id() -> None:
    catalog = little(PRODUCTS, IMPORTED)
    product = catalog.get("klaviyo")
    assert product is not None
    assert product.domains == ("klaviyo.com",)
    assert not product.thin
    assert len(catalog) == len({"klaviyo", "autopilot", "facebook-ads", "ortto"})


def test_a_curated_product_takes_in_the_thin_one_that_its_names_mean() -> None:
    catalog = little(
        products="meta-ads: {name: Meta Ads, vendor: Meta, former: [facebook ads]}",
        imported="""
            facebook-ads:
              name: Facebook Ads
              domains: [ads.example]
              certifications: [soc2]
              sources: {product: "https://hub.example/f", certifications: "https://hub.example/c"}
            """,
        connectors='{airbyte: {facebook-ads: [{as: source, id: fb, page: "https://a.example/"}]}}',
        integrations="""
            - {from: facebook-ads, to: facebook-ads, data: [lead], method: api, by: facebook-ads,
               source: "https://s.example/"}
            """,
    )
    assert catalog.ids() == ("meta-ads",)
    product = catalog.get("facebook-ads")
    assert product is not None
    assert product.id == "meta-ads"
    assert product.domains == ("ads.example",)
    assert product.certifications == ("soc2",)
    assert product.sources["certifications"] == "https://hub.example/c"
    assert [each.product for each in catalog.hubs("facebook-ads")] == ["meta-ads"]
    assert [each.by for each in catalog.integrations("facebook-ads")] == ["meta-ads"]


def test_a_name_that_two_curated_products_share_takes_in_nothing() -> None:
    catalog = little(
        products="{one: {name: One X, aliases: [same]}, two: {name: Two X, aliases: [same]}}",
        imported='same: {name: Same, sources: {product: "https://hub.example/"}}',
    )
    assert catalog.ids() == ("one", "same", "two")
    assert not catalog.match("same").certain


def test_connectors_and_integrations() -> None:
    catalog = little(
        PRODUCTS,
        IMPORTED,
        connectors="""
            airbyte: {klaviyo: [{as: source, id: klaviyo, page: "https://a.example/k"}]}
            segment: {klaviyo: [{as: destination, id: k, page: "https://s.example/k"}]}
            """,
        integrations="""
            - {from: ortto, to: klaviyo, data: [contact], method: native, by: klaviyo,
               source: "https://k.example/"}
            - {from: klaviyo, to: ortto, data: [event], method: api, by: Somebody,
               source: "https://o.example/"}
            """,
    )
    assert catalog.hubs("klaviyo") == [
        HubConnector("klaviyo", "airbyte", "source", "klaviyo", "https://a.example/k"),
        HubConnector("klaviyo", "segment", "destination", "k", "https://s.example/k"),
    ]
    into = Integration("ortto", "klaviyo", ("contact",), "native", "klaviyo", "https://k.example/")
    assert catalog.integrations("ortto", "klaviyo") == [into]
    assert catalog.integrations(to="klaviyo") == [into]
    assert catalog.integrations("klaviyo", "autopilot") == []
    assert len(catalog.integrations()) == 2
    assert catalog.hubs("nothing") == []
    assert catalog.integrations("nothing") == []


def test_the_same_data_gives_the_same_bytes_and_digest() -> None:
    assert built(data(PRODUCTS, IMPORTED)) == built(data(PRODUCTS, IMPORTED))
    assert little(PRODUCTS).digest() != little(PRODUCTS, IMPORTED).digest()


@pytest.mark.parametrize("harm", [lambda b: b[:-5], lambda b: b'{"format":0}\n', lambda b: b"x"])
def test_a_broken_index_is_none(harm: object, tmp_path: Path, monkeypatch: object) -> None:
    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    assert callable(harm)
    file = tmp_path / "index.jsonl"
    monkeypatch.setattr(index, "FILE", file)
    monkeypatch.setattr(index, "DATA", tmp_path / "data")
    assert stored_index() is None
    file.write_bytes(harm(built(data(PRODUCTS))))
    assert stored_index() is None
    file.write_bytes(built(data(PRODUCTS)))
    assert stored_index() is not None


def test_an_index_older_than_the_data_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "products"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("", encoding="utf-8")
    file = tmp_path / "index.jsonl"
    file.write_bytes(built(data(PRODUCTS)))
    monkeypatch.setattr(index, "FILE", file)
    monkeypatch.setattr(index, "DATA", tmp_path / "data")
    for each in (tmp_path / "data", folder, folder / "a.yaml"):
        os.utime(each, (1000, 1000))
    os.utime(file, (2000, 2000))
    assert stored_index() is not None
    for touched in (folder / "a.yaml", folder):
        os.utime(touched, (3000, 3000))
        assert stored_index() is None
        os.utime(touched, (1000, 1000))


def test_the_index_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "read", lambda: data(PRODUCTS))
    file = tmp_path / "index.jsonl"
    write_index(file)
    assert decoded(file.read_bytes()).ids == ["autopilot", "klaviyo"]
    assert [each.name for each in tmp_path.iterdir()] == ["index.jsonl"]


def test_looking_a_product_up_imports_nothing_heavy(tmp_path: Path) -> None:
    """In a process of its own, with an index in place as in a release."""
    file = tmp_path / "index.jsonl"
    file.write_bytes(built(data(PRODUCTS)))
    program = f"""
import sys
from pathlib import Path
from stackaudit.catalog import index
index.FILE, index.DATA = Path({str(file)!r}), Path({str(tmp_path / "none")!r})
from stackaudit.catalog.catalog import catalog
assert catalog().get("klaviyo").name == "Klaviyo"
assert catalog().certain("Klaviyo Inc.").id == "klaviyo"
heavy = {{"yaml", "pydantic", "networkx", "httpx", "rich", "typer", "difflib"}}
print(*sorted(heavy & set(sys.modules)))
"""
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []
