"""Which column means what: recognized by name, stated in a mapping file, or not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.sources.tables.numbers import CURRENCIES, currency_in, period_in
from stackaudit.sources.tables.words import data

IGNORED: Final = "ignore"
"""What a mapping file says of a column that is not to be read."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column can mean."""

    name: str
    kind: str
    """How its cells are read."""
    key: str | None
    """Where the value goes in a tool's entry; None for what says which tool it is."""
    period: str | None
    names: tuple[str, ...]

    @property
    def of_flows(self) -> bool:
        """Whether it says something of a flow, and nothing of a tool."""
        return self.name.startswith("flow_")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, and what it was taken for."""

    number: int
    name: str
    field: Field | None
    ignored: bool = False
    """Whether a mapping file says that it is not to be read."""

    @property
    def period(self) -> str | None:
        """The period that its amounts are for, if their cells do not say."""
        return (self.field.period if self.field else None) or period_in(self.name)

    @property
    def currency(self) -> str | None:
        """The currency that its name states."""
        return currency_in(self.name)


@cache
def fields() -> Mapping[str, Field]:
    """Everything a column can mean, by name."""
    return {
        name: Field(name, each["kind"], each.get("key"), each.get("period"), tuple(each["names"]))
        for name, each in data("columns.yaml").items()
    }


@cache
def spellings() -> Mapping[str, str]:
    """Every spelling of a column, folded → the name of its field."""
    return {folded(each): field.name for field in fields().values() for each in field.names}


def folded(name: str) -> str:
    """A column name without case, umlauts, punctuation, currency and what is in parentheses."""
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name.casefold())
    plain = plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", plain)
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    while len(words) > 1 and (words[-1] in CURRENCIES or words[-1] == "in"):
        words.pop()
    return " ".join(words)


def recognized(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> list[Column]:
    """What each column means; a mapping (column → field) goes before recognition.

    A field is taken once: of two columns with the same meaning the first is read, unless the
    mapping names the other.
    """
    stated = {folded(column): name for column, name in (mapping or {}).items()}
    wanted = [stated.get(folded(name)) for name in header]
    taken = {meaning for meaning in wanted if meaning and meaning != IGNORED}
    columns = []
    for number, (name, meaning) in enumerate(zip(header, wanted, strict=True)):
        field = fields().get(meaning or "")
        if meaning is None:
            field = fields().get(spellings().get(folded(name), ""))
            if field is not None and _is_taken(field, taken):
                field = None
        if field is not None:
            taken.add(field.name)
        columns.append(Column(number, name, field, meaning == IGNORED))
    return columns


def _is_taken(field: Field, taken: set[str]) -> bool:
    keys = {fields()[each].key for each in taken} - {None}
    return field.name in taken or field.key in keys
