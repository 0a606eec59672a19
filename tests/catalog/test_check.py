"""The check of the data finds what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from stackaudit.catalog.check import check
from stackaudit.catalog.index import DATA

SOUND = """
    klaviyo:
      name: Klaviyo
      vendor: Klaviyo
      domains: [klaviyo.com]
      capabilities: [email]
      holds: [contact]
      sources: {product: "https://www.klaviyo.com/"}
      checked: true
    shopify:
      name: Shopify
      sources: {product: "https://www.shopify.com/"}
    """
WAY = """
    - {from: shopify, to: klaviyo, data: [contact], method: native, by: klaviyo,
       source: "https://help.klaviyo.com/"}
    """


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data with which nothing is wrong."""
    for part in ("products", "imported", "connectors", "integrations"):
        (tmp_path / part).mkdir()
    for name in ("datasets.yaml", "words.yaml"):
        (tmp_path / name).write_text((DATA / name).read_text(encoding="utf-8"), encoding="utf-8")
    write(tmp_path, "products/a.yaml", SOUND)
    write(tmp_path, "integrations/a.yaml", WAY)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(dedent(text), encoding="utf-8")


def problem(folder: Path) -> str:
    """The one problem that the check finds."""
    found = check(folder)
    assert len(found) == 1, found
    return found[0]


def test_sound_data_passes(folder: Path) -> None:
    assert check(folder) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("name: Shopify", "nmae: Shopify", "unknown key `nmae`"),
        ("name: Shopify", "vendor: Shopify", "has no name"),
        ("[email]", "[e-mail]", "a capability of the taxonomy is meant here"),
        ("[contact]\n", "[contacts]\n", "contacts is not in datasets.yaml"),
        ("[klaviyo.com]", "[https://klaviyo.com]", "a domain is meant here"),
        ('"https://www.shopify.com/"', "shopify", "the address of a page is meant here"),
        ('sources: {product: "https://www.shopify.com/"}', "aliases: []", "names no page"),
        ("name: Shopify", "name: Shopify\n  sign_in: {sso: optional}", "no page for `sign_in`"),
        ("name: Shopify", "name: Shopify\n  sign_in: {sso: yes}", "none or optional is meant"),
        ("name: Shopify", "name: Shopify\n  certifications: [soc2]", "for `certifications`"),
        ("name: Shopify", "name: Shopify\n  sso_cost: {base: 1 USD}", "`with_sso` is missing"),
        ("name: Shopify", "name: Shopify\n  aliases: [Shop]", "in lower case"),
        ("name: Shopify", "name: Shopify\n  status: {state: discontinued}", "since which year"),
        ("name: Shopify", "name: Shopify\n  checked: true", "is marked as checked and lacks"),
        ("name: Shopify", "name: Shopify\n  aliases: [klaviyo]", "'klaviyo' means klaviyo and"),
        ("shopify:", "Shopify:", "is not an id"),
        ("klaviyo:\n", "zoo:\n", "sorted by id"),
        ("name: Shopify", "name: Shopify\n  name: Shop", "is already there"),
    ],
)
def test_a_wrong_product_is_found(folder: Path, before: str, after: str, says: str) -> None:
    text = dedent(SOUND)
    assert before in text
    write(folder, "products/a.yaml", text.replace(before, after, 1))
    if before in ("shopify:", "klaviyo:\n"):
        write(folder, "integrations/a.yaml", "")
    assert any(says in each for each in check(folder)), check(folder)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (',\n   source: "https://help.klaviyo.com/"', "", "the key `source` is missing"),
        ("https://help.klaviyo.com/", "help.klaviyo.com", "the address of a page"),
        ("[contact]", "[]", "carries nothing"),
        ("[contact]", "[contacts]", "contacts is not in datasets.yaml"),
        ("native", "magic", "is meant here"),
        ("from: shopify", "from: klaviyo", "leads to itself"),
        ("from: shopify", "from: shopware", "shopware is not there"),
    ],
)
def test_a_wrong_integration_is_found(folder: Path, before: str, after: str, says: str) -> None:
    text = dedent(WAY)
    assert before in text
    write(folder, "integrations/a.yaml", text.replace(before, after))
    assert says in problem(folder)


def test_integrations_are_sorted_and_stated_once(folder: Path) -> None:
    again = (
        dedent(WAY).replace("shopify", "_").replace("klaviyo,", "shopify,").replace("_", "klaviyo")
    )
    write(folder, "integrations/a.yaml", dedent(WAY) + again)
    assert "the list is sorted" in problem(folder)
    write(folder, "integrations/a.yaml", WAY)
    write(folder, "integrations/b.yaml", WAY)
    assert problem(folder) == "integration shopify → klaviyo by native is stated 2 times"


def test_a_product_in_two_files_is_found(folder: Path) -> None:
    write(folder, "products/b.yaml", SOUND)
    assert set(check(folder)) == {
        "products: klaviyo is declared 2 times",
        "products: shopify is declared 2 times",
    }


def test_references_to_nothing_are_found(folder: Path) -> None:
    connector = '{as: source, id: x, page: "https://x.example/"}'
    write(folder, "connectors/hub.yaml", f"nobody: [{connector}]")
    assert problem(folder) == "connectors/hub: nobody is not there"
    write(folder, "connectors/hub.yaml", f"klaviyo: [{connector.replace('source', 'sink')}]")
    assert problem(folder) == "connectors/hub: klaviyo: a connector has as, id and page"
    write(folder, "connectors/hub.yaml", f"klaviyo: [{connector}]")
    merged = """
          status: {state: merged, into: nobody, year: 2022}
          sources: {product: "https://www.shopify.com/", status: "https://www.shopify.com/"}
        """
    text = dedent(SOUND).replace('  sources: {product: "https://www.shopify.com/"}\n', "")
    write(folder, "products/a.yaml", text + dedent(merged).replace("\n", "\n  ").rstrip() + "\n")
    assert problem(folder) == "shopify: was merged into nobody, which is not there"


def test_what_is_not_yaml_is_found(folder: Path) -> None:
    write(folder, "products/a.yaml", "klaviyo: {name: [")
    assert any("yaml-syntax" in each for each in check(folder))
