"""A user's own catalog: it adds, it overrides, and its mistakes have a place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.model import SignIn
from stackaudit.catalog.overlay import overlaid, overlaid_text
from stackaudit.errors import InventoryError, Place
from tests.catalog.making import little


@cache
def ours() -> Catalog:
    return little(
        products="""
            klaviyo:
              name: Klaviyo
              vendor: Klaviyo
              domains: [klaviyo.com]
              capabilities: [email]
              sign_in: {sso: optional, mfa: optional}
            salesforce-marketing-cloud: {name: Salesforce Marketing Cloud, vendor: Salesforce}
            """,
        imported='motion: {name: Motion, sources: {product: "https://x.example/"}}',
        integrations="""
            - {from: klaviyo, to: motion, data: [contact], method: native, by: klaviyo,
               source: "https://k.example/"}
            """,
    )


def own(text: str) -> Catalog:
    return overlaid_text(ours(), dedent(text).encode(), "own.yaml")


def test_it_adds_products() -> None:
    catalog = own("""
        products:
          loyalty-engine: {name: Loyalty Engine, vendor: Northwind, capabilities: [loyalty]}
        """)
    product = catalog.certain("loyalty engine")
    assert product is not None
    assert (product.id, product.capabilities, product.own) == (
        "loyalty-engine",
        ("loyalty",),
        True,
    )
    assert catalog.ids() == ("klaviyo", "loyalty-engine", "motion", "salesforce-marketing-cloud")
    assert ours().get("loyalty-engine") is None


def test_it_overrides_key_by_key() -> None:
    catalog = own("""
        products:
          klaviyo: {capabilities: [sms], sign_in: {sso: enforced}, domains: [k.example]}
        """)
    product = catalog.get("klaviyo")
    assert product is not None
    assert (product.name, product.capabilities) == ("Klaviyo", ("sms",))
    assert product.sign_in == SignIn(sso="enforced", mfa="optional")
    assert catalog.certain("Mail tool", domain="k.example") == product
    assert catalog.certain("Mail tool", domain="klaviyo.com") is None


def test_a_name_that_it_gives_is_that_product_alone() -> None:
    assert not ours().match("Marketing Cloud").certain
    assert not ours().match("Motion").certain
    catalog = own("""
        products:
          salesforce-marketing-cloud: {aliases: [marketing cloud]}
          motion-ads: {name: Motion, capabilities: [ads]}
        """)
    cloud, motion = catalog.certain("Marketing Cloud"), catalog.certain("Motion")
    assert cloud is not None
    assert motion is not None
    assert (cloud.id, motion.id) == ("salesforce-marketing-cloud", "motion-ads")


def test_it_adds_integrations_and_overrides_them() -> None:
    catalog = own("""
        products: {till: {name: Till}}
        integrations:
          - {from: till, to: klaviyo, data: [purchase]}
          - {from: klaviyo, to: motion, data: [event], method: native, source: "https://own.example/"}
        """)
    (way,) = catalog.integrations("till", "klaviyo")
    assert (way.data, way.method, way.by, way.source) == (("purchase",), "api", "till", "")
    (changed,) = catalog.integrations("klaviyo", "motion")
    assert (changed.data, changed.source) == (("event",), "https://own.example/")
    assert catalog.integrations(to="klaviyo") == [way]
    assert ours().integrations(to="klaviyo") == []


def test_the_digest_tells_them_apart() -> None:
    one, other = own("products: {till: {name: Till}}"), own("products: {till: {name: Tills}}")
    assert len({one.digest(), other.digest(), ours().digest()}) == 3


def test_an_empty_file_of_sections_changes_no_answer() -> None:
    catalog = own("{products: {}, integrations: [], x-note: mine}")
    assert list(catalog) == list(ours())


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("produkts: {}", 1, 1, "unknown-key"),
        ("- a", 1, 1, "not-a-catalog"),
        ("products: [a]", 1, 11, "bad-value"),
        ("products: {till: {vendor: X}}", 1, 12, "missing-key"),
        ("products:\n  Till: {name: Till}", 2, 3, "bad-id"),
        ("products:\n  till: {name: Till, nmae: x}", 2, 22, "unknown-key"),
        ("products:\n  till: {name: Till, capabilities: [mail]}", 2, 36, "bad-value"),
        ("products:\n  till: {name: Till, capabilities: email}", 2, 36, "bad-value"),
        ("products:\n  till: {name: Till, sign_in: {sso: yes}}", 2, 37, "bad-value"),
        ("products:\n  till: {name: Till, sign_in: [sso]}", 2, 31, "bad-value"),
        ("products:\n  till: {name: Till, sso_cost: {base: 3}}", 2, 22, "missing-key"),
        ("products:\n  till: {name: Till, status: {state: gone}}", 2, 38, "bad-value"),
        ("products:\n  till: {name: Till, sources: {product: x}}", 2, 41, "bad-value"),
        ("products:\n  till: {name: Till, aliases: [a, a]}", 2, 31, "bad-value"),
        ("products:\n  till: {name: Till, checked: maybe}", 2, 31, "bad-value"),
        ("products:\n  till: {name: [Till]}", 2, 16, "bad-value"),
        ("integrations: {}", 1, 15, "bad-value"),
        ("integrations:\n- {from: klaviyo, data: [contact]}", 2, 3, "missing-key"),
        ("integrations:\n- {from: klavio, to: motion, data: [contact]}", 2, 10, "unknown-product"),
        ("products: {a: {name: A}, a: {name: B}}", 1, 26, "duplicate-key"),
        ("products: *x", 1, 11, "alias"),
        ("", 1, 1, "empty"),
    ],
)
def test_a_mistake_has_a_place(text: str, line: int, column: int, code: str) -> None:
    with pytest.raises(InventoryError) as raised:
        own(text)
    problem = raised.value.problems[0]
    assert (problem.code, problem.place) == (code, Place("own.yaml", line, column))
    assert problem.hint


def test_all_mistakes_are_told_at_once_and_no_value_is_repeated() -> None:
    with pytest.raises(InventoryError) as raised:
        own("products: {a: {name: A, checked: s3cret, domains: [s3cret!]}, b: {vendor: s3cret}}")
    assert len(raised.value.problems) == 3
    assert "s3cret" not in str(raised.value)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(InventoryError) as raised:
        own("integrations:\n- {from: klavio, to: motion, data: [contact]}")
    assert raised.value.problems[0].hint == "did you mean `klaviyo`?"


def test_it_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("products: {till: {name: Till}}", encoding="utf-8")
    assert overlaid(ours(), tmp_path / "own.yaml").get("till") is not None
    with pytest.raises(InventoryError, match="there is no file"):
        overlaid(ours(), tmp_path / "none.yaml")
