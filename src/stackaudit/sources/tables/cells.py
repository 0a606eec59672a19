"""What a cell says: as an inventory would write it, unknown, or not understood.

Nothing is guessed. What can be read in two ways is read in the way that the rest of its column
shows, and where that shows nothing it is not understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

Decimals = Literal[".", ","]
DateOrder = Literal["dmy", "mdy"]

UNKNOWN: Final = frozenset(
    {"", "-", "–", "—", "?", "??", "tbd", "tbc", "tba", "n/a", "na", "n.a.", "k.a.", "k. a.", "unknown",
     "unbekannt", "offen", "unklar", "keine angabe", "not applicable", "todo", "???", "null", "nan", "#n/a"}
)  # fmt: skip
NOBODY: Final = frozenset({"none", "nobody", "keiner", "keine", "niemand", "kein"})
YES: Final = frozenset({"yes", "y", "true", "ja", "j", "x", "✓", "✔", "wahr", "enabled", "aktiv", "on", "1"})
NO: Final = frozenset({"no", "n", "false", "nein", "falsch", "disabled", "✗", "off", "0", "none", "keine", "kein", "keiner"})  # fmt: skip
FREE: Final = frozenset({"free", "kostenlos", "gratis", "frei", "umsonst", "kostenfrei"})
NEVER: Final = frozenset({"never", "nie", "niemals"})

CURRENCIES: Final[Mapping[str, str]] = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "$": "USD", "usd": "USD", "us$": "USD", "£": "GBP",
    "gbp": "GBP", "chf": "CHF", "sfr": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN",
    "czk": "CZK", "cad": "CAD", "aud": "AUD", "jpy": "JPY", "¥": "JPY",
}  # fmt: skip
_PERIODS: Final = (
    ("month", r"/\s*(?:mo|month|monat|mon\.?|m)\b|per month|pro monat|monatlich|monthly|im monat|p\.\s*m\."),
    ("quarter", r"/\s*(?:quarter|quartal|q)\b|per quarter|pro quartal|quartalsweise|quarterly"),
    ("year", r"/\s*(?:yr|year|jahr|a|y)\b|per year|pro jahr|j(?:ä|ae)hrlich|yearly|annually|annual|"
             r"im jahr|p\.?\s*a\.?(?![a-z])"),
)  # fmt: skip
_VAGUE: Final = re.compile(r"(?:\bca\b\.?|\bcirca\b|\babout\b|\betwa\b|\bapprox\b\.?|~|≈|\bungef(?:ä|ae)hr\b)")
_NUMBER: Final = re.compile(r"\d[\d.,'\u00a0\u202f ]*\d|\d")
_MARKDOWN_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `value` None is unknown; `doubt` says what was not understood."""

    value: Any = None
    doubt: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How a column writes numbers and dates, as far as its cells show it for sure."""

    decimals: Decimals | None = None
    dates: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as a cell states it."""

    number: Decimal
    period: str | None
    currency: str | None


SAYS_NOTHING: Final = Cell()


def doubtful(message: str, hint: str | None = None) -> Cell:
    """A cell that was not understood, and stays unknown."""
    return Cell(None, message, hint)


def plain(text: str) -> str:
    """The text without Markdown links, emphasis and repeated spaces."""
    without = _MARKDOWN_LINK.sub(lambda match: match[1], text)
    return " ".join(without.replace("**", "").replace("`", "").split())


def link(text: str) -> str | None:
    """Where a Markdown link in the text leads, if there is one."""
    match = _MARKDOWN_LINK.search(text)
    return match[2] if match else None


def says_nothing(text: str) -> bool:
    """Whether a cell leaves the value unknown: empty, TBD, n/a, ?."""
    return text.casefold() in UNKNOWN


def habits(texts: Iterable[str]) -> Habits:
    """What the cells of a column show for sure about its decimal sign and its order of dates."""
    signs: set[Decimals] = set()
    orders: set[DateOrder] = set()
    for text in texts:
        sign = _decimal_sign(text)
        if sign:
            signs.add(sign)
        order = _date_order(text)
        if order:
            orders.add(order)
    return Habits(
        signs.pop() if len(signs) == 1 else None, orders.pop() if len(orders) == 1 else None
    )


def _decimal_sign(text: str) -> Decimals | None:
    """The decimal sign that a number can only have been written with."""
    match = _NUMBER.search(text)
    if not match:
        return None
    digits = re.sub(r"[^\d.,]", "", match[0])
    if "." in digits and "," in digits:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    for sign, other in ((".", ","), (",", ".")):
        if digits.count(sign) > 1:
            return other  # type: ignore[return-value]
        if sign in digits and len(digits) - digits.rfind(sign) - 1 != 3:
            return sign  # type: ignore[return-value]
    return None


def _date_order(text: str) -> DateOrder | None:
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", text.strip())
    if not match:
        return None
    if "." in text or int(match[1]) > 12:
        return "dmy"
    return "mdy" if int(match[2]) > 12 else None


def read_number(text: str, habit: Habits) -> Decimal | None:
    """A number with separators; None if it can be read in two ways."""
    match = _NUMBER.search(text)
    if not match:
        return None
    digits = re.sub(r"[^\d.,]", "", match[0])
    sign = _decimal_sign(match[0]) or habit.decimals
    if sign is None and ("." in digits or "," in digits):
        return None
    whole = digits.replace("." if sign == "," else ",", "")
    try:
        number = Decimal(whole.replace(",", "."))
    except ArithmeticError:
        return None
    return number * 1000 if re.match(r"\s*(k|tsd\.?|tausend)\b", text[match.end() :].casefold()) else number


def read_money(text: str, habit: Habits) -> Amount | None:
    """An amount with its currency and period, as far as the cell states them; None if unclear."""
    lowered = text.casefold()
    if _VAGUE.search(lowered) or "-" in lowered.replace("--", ""):
        return None
    if lowered in FREE:
        return Amount(Decimal(0), "year", None)
    number = read_number(text, habit)
    if number is None:
        return None
    period = next((name for name, pattern in _PERIODS if re.search(pattern, lowered)), None)
    words = re.findall(r"us\$|[€$£¥]|[a-z]+", lowered)
    codes = {CURRENCIES[word] for word in words if word in CURRENCIES}
    return Amount(number, period, codes.pop()) if len(codes) == 1 else (
        None if codes else Amount(number, period, None)
    )


def read_date(text: str, habit: Habits) -> dt.date | None:
    """A day, in ISO or with day, month and year; None if it is none or can be two days."""
    cleaned = text.strip()
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$", cleaned)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    match = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})", cleaned)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    order = _date_order(cleaned) or habit.dates
    if order is None:
        return _day(year, first, second) if first == second else None
    return _day(year, second, first) if order == "dmy" else _day(year, first, second)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
