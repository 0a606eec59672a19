"""CSV: any separator, with or without a byte order mark, in the encoding the user names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from stackaudit.errors import Problem, SurroundingsError, UsageError
from stackaudit.sources.tables.table import MAX_CELL, MAX_COLUMNS, Row, check_regular, problem

SEPARATORS: Final = (";", ",", "\t", "|")
LOOKED_AT: Final = 50
"""Lines from which the separator is found."""
MAX_LINE: Final = 4 * 1024 * 1024
"""Characters of a line; a table has no longer ones."""


def rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The rows of a CSV file, one at a time; numbered as a spreadsheet program numbers them.

    A cell with line breaks makes no row more. What is not CSV is told by its line.
    Raises TableError for what is not CSV, UsageError for an encoding that does not exist.
    """
    check_regular(path, file)
    with _opened(path, file, encoding) as stream:
        yield from _rows(stream, file, encoding)


def _opened(path: Path, file: str, encoding: str) -> TextIO:
    name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    try:
        "".encode(name)
        return io.TextIOWrapper(path.open("rb"), encoding=name, newline="")
    except LookupError:
        message = f"--encoding: there is no encoding {encoding}"
        hint = "write utf-8, cp1252, latin-1 or utf-16"
        raise UsageError(Problem("bad-option", message, None, hint)) from None
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise SurroundingsError(Problem("cannot-read", message)) from error


def _rows(stream: TextIO, file: str, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    line = 1
    try:
        lines = _lines(stream, file)
        first = [each for _, each in zip(range(LOOKED_AT), lines, strict=False)]
        found = csv.reader(chain(first, lines), delimiter=separator(first), strict=True)
        for number, cells in enumerate(found, 1):
            if len(cells) > MAX_COLUMNS:
                raise problem(file, line, f"more than {MAX_COLUMNS:,} columns", "is it a table?")
            if any("\0" in cell for cell in cells):
                raise problem(file, line, "a NUL character", "export the table again as CSV")
            yield Row(number, tuple(cells))
            line = found.line_num + 1
    except UnicodeError:
        message = f"the file is not {encoding}"
        hint = "name its encoding, as in --encoding cp1252 or --encoding utf-16"
        raise problem(file, line, message, hint, "encoding") from None
    except csv.Error as error:
        unclosed = "unexpected end" in str(error) or "field limit" in str(error)
        message = "a quote is opened and not closed" if unclosed else "not CSV"
        raise problem(file, line, message, "check the quotes from this line on") from None


def _lines(stream: TextIO, file: str) -> Iterator[str]:
    number = 1
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise problem(file, number, "a line longer than any table has", "is it a table?")
        yield line
        number += 1


def separator(lines: list[str]) -> str:
    """The sign that splits the most lines into the same number of cells."""
    filled = [line for line in lines if line.strip()]

    def steadiness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in filled]
        usual = max(sorted(set(counts) - {0}), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(SEPARATORS, key=steadiness)
