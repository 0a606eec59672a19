"""The questions as CSV, to be filled in with any spreadsheet program."""

from __future__ import annotations

import csv
import io
from typing import Final

from stackaudit.figures.questions import Interview
from stackaudit.outputs.answer_sheet import sheet_of

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet program takes for a formula."""


def render(found: Interview) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs guess the encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for line in sheet_of(found).lines():
        writer.writerow([neutral(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """The cell as text for a spreadsheet program, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_LIVE) else cell
