"""The questions as CSV, to be filled in with any spreadsheet program."""

from __future__ import annotations

import csv
import io

from stackaudit.figures.questions import Interview
from stackaudit.outputs.answer_sheet import sheet_of
from stackaudit.outputs.encode.csv_cells import neutral


def render(found: Interview) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs guess the encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for line in sheet_of(found).lines():
        writer.writerow([neutral(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")
