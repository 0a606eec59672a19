"""What the first rows of a table show: which columns mean what, how they write numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem
from stackaudit.inventory.files import shown_name
from stackaudit.sources.options import Options
from stackaudit.sources.tables import read_csv, read_lists, read_markdown, read_xlsx
from stackaudit.sources.tables.cells import Habits, habits, plain
from stackaudit.sources.tables.columns import Column, folded, recognized, spellings
from stackaudit.sources.tables.money import Prices, default_currency
from stackaudit.sources.tables.numbers import currency_in
from stackaudit.sources.tables.table import Row, Table, TableError, with_header

NAME: Final = "table"
LOOKED_AT: Final = 1_000
"""Rows that show how a column writes numbers and dates, before the first is read."""

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

    by_field: Mapping[str, Column]
    """The column of each meaning; asked for every cell, so looked up once."""
    is_ledger: bool
    """Whether a row is a payment: it has a day of its own, and an amount for no period."""
    lists_flows: bool
    """Whether a row is a flow: it names where data comes from, and where it goes."""

    def column(self, field: str) -> Column | None:
        """The column that means this."""
        return self.by_field.get(field)


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
    columns = _of_one_kind(recognized(table.header, stated))
    first = list(islice((row for row in table.rows if not row.blank), LOOKED_AT))
    found = _surveyed(table, columns, first, options)
    if not (found.column("name") or found.column("vendor") or found.lists_flows):
        hint = "say which, in a file for --mapping: columns: {Title of the column: name}"
        raise TableError(Problem("no-names", "no column says which tool a row is", None, hint))
    return found


def _of_one_kind(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Without what columns mean in tables of flows, unless both ends of a flow are named."""
    ends = {each.field.name for each in columns if each.field} & {"flow_from", "flow_to"}
    if len(ends) > 1:
        return tuple(columns)
    return tuple(
        replace(each, field=None) if each.field and each.field.of_flows else each
        for each in columns
    )


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
        elif column.field is not None and column.field.kind == "currency":
            named = texts[column.number]
            currencies.update(code for text in named if (code := currency_in(text)))
    table = Table(table.file, table.header, table.header_row, chain(first, table.rows))
    by_field: dict[str, Column] = {}
    for column in columns:
        if column.field is not None:
            by_field.setdefault(column.field.name, column)
    price = by_field.get("cost")
    return Survey(
        table,
        columns,
        shown,
        prices,
        currencies,
        by_field,
        is_ledger="paid_on" in by_field and price is not None and price.period is None,
        lists_flows="flow_from" in by_field and "flow_to" in by_field,
    )


def _habits(texts: Sequence[str], options: Options) -> Habits:
    shown = habits(texts)
    return Habits(options.mapped.decimals or shown.decimals, shown.dates)


def _texts(rows: Sequence[Row], column: Column) -> list[str]:
    """The cells of a column, if anything reads it."""
    if column.field is None:
        return []
    return [plain(row.cells[column.number]) for row in rows if len(row.cells) > column.number]
