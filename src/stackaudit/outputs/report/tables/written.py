"""Cells in words, for formats in which all is text."""

from __future__ import annotations

import datetime as dt

from stackaudit.outputs.report.tables.model import Amount, Cell, Lines, Pages, Share
from stackaudit.rules.severity import Severity


def written(cell: Cell, pages: Pages) -> tuple[str, ...]:
    """The lines of a cell as people read them; none for a blank one."""
    language = pages.language
    if cell is None or cell == "":
        return ()
    if isinstance(cell, Lines):
        return cell.texts
    if isinstance(cell, Severity):
        return (language.severity(cell),)
    if isinstance(cell, Amount):
        shown = language.money(cell.value, pages.book.currency)
        return (language.word("at_least", value=shown) if cell.at_least else shown,)
    if isinstance(cell, Share):
        return (language.share(cell.value),)
    if isinstance(cell, dt.date):
        return (language.short_date(cell),)
    return (language.number(cell) if isinstance(cell, int) else cell,)
