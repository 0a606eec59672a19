"""Values with a unit: money, durations, rates, shares; read from their text, strictly."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from stackaudit.dataclass import dataclass

NUMBER: Final = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?"
"""How a number is written: no sign, no leading zero, no separators, no exponent."""

AMOUNT: Final = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?"
"""How an amount is written: 48.000 may mean 48 or 48,000, so there are at most two decimals."""

MINUTES: Final = {"min": 1, "h": 60, "d": 1440, "w": 10080, "mo": 43830, "y": 525960}
"""Minutes of each unit of a duration; a month is a twelfth of a year of 365.25 days."""

PER_YEAR: Final = {"year": 1, "quarter": 4, "month": 12}
"""How often a period of a price comes in a year."""

PER_DAY: Final = {"min": 1440.0, "h": 24.0, "day": 1.0, "week": 1 / 7, "month": 12 / 365.25}
"""How often a period of a rate comes in a day."""

KEPT: Final = 10_000
"""So many values of a kind are read once and shared: a large inventory repeats most of them."""

_DURATION: Final = re.compile(r"([1-9][0-9]{0,5})(min|h|d|w|mo|y)")
_MONEY: Final = re.compile(rf"({AMOUNT})(?:/(year|quarter|month))?")
_RATE: Final = re.compile(rf"({AMOUNT})/(min|h|day|week|month)")
_SHARE: Final = re.compile(rf"({NUMBER})%")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ValueProblem(ValueError):
    """A text that is not of the type its field wants; the message never repeats the text."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as it was written: `15min`, `4h`, `1d`, `2w`, `6mo`, `1y`."""

    amount: int
    unit: str

    @property
    def minutes(self) -> int:
        return self.amount * MINUTES[self.unit]

    @property
    def days(self) -> float:
        return self.minutes / 1440

    def after(self, day: dt.date) -> dt.date:
        """The day this long after `day`, whole days only; months and years by the calendar.

        Where the calendar ends before (year 9999), its last day.
        """
        try:
            return self._moved(day, 1)
        except (OverflowError, ValueError):
            return dt.date.max

    def before(self, day: dt.date) -> dt.date:
        """The last day that is at least this long before `day`; months and years by the calendar.

        Where the calendar begins after (year 1), its first day.
        """
        try:
            return self._moved(day, -1)
        except (OverflowError, ValueError):
            return dt.date.min

    def _moved(self, day: dt.date, sign: int) -> dt.date:
        if self.unit not in ("mo", "y"):
            return day + sign * dt.timedelta(minutes=self.minutes)
        months = self.amount * (12 if self.unit == "y" else 1) * sign
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


@dataclass(frozen=True, slots=True)
class Money:
    """A price for a period; `currency` None means the currency of the stack."""

    amount: Decimal
    period: str
    currency: str | None = None

    @property
    def per_year(self) -> Decimal:
        return self.amount * PER_YEAR[self.period]


@dataclass(frozen=True, slots=True)
class Rate:
    """A number of records in a period of time."""

    amount: float
    period: str

    @property
    def per_day(self) -> float:
        return self.amount * PER_DAY[self.period]


@lru_cache(maxsize=KEPT)
def parse_duration(text: str) -> Duration:
    """Read `15min`, `4h`, `1d`, `2w`, `6mo` or `1y`; raises ValueProblem."""
    match = _DURATION.fullmatch(text)
    if match:
        return Duration(int(match[1]), match[2])
    if re.fullmatch(r"[0-9]+m", text):
        raise ValueProblem("`m` may mean minutes or months", "write min or mo, as in 15min or 6mo")
    hint = "write a whole number and min, h, d, w, mo or y, as in 4h"
    raise ValueProblem("not a duration", hint)


@lru_cache(maxsize=KEPT)
def parse_money(text: str) -> Money:
    """Read `48000/year`, `12000/quarter` or `4000/month` (or `0`); raises ValueProblem."""
    match = _MONEY.fullmatch(text)
    if match and (match[2] or Decimal(match[1]) == 0):
        return Money(Decimal(match[1]), match[2] or "year")
    if match:
        raise ValueProblem("an amount without a period", "write 48000/year or 4000/month")
    hint = "write 48000/year or 4000/month; or {amount: 48000, currency: USD, period: year}"
    raise ValueProblem("not an amount of money", hint)


@lru_cache(maxsize=KEPT)
def parse_amount(text: str) -> Decimal:
    """Read an amount of money without a period, such as 900000; raises ValueProblem."""
    if not re.fullmatch(AMOUNT, text):
        hint = "write digits only, with a point and two digits for cents, as in 900000 or 19.90"
        raise ValueProblem("not an amount", hint)
    return Decimal(text)


@lru_cache(maxsize=KEPT)
def parse_worth(text: str) -> Decimal:
    """Read what one unit of a currency is worth, more than 0, as in 0.92; raises ValueProblem."""
    if not re.fullmatch(NUMBER, text) or not Decimal(text):
        raise ValueProblem("not what a currency is worth", "write a number above 0, as in 0.92")
    return Decimal(text)


@lru_cache(maxsize=KEPT)
def parse_count(text: str) -> int:
    """Read a whole number of things, such as 60; raises ValueProblem."""
    if not _COUNT.fullmatch(text):
        raise ValueProblem("not a whole number", "write digits only, as in 60 or 500000")
    return int(text)


@lru_cache(maxsize=KEPT)
def parse_rate(text: str) -> Rate:
    """Read `12000/day` (min, h, day, week, month); raises ValueProblem."""
    match = _RATE.fullmatch(text)
    if not match:
        raise ValueProblem("not a rate", "write a number and /min, /h, /day, /week or /month")
    return Rate(float(match[1]), match[2])


@lru_cache(maxsize=KEPT)
def parse_share(text: str) -> float:
    """Read a share such as `5%` as a fraction of one; raises ValueProblem."""
    match = _SHARE.fullmatch(text)
    if not match or float(match[1]) > 100:
        raise ValueProblem("not a share", "write a number from 0 to 100 and %, as in 5%")
    return float(match[1]) / 100


@lru_cache(maxsize=KEPT)
def parse_date(text: str) -> dt.date:
    """Read an ISO date such as 2026-11-02; raises ValueProblem."""
    if not _DATE.fullmatch(text):
        raise ValueProblem("not a date", "write year-month-day, as in 2026-11-02")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueProblem("no such day in the calendar", "write year-month-day") from None


def parse_flag(text: str) -> bool:
    """Read `true` or `false`; raises ValueProblem."""
    if text == "true":
        return True
    if text == "false":
        return False
    raise ValueProblem("neither true nor false", "write true or false")
