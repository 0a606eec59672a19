"""Numbers and money as people write them; what has two readings has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from stackaudit.dataclass import dataclass

Decimals = Literal[".", ","]

CURRENCIES: Final[Mapping[str, str]] = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD",
    "us$": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF", "sfr": "CHF", "fr": "CHF", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK", "huf": "HUF", "cad": "CAD",
    "aud": "AUD", "nzd": "NZD", "jpy": "JPY", "inr": "INR", "brl": "BRL",
}  # fmt: skip
FREE: Final = frozenset(
    {"free", "free plan", "free tier", "kostenlos", "gratis", "frei", "umsonst", "kostenfrei"}
)
_PERIODS: Final = (
    (
        "month",
        (
            r"/\s*(?:month|monat|mon|mo|m)\b|\b(?:per|pro|im|a)\s+(?:month|monat)\b"
            r"|\b(?:monatlich|monthly)\b|\bp\.?\s?m\b"
        ),
    ),
    (
        "quarter",
        (
            r"/\s*(?:quarter|quartal|q)\b|\b(?:per|pro|im)\s+(?:quarter|quartal)\b"
            r"|\b(?:quartalsweise|quarterly|viertelj(?:ä|ae)hrlich)\b"
        ),
    ),
    (
        "year",
        (
            r"/\s*(?:year|jahr|yr|y|a)\b|\b(?:per|pro|im|a)\s+(?:year|jahr|annum)\b"
            r"|\b(?:j(?:ä|ae)hrlich|yearly|annually|annual)\b|\bp\.?\s?a\b"
        ),
    ),
)
_GROUPED: Final = (
    r"\d{1,3}(?:(?P<group>[.,' \u00a0\u202f\u2019])\d{3})(?:(?P=group)\d{3})*(?:[.,]\d{1,2})?"
)
_NUMBER: Final = re.compile(
    rf"(?<![\d.,]){_GROUPED}(?![\d.,]*\d)|(?<![\d.,])\d+(?:[.,]\d+)?(?![\d.,]*\d)"
)
GROUPED_ONCE: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,]*\d)")
"""A number with one sign and three digits behind it: thousands, or decimals."""
_FACTORS: Final = {"k": 1_000, "tsd": 1_000, "tausend": 1_000, "mio": 1_000_000}
_VAGUE: Final = re.compile(
    r"\b(?:ca|circa|about|etwa|approx|approximately|ungef(?:ä|ae)hr|rund)\b|[~≈]"
)
_RANGE: Final = re.compile(r"\d\s*(?:[-–—]|\bto\b|\bbis\b)\s*\D{0,4}\d")
_PLAIN_WORDS: Final = frozenset({"net", "netto"})
_MOST: Final = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as a cell states it."""

    number: Decimal
    period: str | None
    currency: str | None


def decimal_sign(text: str) -> Decimals | None:
    """The decimal sign that the number in a text can only have been written with."""
    match = _NUMBER.search(text)
    if not match:
        return None
    digits = re.sub(r"[^\d.,]", "", match[0])
    if "." in digits and "," in digits:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    for sign, other in _SIGNS:
        if digits.count(sign) > 1:
            return other
        whole, found, behind = digits.partition(sign)
        if found and (len(behind) != 3 or whole == "0"):
            return sign
    return None


_SIGNS: Final[tuple[tuple[Decimals, Decimals], ...]] = ((".", ","), (",", "."))


def read_number(text: str, decimals: Decimals | None) -> Decimal | None:
    """The one number in a text; None if there is none, or if it can be read in two ways.

    Three digits after a sign are thousands, if the column writes the other sign for decimals;
    if it does not, nobody can tell.
    """
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or re.search(r"\d", text[: found[0].start()] + text[found[0].end() :]):
        return None
    digits = re.sub(r"[^\d.,]", "", found[0][0])
    sign = decimal_sign(found[0][0])
    if sign is None and ("." in digits or "," in digits):
        if decimals is None or decimals in digits:
            return None
        sign = decimals
    if sign and digits.count(sign) > 1:
        return None
    number = Decimal(digits.replace("." if sign == "," else ",", "").replace(",", "."))
    factor = re.match(r"\s*(k|tsd|tausend|mio)\b", text[found[0].end() :].casefold())
    return number * _FACTORS[factor[1]] if factor else number


def read_money(text: str, decimals: Decimals | None) -> Amount | str:
    """An amount with its currency and period, as far as the cell states them.

    If it cannot be read for sure: what is wrong with it, in words.
    """
    lowered = text.casefold()
    if lowered in FREE:
        return Amount(Decimal(0), "year", None)
    if _VAGUE.search(lowered):
        return "an amount that is not exact"
    lowered = re.sub(r"(?<=\d)[.,](?:-{1,2}|–|—)(?=\D|$)", "", lowered)  # 1200,– means 1200,00
    number = read_number(lowered, decimals)
    if number is None and _RANGE.search(lowered):
        return "an amount that is not exact"
    if number is None:
        return "an amount that can be read in two ways" if _NUMBER.search(lowered) else "no amount"
    words = _words_beside(lowered)
    codes = {CURRENCIES[word] for word in words if word in CURRENCIES}
    strange = [word for word in words if word not in CURRENCIES and word not in _PLAIN_WORDS]
    if strange or len(codes) > 1 or number >= _MOST or re.search(r"[-–−(]\s*\W*\d", lowered):
        return "an amount with words or signs that are not understood"
    return Amount(number, period_in(lowered), codes.pop() if codes else None)


def period_in(text: str) -> str | None:
    """The period that a price is for, where a text says it."""
    lowered = text.casefold()
    return next((name for name, pattern in _PERIODS if re.search(pattern, lowered)), None)


def currency_in(text: str) -> str | None:
    """The one currency that a text names by its sign or code; None if none or several."""
    codes = {CURRENCIES[word] for word in _words(text.casefold()) if word in CURRENCIES}
    return codes.pop() if len(codes) == 1 else None


def _words_beside(text: str) -> list[str]:
    """The words and signs beside the number and the period of a price."""
    rest = _NUMBER.sub(" ", text)
    for _, pattern in _PERIODS:
        rest = re.sub(pattern, " ", rest)
    return [word for word in _words(rest) if word not in _FACTORS]


def _words(text: str) -> list[str]:
    return re.findall(r"us\$|[€$£¥%/+×*]|[^\W\d_]+", text)


def written(number: Decimal) -> str:
    """An amount as an inventory writes it: digits, and cents where there are any."""
    cents = number.quantize(Decimal("0.01"))
    return f"{cents:f}".removesuffix(".00")
