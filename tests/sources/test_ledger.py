"""A ledger has a row for each payment; what it adds up to is the cost of a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.sources.observation import Doubt, Remark
from tests.sources.reading import EUR, doubts, found, seen, tools, with_rates, written

HEADER = "Posting date,Vendor,Description,Amount,Currency\n"
YEAR = "2025-11-03,HubSpot Ltd,Nov,4000.00,EUR\n2026-10-03,HubSpot Ltd,Oct,4100.00,EUR\n"


def test_payments_of_a_year_add_up(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + YEAR)
    assert tools(path)["HubSpot Ltd"].facts == {"contract.cost": "8100/year"}
    remarks = [each.message for each in seen(path) if isinstance(each, Remark)]
    assert remarks == [
        "a row is a payment; what was paid from 2025-11 to 2026-10 is the cost of a year"
    ]


def test_a_payee_that_is_no_known_product_is_a_doubt(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + YEAR + "2026-02-03,Papier Maier,Feb,99,EUR\n")
    (doubt,) = found(path).doubts
    assert (doubt.seen.row, doubt.message) == (
        4, "Papier Maier was paid, and no product is known by that name"
    )  # fmt: skip


def test_only_the_last_twelve_months_count(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "2024-01-01,HubSpot Ltd,old,9.00,EUR\n" + YEAR)
    assert tools(path)["HubSpot Ltd"].facts == {"contract.cost": "8100/year"}


def test_nothing_is_extrapolated(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEADER + "2026-01-03,Hotjar,Jan,99,EUR\n2026-02-03,Hotjar,Feb,99,EUR\n"
    )
    assert tools(path)["Hotjar"].facts == {"x-paid": "198 EUR from 2026-01 to 2026-02"}
    assert doubts(path) == [(2, "Amount")]


@pytest.mark.parametrize("credit", ["-100.00", "100.00-", "(100.00)"])
def test_a_credit_is_taken_off(tmp_path: Path, credit: str) -> None:
    path = written(tmp_path, HEADER + YEAR + f"2026-10-04,HubSpot Ltd,credit,{credit},EUR\n")
    assert tools(path)["HubSpot Ltd"].facts == {"contract.cost": "8000/year"}


def test_money_that_went_out_may_be_negative(tmp_path: Path) -> None:
    text = YEAR.replace("4000.00", "-4000.00").replace("4100.00", "-4100.00")
    path = written(tmp_path, HEADER + text)
    assert tools(path)["HubSpot Ltd"].facts == {"contract.cost": "8100/year"}


def test_what_adds_up_to_nothing_is_a_question(tmp_path: Path) -> None:
    back = "2026-09-01,Zoom,x,10.00,EUR\n2026-10-01,Zoom,back,-10.00,EUR\n"
    path = written(tmp_path, HEADER + YEAR + back)
    assert tools(path)["Zoom"].facts == {}
    assert doubts(path) == [(4, "Amount")]


def test_another_currency_needs_a_rate(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + YEAR + "2026-10-01,Zoom,x,10.00,USD\n")
    assert tools(path)["Zoom"].facts == {"x-paid": "10 USD from 2025-11 to 2026-10"}
    price = tools(path, with_rates(USD="0.9"))["Zoom"].facts["contract.cost"]
    assert price == {"amount": "10", "currency": "USD", "period": "year"}


def test_two_currencies_of_one_payee_are_a_doubt(tmp_path: Path) -> None:
    more = "2026-10-01,Zoom,x,10.00,USD\n2026-10-02,Zoom,y,5.00,EUR\n"
    path = written(tmp_path, HEADER + YEAR + more)
    assert tools(path)["Zoom"].facts == {"x-paid": "5 EUR and 10 USD from 2025-11 to 2026-10"}
    assert doubts(path) == [(4, "Amount")]


@pytest.mark.parametrize("row", ["2026-10-01,Zoom,x,abc,EUR\n", "soon,Zoom,x,10.00,EUR\n"])
def test_a_payment_that_is_not_understood_leaves_the_cost_unknown(tmp_path: Path, row: str) -> None:
    path = written(tmp_path, HEADER + YEAR + "2026-09-01,Zoom,x,10.00,EUR\n" + row)
    assert tools(path)["Zoom"].facts == {}
    assert [each.message for each in seen(path) if isinstance(each, Doubt)] == [
        "a payment of this payee not understood; no cost was added up"
    ]


def test_totals_and_rows_without_a_payee_are_no_tools(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + YEAR + ",Total,,8100.00,EUR\n2026-10-01,,x,3.00,EUR\n")
    assert list(tools(path)) == ["HubSpot Ltd"]
    assert doubts(path) == [(5, "Vendor")]


def test_other_columns_say_something_of_the_tool(tmp_path: Path) -> None:
    text = "Posting date,Vendor,Amount,Owner\n2025-11-01,Zoom,5.00,\n2026-10-01,Zoom,5.00,Anna\n"
    path = written(tmp_path, text)
    assert tools(path)["Zoom"].facts == {"owner.business": "Anna", "contract.cost": "10/year"}


def test_a_list_of_tools_with_a_currency_column_is_no_ledger(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Annual cost,Currency\nA,12000,EUR\nB,9000,USD\n")
    assert tools(path, EUR)["A"].facts == {"contract.cost": "12000/year"}
    assert tools(path, EUR)["B"].facts == {"x-cost": "9000"}
    rated = tools(path, with_rates(USD="0.9"))["B"].facts
    assert rated["contract.cost"] == {"amount": "9000", "currency": "USD", "period": "year"}
