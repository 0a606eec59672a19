"""Which tools are one: by product, by name, and by what the inventory has already."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.audit import read_stack_text
from stackaudit.inventory.model.scalars import ID_PATTERN
from stackaudit.sources.names import id_of
from tests.sources.reading import found, written


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("HubSpot", "hubspot"),
        ("Müller & Söhne", "mueller-soehne"),
        ("A/B-Tests (neu)", "a-b-tests-neu"),
        ("Café", "cafe"),
        ("=1+1", "1-1"),
        ("None", "tool-none"),
    ],
)
def test_ids(name: str, id_: str) -> None:
    assert id_of(name) == id_


@given(st.text(max_size=300))
def test_every_name_gets_an_id_that_an_inventory_takes(name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    assert re.match(ID_PATTERN, id_of(name))
    assert id_of(name) == id_of(name)


def test_names_that_would_share_an_id_get_one_each(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Seats\nÄpp!,1\nAeppß?,2\n微信,3\n支付宝,4\nAepp,5\n")
    assert len(found(path).tools) == 5


def test_two_names_of_one_product_are_one_tool(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Seats\nMailchimp,3\nMail Chimp,\n")
    seen = found(path)
    assert list(seen.tools) == ["mailchimp"]
    assert "Mail Chimp and Mailchimp are one product" in str(seen.remarks[0])


def test_what_is_bought_twice_stays_two(tmp_path: Path) -> None:
    table = "Tool,Annual cost (EUR)\nMailchimp,300.00\nMailchimp Premium,900.00\n"
    seen = found(written(tmp_path, table))
    assert list(seen.tools) == ["mailchimp", "mailchimp-premium"]
    assert [each.seen.row for each in seen.doubts] == [3]


def test_one_vendor_and_one_price_twice_may_be_one_tool(tmp_path: Path) -> None:
    table = (
        "Tool,Vendor,Annual cost (EUR)\nOwn thing,Us,300.00\nThing (own),US,300.00\n"
        "Third,Us,301.00\nFourth,Others,300.00\nFifth,Us,0\nSixth,Us,0\n"
    )
    seen = found(written(tmp_path, table))
    assert len(seen.tools) == 6
    assert [each.seen.row for each in seen.doubts] == [3]
    assert "Thing (own) has the vendor and the price of Own thing" in str(seen.doubts[0])


def test_two_rows_that_differ_are_a_doubt(tmp_path: Path) -> None:
    seen = found(written(tmp_path, "Tool,Seats\nOwn thing,3\nown  thing,4\n"))
    assert seen.tools["own-thing"].facts == {"contract.seats": "3"}
    assert [each.seen.row for each in seen.doubts] == [3]


def test_a_guess_is_a_question_and_not_an_answer(tmp_path: Path) -> None:
    seen = found(written(tmp_path, "Tool,Seats\nMailchimq,3\n"))
    assert seen.tools["mailchimq"].product is None
    assert "may be Mailchimp" in str(seen.doubts[0])


def test_a_vendor_alone_is_a_question_about_its_products(tmp_path: Path) -> None:
    seen = found(written(tmp_path, "Tool,Seats\nLinkedIn,3\nGoogle,4\n"))
    assert [each.product for each in seen.tools.values()] == [None, None]
    few, many = map(str, seen.doubts)
    assert "LinkedIn may be LinkedIn Ads, LinkedIn Pages or LinkedIn Sales Navigator" in few
    assert "products by Google, such as Google Ads or Google Analytics" in many
    assert "`product: linkedin-ads`" in str(seen.doubts[0].hint)


@pytest.mark.parametrize(
    "entry",
    [
        "mailchimp: {}",
        "mc: {name: Mail Chimp}",
        "mc: {product: mailchimp}",
        "mc: {name: MAILCHIMP}",
    ],
)
def test_the_inventory_has_it_already(tmp_path: Path, entry: str) -> None:
    stack = read_stack_text(f"stackaudit: 1\ntools:\n  {entry}\n")
    seen = found(written(tmp_path, "Tool,Seats\nMailchimp,3\n"), stack)
    assert list(seen.tools) == list(stack.tools)
    assert all(tool.known for tool in seen.tools.values())


def test_software_of_ones_own_is_no_product(tmp_path: Path) -> None:
    seen = found(written(tmp_path, "Tool,Vendor\nMailchimp,Eigenentwicklung\n"))
    assert seen.tools["mailchimp"].facts == {"product": "none"}
    assert seen.tools["mailchimp"].vendor is None
