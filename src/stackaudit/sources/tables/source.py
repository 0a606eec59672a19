"""Tables as a source: each row is a tool seen, each cell that was not understood a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from stackaudit.sources.observation import Doubt, Observation, Seen, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables.columns import fields, folded, spellings
from stackaudit.sources.tables.flows import flow_seen
from stackaudit.sources.tables.ledger import Ledger
from stackaudit.sources.tables.row import RowReading
from stackaudit.sources.tables.survey import NAME, Survey, survey
from stackaudit.sources.tables.table import Row, Table


def read(path: Path, options: Options) -> Iterator[Observation]:
    """Every tool, flow and doubt of a table, one row at a time; raises as `survey` does."""
    found = survey(path, options)
    yield from _unknown_columns(found, options)
    rows = (
        RowReading(found, options, row)
        for row in found.table.rows
        if not row.blank and not _repeats_header(row, found.table)
    )
    if found.lists_flows:
        for each in rows:
            yield from flow_seen(each)
        return
    if found.is_ledger:
        yield from _payments(found, options, rows)
        return
    for each in rows:
        yield from each.observations()


def _payments(found: Survey, options: Options, rows: Iterable[RowReading]) -> Iterator[Observation]:
    """The payees of a ledger, when all its rows are read."""
    price = found.column("cost")
    assert price is not None
    prices = found.prices[price.number]
    ledger = Ledger(found.table.file, NAME, prices, options, price.name)
    for row in rows:
        found_in_row = list(row.observations())
        tool = next((each for each in found_in_row if isinstance(each, ToolSeen)), None)
        if tool is None:  # no name, or a row of totals
            yield from found_in_row
            continue
        doubts = [each for each in found_in_row if isinstance(each, Doubt)]
        ledger.add(tool, doubts, row.payment(prices), folded(tool.name))
    yield from ledger.observations()


def _unknown_columns(found: Survey, options: Options) -> Iterator[Doubt]:
    seen = Seen(NAME, found.table.file, found.table.header_row or None)
    for column in found.columns:
        if column.name and column.field is None and not column.ignored and not options.keep_unknown:
            meant = spellings().get(folded(column.name))
            second = meant is not None and (found.lists_flows or not fields()[meant].of_flows)
            message = "a second column for the same" if second else "nobody knows this column"
            hint = "say what it means, in a file for --mapping"
            yield Doubt(seen, column.name, f"{message}; it was not read", hint)


def _repeats_header(row: Row, table: Table) -> bool:
    """Whether the header stands here again, as at the top of a printed page."""
    return tuple(" ".join(cell.split()) for cell in row.cells) == table.header
