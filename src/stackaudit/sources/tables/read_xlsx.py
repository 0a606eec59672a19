"""XLSX: hostile until proven otherwise; values are read, formulas are never evaluated."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from typing import Any, Final

from stackaudit.errors import Problem, UsageError
from stackaudit.sources.tables.cells import NO_VALUE
from stackaudit.sources.tables.columns import folded, spellings
from stackaudit.sources.tables.table import (
    MAX_CELL,
    MAX_COLUMNS,
    SEARCHED,
    Row,
    check_regular,
    problem,
)

MAX_UNPACKED: Final = 512 * 1024 * 1024
MAX_HELD: Final = 64 * 1024 * 1024
"""Bytes of a part that the library holds in memory whole; sheets come row by row."""
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 200
"""Spreadsheets shrink ten to forty times; more is a bomb."""
MAX_BLANK: Final = 10_000
"""After so many blank rows nothing else is looked for: they were only formatted."""


def rows(path: Path, file: str, _encoding: str = "utf-8") -> Iterator[Row]:
    """The rows of the sheet that looks most like a table of tools.

    Raises TableError for what is no spreadsheet or too much of one, UsageError if the packages
    that read it are not installed.
    """
    check_regular(path, file)
    formulas = _check_archive(path, file)
    library = _library()
    try:
        with _book(library, path, values=True) as book:
            if not formulas:
                yield from _best_filled(book.worksheets, None, file)
                return
            with _book(library, path, values=False) as other:
                yield from _best_filled(book.worksheets, other.worksheets, file)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, OSError,
            zipfile.BadZipFile, zlib.error, SyntaxError):  # fmt: skip
        raise problem(file, 1, "not a spreadsheet that can be read", "export it as CSV") from None


def _library() -> Any:
    try:
        import defusedxml  # type: ignore[import-untyped,unused-ignore]  # noqa: F401
        import openpyxl  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        hint = "pip install 'stackaudit[xlsx]', or export the table as CSV"
        message = "reading XLSX needs two more packages"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
    # it warns of what it leaves out (validations, styles), which no table needs
    warnings.filterwarnings("ignore", module="openpyxl")
    return openpyxl


@contextmanager
def _book(library: Any, path: Path, *, values: bool) -> Iterator[Any]:
    """The workbook row by row; links to other files are not followed, macros not loaded."""
    book = library.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def _check_archive(path: Path, file: str) -> bool:
    """Refuse archives that unpack into more than a table needs; whether there are formulas."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if _too_much(parts):
                message = "the file unpacks into far more than a table needs"
                raise problem(file, 1, message, "ask the sender for a CSV export")
            sheets = [p for p in parts if p.filename.startswith("xl/worksheets/")]
            return any(_has_formula(archive, sheet) for sheet in sheets)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        hint = "export the table as XLSX or CSV"
        raise problem(file, 1, "not an XLSX file", hint) from None


def _too_much(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    held = [p.file_size for p in parts if not p.filename.startswith("xl/worksheets/")]
    return (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED
        or max(held, default=0) > MAX_HELD
        or unpacked > MAX_RATIO * max(packed, 1) + 1024 * 1024
    )


def _has_formula(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(sheet) as stream:
        while block := stream.read(1 << 20):
            if b"<f>" in tail + block or b"<f " in tail + block or b":f" in tail + block:
                return True
            tail = block[-2:]
    return False


def _best_filled(sheets: list[Any], formulas: list[Any] | None, file: str) -> Iterator[Row]:
    """The rows of the sheet whose first rows have the most names of columns; of several, the first.

    A summary or a cover often stands before the table.
    """
    best, most = -1, -1
    for number, sheet in enumerate(sheets):
        first = list(islice(_sheet(sheet, None, file), SEARCHED))
        fit = max((_known_names(row) for row in first), default=-1)
        if fit > most:
            best, most = number, fit
    if best >= 0:
        yield from _sheet(sheets[best], formulas[best] if formulas else None, file)


def _known_names(row: Row) -> int:
    return sum(folded(cell) in spellings() for cell in row.cells if cell)


def _sheet(sheet: Any, formulas: Any, file: str) -> Iterator[Row]:
    """The rows that have something in them.

    What the sheet says of its size is not asked: it may claim to reach to the last cell there can
    be, and would be filled up to it.
    """
    blank = 0
    sheet.reset_dimensions()
    if formulas is not None:
        formulas.reset_dimensions()
    below = formulas.iter_rows(values_only=True) if formulas is not None else repeat(())
    pairs = zip(sheet.iter_rows(values_only=True), below, strict=False)
    for number, (cells, behind) in enumerate(pairs, 1):
        if len(cells) > MAX_COLUMNS and any(each is not None for each in cells[MAX_COLUMNS:]):
            raise problem(file, number, f"more than {MAX_COLUMNS:,} columns", "is it a table?")
        row = Row(number, tuple(_texts(cells[:MAX_COLUMNS], behind)))
        if row.blank:
            blank += 1
            if blank == MAX_BLANK:
                return
            continue
        blank = 0
        yield row


def _texts(cells: tuple[Any, ...], formulas: tuple[Any, ...]) -> Iterator[str]:
    for number, cell in enumerate(cells):
        behind = formulas[number] if number < len(formulas) else None
        yield NO_VALUE if cell is None and _is_formula(behind) else _text(cell)


def _is_formula(value: Any) -> bool:
    """Text that begins as formulas do, or one of the library's own kinds of formulas."""
    if isinstance(value, str):
        return value.startswith("=")
    return type(value).__name__.endswith("Formula")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".removesuffix(".00")
    return str(value)[:MAX_CELL]
