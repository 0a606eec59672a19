"""The findings as CSV, one a line, for spreadsheets and databases."""

from __future__ import annotations

import csv
import io
from typing import Final

from stackaudit.outputs.document import Finding, Money, Report
from stackaudit.outputs.encode.csv_cells import neutral
from stackaudit.outputs.encode.text import cut
from stackaudit.outputs.items import Item, items, waiver_words

LONGEST: Final = 32_000
"""Excel holds 32,767 characters in a cell."""

COLUMNS: Final = (
    "status", "gates", "severity", "category", "rule", "title", "subjects", "subject", "message",
    "fix", "lead", "effort", "saves_a_year", "at_stake_a_year", "currency", "file", "line",
    "path", "waiver", "note", "fingerprint",
)  # fmt: skip


def render(report: Report) -> str:
    """The findings, the most important first, under a line of names; CRLF, as RFC 4180 has it.

    It begins with a byte order mark, without which spreadsheet programs guess the encoding.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    found = {each.fingerprint: each for each in report.findings}
    for item in items(report):
        cells = _cells(item, found.get(item.fingerprint), report)
        writer.writerow([_cell(each) for each in cells])
    return "\ufeff" + text.getvalue()


def _cell(content: str) -> str:
    """Text, whatever it looks like; a CI log must not take it for a command either."""
    return neutral(cut(content, LONGEST).replace("##", "# #"))


def _cells(item: Item, finding: Finding | None, report: Report) -> list[str]:
    return [
        item.state,
        "yes" if item.gates else "no",
        item.severity,
        item.category,
        item.rule,
        item.title,
        " ".join(item.subjects),
        item.label,
        item.message,
        item.fix,
        finding.lead if finding else "",
        finding.effort if finding else "",
        _amount(finding.saves) if finding else "",
        _amount(finding.costs) if finding else "",
        report.currency or "",
        item.place.file,
        str(item.place.line),
        " > ".join(each.tool for each in item.stops),
        waiver_words(item),
        item.note or "",
        item.fingerprint,
    ]


def _amount(money: Money | None) -> str:
    """The amount alone, so that it can be added up; nothing where it is not known."""
    return "" if money is None or money.amount is None else f"{money.amount:.2f}"
