"""Tables whose rows are flows: where data comes from, where it goes, what, how and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from stackaudit.catalog.catalog import catalog
from stackaudit.sources.observation import Doubt, FlowSeen, Observation
from stackaudit.sources.tables.cells import NOBODY, Cell, doubtful, plain, says_nothing
from stackaudit.sources.tables.row import LONGEST_NAME, RowReading
from stackaudit.sources.tables.words import words

_UNITS: Final = (
    ("min", r"min|mins|minutes?|minuten?"), ("h", r"h|hrs?|hours?|stunden?"),
    ("d", r"d|days?|tage?n?"), ("w", r"w|weeks?|wochen?"), ("mo", r"mo|months?|monate?n?"),
)  # fmt: skip
_EVERY: Final = re.compile(r"(?:every\s+|alle\s+)?(\d{1,4})?\s*([a-zäöü]+)\.?")


def flow_seen(row: RowReading) -> Iterator[Observation]:
    """The flow of a row, and what of it was not understood."""
    ends = [plain(row.cell(field)) for field in ("flow_from", "flow_to")]
    for field, name in zip(("flow_from", "flow_to"), ends, strict=True):
        if says_nothing(name) or name.casefold() in NOBODY or len(name) > LONGEST_NAME:
            column = row.survey.column(field)
            message = "no name says which tool this is; the row was not read"
            yield Doubt(row.seen, column.name if column else None, message)
            return
    facts: dict[str, Any] = {}
    doubts = list(_read_into(row, facts))
    data = facts.pop("data", None)
    through = facts.pop("through", None)
    yield FlowSeen(ends[0], ends[1], row.seen, data, facts, through)
    yield from doubts


def _read_into(row: RowReading, facts: dict[str, Any]) -> Iterator[Doubt]:
    for field, key, read in _READ:
        column = row.survey.column(field)
        text = plain(row.cell(field))
        if column is None or says_nothing(text):
            continue
        cell = read(text)
        if cell.value is not None:
            facts.setdefault(key, cell.value)
        if key == "method" and moves(text):
            facts["through"] = text
        if cell.doubt:
            yield Doubt(row.seen, column.name, cell.doubt, cell.hint)


def _data(text: str) -> Cell:
    """Datasets, by the words that the catalog has for them."""
    parts = [part for part in re.split(r"\s*[;,/|&+]\s*|\s+(?:und|and)\s+", text) if part]
    found = [_dataset(part) for part in parts]
    known = tuple(sorted({each for each in found if each}))
    hint = "name the datasets of the inventory"
    if not known:
        return doubtful("no kind of data that is known", hint)
    return Cell(known) if all(found) else Cell(known, "not all kinds of data are known", hint)


def _dataset(text: str) -> str | None:
    folded = re.sub(r"[\s_]+", "-", text.casefold().strip())
    by_id, by_name = _datasets()
    for form in (folded, folded.removesuffix("s"), re.sub("ies$", "y", folded)):
        if form in by_id:
            return form
    return by_name.get(text.casefold().strip()) or words()["datasets"].get(text.casefold())


@cache
def _datasets() -> tuple[frozenset[str], Mapping[str, str]]:
    """The ids of the catalog's datasets, and their names in lower case → id."""
    known = catalog().datasets()
    return frozenset(known), {each.name.casefold(): name for name, each in known.items()}


def _method(text: str) -> Cell:
    word = text.casefold()
    known = words()["method"]
    found = known.get(word) or known.get(word.replace("-", " ")) or moves(text)
    hint = "write native, api, webhook, tag, etl, reverse_etl, ipaas, file or manual"
    return Cell(found) if found else doubtful("not a way to move data that is known", hint)


@lru_cache(1024)
def moves(name: str) -> str | None:
    """The way in which a product moves data that is there to move it; None for all others."""
    product = catalog().certain(name)
    main = product.capabilities[:1] if product else ()
    return _MOVERS.get(main[0]) if main else None


_MOVERS: Final[Mapping[str, str]] = {
    "ipaas": "ipaas", "etl": "etl", "reverse-etl": "reverse_etl", "tag-management": "tag",
}  # fmt: skip
"""What a product mainly does → the method of the flows that go through it."""


def _every(text: str) -> Cell:
    word = text.casefold()
    if found := words()["every"].get(word):
        return Cell(found)
    match = _EVERY.fullmatch(word)
    for unit, names in _UNITS:
        if match and re.fullmatch(names, match[2]):
            return Cell(f"{int(match[1] or 1)}{unit}")
    return doubtful("not how often it runs", "write it as 15min, 1d or event")


def _owner(text: str) -> Cell:
    return Cell("none" if text.casefold() in NOBODY else text)


_READ: Final[Sequence[tuple[str, str, Any]]] = (
    ("flow_data", "data", _data),
    ("flow_method", "method", _method),
    ("flow_every", "every", _every),
    ("business_owner", "owner", _owner),
    ("technical_owner", "owner", _owner),
    ("notes", "notes", Cell),
)
