"""CSV: any separator, with or without a byte order mark, in the encoding the user names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from stackaudit.errors import Problem, UsageError
from stackaudit.sources.tables.table import MAX_CELL, MAX_COLUMNS, Row, problem

SEPARATORS: Final = (";", ",", "\t", "|")
SAMPLE: Final = 64 * 1024


def rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The rows of a CSV file, one at a time; numbered by the line on which each begins.

    Raises TableError for what is not CSV, UsageError for an encoding that does not fit.
    """
    with _opened(path, encoding) as stream:
        yield from _rows(stream, file, encoding)


def _opened(path: Path, encoding: str) -> TextIO:
    name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    try:
        return path.open(encoding=name, newline="")
    except LookupError:
        raise UsageError(
            Problem("bad-option", f"--encoding: there is no encoding {encoding}", None,
                    "write utf-8, cp1252, latin-1 or utf-16")  # fmt: skip
        ) from None


def _rows(stream: TextIO, file: str, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    reader: Iterator[list[str]] | None = None
    line = 1
    try:
        sample = stream.read(SAMPLE)
        rest = _Rejoined(sample, stream)
        found = csv.reader(rest, delimiter=separator(sample), strict=True)
        reader = iter(found)
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                raise problem(file, line, f"more than {MAX_COLUMNS:,} columns", "is this a table?")
            if any("\0" in cell for cell in cells):
                raise problem(file, line, "a NUL character", "export the table again as CSV")
            yield Row(line, tuple(cells))
            line = found.line_num + 1
    except UnicodeDecodeError:
        raise problem(
            file, line, f"the file is not {encoding}", "name its encoding, as in --encoding cp1252",
            "encoding",
        ) from None
    except csv.Error as error:
        message = "a quote is opened and not closed" if "EOF" in str(error) else "not CSV"
        raise problem(file, line, message, "check the quotes from this line on") from None


class _Rejoined:
    """The sample and what follows it, as lines."""

    def __init__(self, sample: str, stream: TextIO) -> None:
        self._lines = io.StringIO(sample + stream.readline(), newline="")
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        yield from self._lines
        yield from self._stream


def separator(sample: str) -> str:
    """The sign that splits the most lines into the same number of cells."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def steadiness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(SEPARATORS, key=steadiness)
