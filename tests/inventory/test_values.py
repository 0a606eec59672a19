"""Values with a unit are read strictly, and reckon as the calendar does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.inventory.values import (
    Duration,
    Money,
    Rate,
    ValueProblem,
    parse_amount,
    parse_count,
    parse_date,
    parse_duration,
    parse_flag,
    parse_money,
    parse_rate,
    parse_share,
    parse_worth,
)

READ: list[tuple[Callable[[str], Any], str, Any]] = [
    (parse_duration, "15min", Duration(15, "min")),
    (parse_duration, "4h", Duration(4, "h")),
    (parse_duration, "1d", Duration(1, "d")),
    (parse_duration, "2w", Duration(2, "w")),
    (parse_duration, "6mo", Duration(6, "mo")),
    (parse_duration, "1y", Duration(1, "y")),
    (parse_money, "48000/year", Money(Decimal(48000), "year")),
    (parse_money, "12000/quarter", Money(Decimal(12000), "quarter")),
    (parse_money, "19.90/month", Money(Decimal("19.90"), "month")),
    (parse_money, "0", Money(Decimal(0), "year")),
    (parse_amount, "900000.50", Decimal("900000.50")),
    (parse_worth, "0.92", Decimal("0.92")),
    (parse_count, "0", 0),
    (parse_count, "500000", 500000),
    (parse_rate, "12000/day", Rate(12000.0, "day")),
    (parse_rate, "1.5/min", Rate(1.5, "min")),
    (parse_share, "5%", 0.05),
    (parse_share, "100%", 1.0),
    (parse_date, "2026-11-02", dt.date(2026, 11, 2)),
    (parse_flag, "true", True),
    (parse_flag, "false", False),
]


@pytest.mark.parametrize(("parse", "text", "value"), READ)
def test_what_is_written_right_is_read(
    parse: Callable[[str], Any], text: str, value: object
) -> None:
    assert parse(text) == value


REFUSED: dict[Callable[[str], Any], list[str]] = {
    parse_duration: ["15m", "0d", "-1d", "1.5h", "1 d", "d", "1D", "1000000d", "\u0661d", "1month"],
    parse_money: ["48000", "48.000/year", "48,000/year", "-5/year", "1e3/year", "€5/year", "5/day"],
    parse_amount: [
        "900.000",
        "1_000",
        "010",
        "0x1F",
        "1e999",
        ".nan",
        "nan",
        "inf",
        "-5",
        "+5",
        "12:30",
        "\u0663",
    ],
    parse_worth: ["0", "0.0", "-1", "x"],
    parse_count: ["1.0", "010", "1_000", "-5", "1e3", "9" * 5000, "1\u0663", "+1"],
    parse_rate: ["12.000/day", "12000", "12000/year", "12 000/day", "/day", "-1/day"],
    parse_share: ["5", "0.05", "101%", "-5%", "5 %"],
    parse_date: [
        "2026-13-45",
        "2026-02-30",
        "0",
        "20261102",
        "2026-1-2",
        "2026-W05",
        "\uff12\uff10\uff12\uff16-01-01",
        "0000-01-01",
        "2026-11-02T10:00",
    ],
    parse_flag: ["yes", "no", "on", "off", "True", "1", ""],
}


@pytest.mark.parametrize(
    ("parse", "text"), [(parse, text) for parse, texts in REFUSED.items() for text in texts]
)
def test_what_may_mean_something_else_is_refused_with_what_to_write(
    parse: Callable[[str], Any], text: str
) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse(text)
    assert caught.value.hint.startswith("write")


def test_m_is_neither_minutes_nor_months() -> None:
    with pytest.raises(ValueProblem, match="minutes or months") as caught:
        parse_duration("15m")
    assert caught.value.hint == "write min or mo, as in 15min or 6mo"


@pytest.mark.parametrize(
    ("text", "day", "before", "after"),
    [
        ("1mo", "2026-03-31", "2026-02-28", "2026-04-30"),
        ("1y", "2024-02-29", "2023-02-28", "2025-02-28"),
        ("12mo", "2026-01-15", "2025-01-15", "2027-01-15"),
        ("60d", "2027-02-01", "2026-12-03", "2027-04-02"),
        ("2w", "2026-11-02", "2026-10-19", "2026-11-16"),
        ("4h", "2026-11-02", "2026-11-01", "2026-11-02"),
        ("999999y", "2026-11-02", "0001-01-01", "9999-12-31"),
        ("999999d", "9990-01-01", "7252-02-05", "9999-12-31"),
    ],
)
def test_durations_move_days_by_the_calendar(text: str, day: str, before: str, after: str) -> None:
    length, start = parse_duration(text), dt.date.fromisoformat(day)
    assert str(length.before(start)) == before
    assert str(length.after(start)) == after


@settings(deadline=None)
@given(st.integers(1, 999_999), st.sampled_from(["min", "h", "d", "w", "mo", "y"]), st.dates())
def test_no_duration_leaves_the_calendar_or_goes_the_wrong_way(
    amount: int, unit: str, day: dt.date
) -> None:
    length = Duration(amount, unit)
    assert length.before(day) <= day <= length.after(day)
    assert parse_duration(str(length)) == length


def test_a_year_is_four_quarters_and_twelve_months() -> None:
    assert {parse_money(each).per_year for each in ("12/year", "3/quarter", "1/month")} == {12}
    assert parse_rate("7/week").per_day == parse_rate("1/day").per_day == 1
    assert parse_duration("1y").minutes == parse_duration("12mo").minutes
    assert parse_duration("36h").days == 1.5
