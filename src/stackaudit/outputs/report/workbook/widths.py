"""How wide columns are: as their table says, and wide enough for the words of their heads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from stackaudit.outputs.report.tables.model import Column, Table
from stackaudit.outputs.report.workbook.entries import Filled
from stackaudit.outputs.report.workbook.heights import head_width


def with_heads(found: Filled) -> Filled:
    """The table with columns in which no word of a head is broken."""
    widths = [math.ceil(max(e.width, head_width(e.title))) for e in found.table.columns]
    return replace(found, table=_as_wide(found.table, widths))


def below_one_another(tables: Sequence[Filled]) -> tuple[Filled, ...]:
    """The tables with the widths that their columns have on one sheet."""
    most = max(len(each.table.columns) for each in tables)
    widths = [0.0] * most
    for each in tables:
        own = each.table.columns
        counted = own[:-1] if len(own) < most and is_spread(own) else own
        for number, column in enumerate(counted):
            widths[number] = max(widths[number], column.width)
    return tuple(replace(each, table=_as_wide(each.table, widths)) for each in tables)


def is_spread(columns: Sequence[Column]) -> bool:
    """Whether the last column is for sentences, which may reach over further ones."""
    return columns[-1].kind == "long"


def _as_wide(table: Table, widths: Sequence[float]) -> Table:
    columns = tuple(replace(e, width=w) for e, w in zip(table.columns, widths, strict=False))
    return replace(table, columns=columns)
