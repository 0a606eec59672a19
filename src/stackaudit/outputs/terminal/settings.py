"""The effective configuration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console

from stackaudit.config.effective import Setting
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.table import Column, Row, gap_of, write_table

NARROWEST: Final = 16
"""A value is broken into lines of at least so many cells; what says less cannot be read."""


def report_settings(settings: Sequence[Setting], console: Console) -> None:
    """Each setting with its whole value and who says so."""
    with Page(console) as page:
        gap = gap_of(page)
        sides = [max(map(page.cells, texts), default=0) for texts in zip(
            *((each.name, each.origin) for each in settings), strict=True
        )]  # fmt: skip
        room = max(page.width - sum(sides) - 2 * gap, NARROWEST)
        columns = [Column("setting", least=20), Column("value"), Column("from")]
        rows = [row for each in settings for row in _rows(page, each, room)]
        write_table(page, columns, rows, indent=0, gap=gap)


def _rows(page: Page, setting: Setting, room: int) -> Iterator[Row]:
    first, *more = page.lines(setting.value, room) or [""]
    yield (setting.name, "type"), first, setting.origin
    for line in more:
        yield "", line, ""
