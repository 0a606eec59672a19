"""What people write in cells, and what of it is understood."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from stackaudit.sources.tables.cells import Habits, habits, host, link, plain
from stackaudit.sources.tables.dates import read_date
from stackaudit.sources.tables.numbers import Amount, read_money
from stackaudit.sources.tables.readers import READERS, read_cell


@pytest.mark.parametrize(
    ("text", "number", "period", "currency"),
    [
        ("$1,200.00", "1200", None, "USD"),
        ("1.200,00 €", "1200", None, "EUR"),
        ("EUR 12k", "12000", None, "EUR"),
        ("12k", "12000", None, None),
        ("1.5k", "1500", None, None),
        ("1200 p.a.", "1200", "year", None),
        ("100/month", "100", "month", None),
        ("monatlich 150 €", "150", "month", "EUR"),
        ("150 € pro Monat", "150", "month", "EUR"),
        ("1'200.50 CHF", "1200.50", None, "CHF"),
        ("1 200,50 €", "1200.50", None, "EUR"),
        ("1200,- €", "1200", None, "EUR"),
        ("1.234.567", "1234567", None, None),
        ("kostenlos", "0", "year", None),
        ("0", "0", None, None),
    ],
)
def test_money(text: str, number: str, period: str | None, currency: str | None) -> None:
    assert read_money(text, None) == Amount(Decimal(number), period, currency)


@pytest.mark.parametrize(
    "text",
    [
        "1.200", "1,200", "ca. 2.000 €", "~500", "500-800 €", "-500", "(500)", "60 users x 12",
        "12 € per user", "$5 or €6", "1.2.3", "1,00,000", "100 20", "soon", "x", "1e5", "12%",
        "99999999999999999", "5 + 6",
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_not_money(text: str) -> None:
    assert isinstance(read_money(text, None), str)


def test_the_column_shows_what_a_point_means() -> None:
    german = habits(["48.000,00 €", "1.200"])
    assert german.decimals == ","
    assert read_money("1.200", german.decimals) == Amount(Decimal(1200), None, None)
    assert isinstance(read_money("1.200", "."), str)  # nobody writes a price with three decimals
    assert habits(["48.000,00 €", "$1,200.00"]).decimals is None


@pytest.mark.parametrize(
    ("texts", "decimals"),
    [
        (["$48,000", "$9,500", "$900"], "."),
        (["48.000 €", "9.500 €"], ","),
        (["$48,000"], None),  # one may be either
        (["$48,000", "$48,000"], None),
        (["48,000", "9.500"], None),  # two habits in one column
        (["48,000", "9,500", "1,5"], ","),  # here the comma is for decimals
        (["0.500", "1.250"], "."),  # nobody begins thousands with a zero
        (["31.12.2026", "01.02.2027"], None),
    ],
)
def test_a_sign_with_always_three_digits_behind_it_is_for_thousands(
    texts: list[str], decimals: str | None
) -> None:
    assert habits(texts).decimals == decimals


@pytest.mark.parametrize("text", ["500-800 €", "500 - 800", "500 bis 800", "500 to 800"])
def test_a_range_is_not_exact(text: str) -> None:
    assert read_money(text, None) == "an amount that is not exact"


def test_several_people_on_lines_of_one_cell() -> None:
    cell = read_cell("people", "Anna Maier\nTom Groß\n", Habits())
    assert cell.value == "Anna Maier; Tom Groß"
    assert cell.doubt == "may name more than one"
    assert read_cell("people", "Anna Maier\n", Habits()).doubt is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2027-02-01", None, "2027-02-01"),
        ("2027-02-01T00:00:00", None, "2027-02-01"),
        ("31.12.2026", None, "2026-12-31"),
        ("12/31/2026", None, "2026-12-31"),
        ("31/12/2026", None, "2026-12-31"),
        ("03/04/2026", "mdy", "2026-03-04"),
        ("03/04/2026", "dmy", "2026-04-03"),
        ("03/03/2026", None, "2026-03-03"),
        ("1. Februar 2027", None, "2027-02-01"),
        ("Feb 1, 2027", None, "2027-02-01"),
        ("01-Dez-2027", None, "2027-12-01"),
    ],
)
def test_dates(text: str, order: Any, day: str) -> None:
    assert read_date(text, order) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["03/04/2026", "31.02.2027", "Dec 2026", "Q4 2026", "2026", "soon", "1.2.27", "45000"]
)
def test_no_dates(text: str) -> None:
    assert read_date(text, None) is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("count", "1.200", "1200"),
        ("count", "60 seats", "60"),
        ("count", "60.0", "60"),
        ("flag", "✓", "true"),
        ("flag", "nein", "false"),
        ("level", "nein", "none"),
        ("level", "required", "enforced"),
        ("people", "niemand", "none"),
        ("people", "[Anna Maier](mailto:anna@example.com)", "Anna Maier"),
        ("past", "nie", "never"),
        ("duration", "60 Tage", "60d"),
        ("duration", "3 months", "3mo"),
        ("dpa", "ja", "signed"),
        ("classified", "Streng vertraulich", "restricted"),
        ("region", "Frankfurt", "eu"),
        ("lifecycle", "in Betrieb", "active"),
        ("capabilities", "E-Mail-Marketing", ("email",)),
        ("capabilities", "Integration (iPaaS)", ("ipaas",)),
        ("capabilities", "CRM, Newsletter", ("crm", "email")),
    ],
)
def test_cells_that_are_understood(kind: str, text: str, value: Any) -> None:
    cell = read_cell(kind, text, Habits())
    assert (cell.value, cell.doubt) == (value, None)


@pytest.mark.parametrize("text", ["", "TBD", "n/a", "?", "k.A.", "unbekannt", " - ", "`tbc`"])
@pytest.mark.parametrize("kind", sorted(READERS))
def test_cells_that_say_nothing_are_unknown_and_no_doubt(kind: str, text: str) -> None:
    assert read_cell(kind, text, Habits()).value is None
    assert read_cell(kind, text, Habits()).doubt is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("count", "60 (22 active)"), ("count", "10+"), ("count", "unlimited"), ("flag", "maybe"),
        ("level", "ja"), ("level", "Okta"), ("date", "Q4 2026"), ("duration", "monatlich kündbar"),
        ("dpa", "siehe Ordner"), ("classified", "blau"), ("region", "Cloud"),
        ("capabilities", "Gewinnspiele"),
    ],
)  # fmt: skip
def test_cells_that_stay_unknown(kind: str, text: str) -> None:
    cell = read_cell(kind, text, Habits())
    assert cell.value is None
    assert cell.doubt is not None
    assert text not in cell.doubt


def test_several_people_are_kept_as_they_stand_with_a_doubt() -> None:
    cell = read_cell("people", "Anna Maier / IT", Habits())
    assert cell.value == "Anna Maier / IT"
    assert cell.doubt is not None


def test_addresses() -> None:
    assert host("https://www.hubspot.com/pricing?x=1") == "hubspot.com"
    assert host("[HubSpot](https://hubspot.com)") == "hubspot.com"
    assert host("hubspot.com") == "hubspot.com"
    assert host("not an address") is None
    assert host("http://[broken") is None
    assert link("[x](javascript:alert(1))") is None
    assert link("hubspot.com") is None


def test_controls_do_not_reach_an_inventory() -> None:
    assert plain("a\x1b[31m\x00b\n\tc\ud800") == "a [31m b c"
