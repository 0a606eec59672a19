"""Tables as a source: each row is a tool seen, each cell that was not understood a doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from stackaudit.errors import Problem
from stackaudit.inventory.files import shown_name
from stackaudit.sources.observation import Doubt, Observation, Remark, Seen, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables import read_csv, read_lists, read_markdown, read_xlsx
from stackaudit.sources.tables.cells import (
    NOBODY,
    Cell,
    Habits,
    habits,
    host,
    link,
    plain,
    says_nothing,
)
from stackaudit.sources.tables.columns import Column, folded, recognized, spellings
from stackaudit.sources.tables.money import Prices, default_currency, read_price
from stackaudit.sources.tables.numbers import currency_in
from stackaudit.sources.tables.readers import read_cell
from stackaudit.sources.tables.table import Row, Table, TableError, with_header
from stackaudit.sources.tables.words import means

NAME: Final = "table"
LOOKED_AT: Final = 1_000
"""Rows that show how a column writes numbers and dates, before the first is read."""
LONGEST_NAME: Final = 200

FORMATS: Final[Mapping[str, Callable[[Path, str, str], Iterator[Row]]]] = MappingProxyType(
    {
        ".csv": read_csv.rows,
        ".tsv": read_csv.rows,
        ".txt": read_csv.rows,
        ".xlsx": read_xlsx.rows,
        ".xlsm": read_xlsx.rows,
        ".json": read_lists.json_rows,
        ".yaml": read_lists.yaml_rows,
        ".yml": read_lists.yaml_rows,
        ".md": read_markdown.rows,
        ".markdown": read_markdown.rows,
    }
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first rows of a table show."""

    table: Table
    """Its rows begin below the header again."""
    columns: tuple[Column, ...]
    habits: tuple[Habits, ...]
    prices: Mapping[int, Prices]
    """For each column of amounts."""
    currencies: Counter[str]
    """How often the amounts name each currency."""


class _Known:
    """Whether a text is the name of a column: one that is recognized, or one that is stated."""

    def __init__(self, stated: Mapping[str, str]) -> None:
        self.stated = {folded(name) for name in stated}

    def __contains__(self, cell: object) -> bool:
        name = folded(str(cell))
        return name in spellings() or name in self.stated


def survey(path: Path, options: Options) -> Survey:
    """Open a table and look at its first rows; raises TableError, UsageError, SurroundingsError."""
    file = shown_name(path)
    stated = options.mapped.columns
    rows = _format(path, file)(path, file, options.encoding)
    table = with_header(rows, file, _Known(stated))
    columns = tuple(recognized(table.header, stated))
    if not any(each.field and each.field.name in ("name", "vendor") for each in columns):
        hint = "say which, in a file for --mapping: columns: {Title of the column: name}"
        raise TableError(Problem("no-names", "no column says which tool a row is", None, hint))
    first = list(islice((row for row in table.rows if not row.blank), LOOKED_AT))
    return _surveyed(table, columns, first, options)


def _format(path: Path, file: str) -> Callable[[Path, str, str], Iterator[Row]]:
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        hint = f"a table is one of {', '.join(FORMATS)}"
        raise TableError(Problem("unknown-format", f"{file} is not a table", None, hint))
    return found


def _surveyed(
    table: Table, columns: tuple[Column, ...], first: list[Row], options: Options
) -> Survey:
    texts = [_texts(first, column) for column in columns]
    shown = tuple(_habits(each, options) for each in texts)
    prices: dict[int, Prices] = {}
    currencies: Counter[str] = Counter()
    for column in columns:
        if column.field is not None and column.field.kind == "money":
            cells = texts[column.number]
            currency, mixed = default_currency(column.currency, cells, options)
            decimals = shown[column.number].decimals
            prices[column.number] = Prices(column.period, currency, mixed, decimals)
            currencies.update(code for text in cells if (code := currency_in(text)))
            currencies.update([column.currency] if column.currency else [])
    table = Table(table.file, table.header, table.header_row, chain(first, table.rows))
    return Survey(table, columns, shown, prices, currencies)


def _habits(texts: Sequence[str], options: Options) -> Habits:
    shown = habits(texts)
    return Habits(options.mapped.decimals or shown.decimals, shown.dates)


def _texts(rows: Sequence[Row], column: Column) -> list[str]:
    """The cells of a column, if anything reads it."""
    if column.field is None:
        return []
    return [plain(row.cells[column.number]) for row in rows if len(row.cells) > column.number]


def read(path: Path, options: Options) -> Iterator[Observation]:
    """Every tool and doubt of a table, one row at a time; raises as `survey` does."""
    found = survey(path, options)
    yield from _unknown_columns(found, options)
    for row in found.table.rows:
        if not row.blank and not _repeats_header(row, found.table):
            yield from _Reading(found, options, row).observations()


def _unknown_columns(found: Survey, options: Options) -> Iterator[Doubt]:
    seen = Seen(NAME, found.table.file, found.table.header_row or None)
    for column in found.columns:
        if column.name and column.field is None and not column.ignored and not options.keep_unknown:
            second = folded(column.name) in spellings()
            message = "a second column for the same" if second else "nobody knows this column"
            hint = "say what it means, in a file for --mapping"
            yield Doubt(seen, column.name, f"{message}; it was not read", hint)


def _repeats_header(row: Row, table: Table) -> bool:
    """Whether the header stands here again, as at the top of a printed page."""
    return tuple(" ".join(cell.split()) for cell in row.cells) == table.header


@dataclass(frozen=True, slots=True)
class _Reading:
    """One row, read."""

    survey: Survey
    options: Options
    row: Row

    @property
    def seen(self) -> Seen:
        return Seen(NAME, self.survey.table.file, self.row.number)

    def observations(self) -> Iterator[Observation]:
        """The tool of the row, and what of it was not understood."""
        name, raw = self._name()
        if not name or len(name) > LONGEST_NAME:
            message = "no name says which tool this is" if not name else "too long for a name"
            yield Doubt(self.seen, self._title("name"), f"{message}; the row was not read")
            return
        vendor = self._plain("vendor")
        if means("totals", name.strip(" :=∑Σ")) and not vendor:
            yield Remark(self.seen, "a row of totals is not a tool, and was left out")
            return
        facts: dict[str, Any] = {}
        doubts = list(self._read_into(facts))
        if vendor and means("in_house", vendor):
            vendor, facts["product"] = None, "none"
        domain = host(self._cell("domain")) or (host(raw) if link(raw) else None)
        yield ToolSeen(name, self.seen, _ordered(facts), vendor, domain)
        yield from doubts

    def _name(self) -> tuple[str, str]:
        """What the row says it is about; in a ledger that is who was paid."""
        for field in ("name", "vendor"):
            raw = self._cell(field)
            name = plain(raw)
            if not says_nothing(name) and name.casefold() not in NOBODY:
                return name, raw
        return "", ""

    def _read_into(self, facts: dict[str, Any]) -> Iterator[Doubt]:
        for column in self.survey.columns:
            text = self.row.cells[column.number] if column.number < len(self.row.cells) else ""
            if column.field is None:
                self._keep(column, plain(text), facts)
            elif column.field.key is not None and text.strip():
                cell = self._read(column, text)
                if cell.value is not None:
                    facts[column.field.key] = cell.value
                elif cell.doubt and column.field.kind == "money":
                    facts["x-cost"] = plain(text)
                if cell.doubt:
                    yield Doubt(self.seen, column.name, cell.doubt, cell.hint, column.field.key)
        if "contract.used" in facts and "contract.seats" not in facts:
            facts.setdefault("users", facts.pop("contract.used"))  # used of what? people who work

    def _read(self, column: Column, text: str) -> Cell:
        assert column.field is not None
        if column.field.kind == "money" and not text.startswith("\x00"):
            return read_price(text, self.survey.prices[column.number], self.options)
        kind = "text" if column.field.kind == "money" else column.field.kind
        return read_cell(kind, text, self.survey.habits[column.number])

    def _keep(self, column: Column, text: str, facts: dict[str, Any]) -> None:
        key = folded(column.name).replace(" ", "-")
        if self.options.keep_unknown and not column.ignored and key and not says_nothing(text):
            facts[f"x-{key}"] = text

    def _cell(self, field: str) -> str:
        for column in self.survey.columns:
            if column.field is not None and column.field.name == field:
                return self.row.cells[column.number] if column.number < len(self.row.cells) else ""
        return ""

    def _plain(self, field: str) -> str | None:
        text = plain(self._cell(field))
        return None if says_nothing(text) else text

    def _title(self, field: str) -> str | None:
        titles = (c.name for c in self.survey.columns if c.field and c.field.name == field)
        return next(titles, None)


_ORDER: Final = (
    "product", "lifecycle", "capabilities", "owner", "operated_by", "bought", "contract",
    "last_used", "users", "access", "classified", "criticality", "region", "dpa", "links", "notes",
)  # fmt: skip


def _ordered(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in the order in which an inventory is best read, one's own keys last."""
    order = {name: number for number, name in enumerate(_ORDER)}
    return dict(sorted(facts.items(), key=lambda pair: order.get(pair[0].split(".")[0], 99)))
