"""XLSX: hostile until proven otherwise; values are read, formulas are never evaluated."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stackaudit.errors import Problem, UsageError
from stackaudit.sources.tables.table import MAX_CELL, Row, problem

MAX_UNPACKED: Final = 512 * 1024 * 1024
MAX_PART: Final = 256 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 200
"""Spreadsheets shrink ten to forty times; more is a bomb."""


def rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The rows of the first sheet that has any; raises TableError, UsageError if an extra is missing."""
    _check_archive(path, file)
    openpyxl = _library()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield from _sheet_rows(book.worksheets)
        finally:
            book.close()
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, SyntaxError):
        raise problem(file, 1, "not a spreadsheet that can be read", "export it as CSV") from None


def _library() -> Any:
    try:
        import defusedxml  # type: ignore[import-untyped]  # noqa: F401  # openpyxl uses it if there
        import openpyxl  # type: ignore[import-untyped]
    except ImportError:
        raise UsageError(
            Problem("missing-extra", "reading XLSX needs two more packages", None,
                    "pip install 'stackaudit[xlsx]', or export the table as CSV")  # fmt: skip
        ) from None
    return openpyxl


def _check_archive(path: Path, file: str) -> None:
    """Refuse archives that would unpack into more than any table needs."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise problem(file, 1, "not an XLSX file", "export the table as XLSX or CSV") from None
    sizes = [part.file_size for part in parts]
    packed = sum(part.compress_size for part in parts)
    too_much = (
        len(parts) > MAX_PARTS
        or sum(sizes) > MAX_UNPACKED
        or max(sizes, default=0) > MAX_PART
        or sum(sizes) > MAX_RATIO * max(packed, 1) + 1024 * 1024
    )
    if too_much:
        raise problem(file, 1, "the file unpacks into far more than a table needs",
                      "ask the sender for a CSV export")  # fmt: skip


def _sheet_rows(sheets: list[Any]) -> Iterator[Row]:
    for sheet in sheets:
        found = False
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            found = found or any(cell is not None for cell in cells)
            if found:
                yield Row(number, tuple(_text(cell) for cell in cells))
        if found:
            return


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)[:MAX_CELL]
