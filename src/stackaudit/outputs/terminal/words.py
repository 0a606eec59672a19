"""Words that several parts of the report use."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

from stackaudit.errors import Place
from stackaudit.findings.money import Total
from stackaudit.rules.finding import Lead, Money
from stackaudit.rules.show import shown

LEADS: Final[Mapping[Lead, str]] = {
    "it": "IT",
    "marketing": "marketing",
    "both": "IT and marketing",
}


def lead_words(lead: Lead) -> str:
    """Who takes it up: marketing leads."""
    return f"{LEADS[lead]} {'lead' if lead == 'both' else 'leads'}"


def number(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: 1 finding, 2,114 checks."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def amount(value: float, currency: str | None) -> str:
    """An amount of money: 48,000 EUR."""
    return shown(value, "money", currency)


def total(sum_: Total, currency: str | None) -> str:
    """A sum in words: at least 48,000 EUR."""
    if sum_.amount == 0:
        return "an unknown amount" if sum_.at_least else amount(0, currency)
    least = "at least " if sum_.at_least else ""
    return f"{least}{amount(sum_.amount, currency)}"


def money(value: Money | None, currency: str | None) -> str:
    """The money of one finding in words; nothing where there is nothing to say."""
    if value is None:
        return ""
    found = Total(value.amount or 0.0, value.at_least or value.amount is None)
    return "" if found.nothing else total(found, currency)


def where(place: Place) -> str:
    """A place as terminals and editors open it."""
    return f"{place.file}:{place.line}"


def asked(missing: str) -> str:
    """What is not stated: a path in the inventory, or a section that is listed in part."""
    section = missing.removeprefix("stack.")
    return missing if section == missing else f"{section}, in full"


def spaced(name: str) -> str:
    """A name of the language as people write it: dataset pair."""
    return name.replace("_", " ")


def named(file: str) -> str:
    """The inventory as a command line names it; what came through a pipe is gone by then."""
    return "INVENTORY" if file.startswith("<") else shlex.quote(file)
