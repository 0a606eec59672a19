"""The effective configuration."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from stackaudit.config.effective import Setting
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.table import Column, gap_of, write_table


def report_settings(settings: Sequence[Setting], console: Console) -> None:
    """Each setting with its value and who says so."""
    columns = [Column("setting", least=20), Column("value", least=10), Column("from")]
    with Page(console) as page:
        rows = [((each.name, "type"), each.value, each.origin) for each in settings]
        write_table(page, columns, rows, indent=0, gap=gap_of(page))
