"""Days as people write them; what can be two days is none."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Literal

DateOrder = Literal["dmy", "mdy"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january", "januar", "jänner"), ("feb", "february", "februar"),
            ("mar", "march", "märz", "mär", "mrz"), ("apr", "april"), ("may", "mai"),
            ("jun", "june", "juni"), ("jul", "july", "juli"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october", "okt", "oktober"),
            ("nov", "november"), ("dec", "december", "dez", "dezember"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_NUMERIC: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.?[ -]([^\W\d_]+)\.?,?[ -](\d{4})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def date_order(text: str) -> DateOrder | None:
    """The order that a date can only have been written in; None if it fits both, or is no date."""
    match = _NUMERIC.fullmatch(text.strip())
    if not match:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or (first > 12 >= second):
        return "dmy"
    return "mdy" if second > 12 >= first else None


def read_date(text: str, order: DateOrder | None) -> dt.date | None:
    """A day; None if it is none, or can be two days and the column does not show which."""
    cleaned = text.strip()
    if iso := _ISO.fullmatch(cleaned):
        return _day(iso[1], int(iso[2]), iso[3])
    if named := _DAY_FIRST.fullmatch(cleaned):
        return _day(named[3], _MONTHS.get(named[2].casefold(), 0), named[1])
    if named := _MONTH_FIRST.fullmatch(cleaned):
        return _day(named[3], _MONTHS.get(named[1].casefold(), 0), named[2])
    match = _NUMERIC.fullmatch(cleaned)
    if not match:
        return None
    shown = date_order(cleaned) or order or ("dmy" if match[1] == match[3] else None)
    if shown is None:
        return None
    day, month = (match[1], match[3]) if shown == "dmy" else (match[3], match[1])
    return _day(match[4], int(month), day)


def _day(year: str, month: int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None
