"""A table as all formats give it: a header, and rows of text that come one at a time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import InputError, Place, Problem, SurroundingsError

MAX_COLUMNS: Final = 1_000
MAX_CELL: Final = 32_767
"""As many characters as a cell of a spreadsheet can hold."""

SEARCHED: Final = 20
"""The header is looked for in so many first rows."""


class TableError(InputError):
    """A table cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it."""

    file: str
    header: tuple[str, ...]
    header_row: int
    rows: Iterator[Row]


def problem(file: str, row: int, message: str, hint: str, code: str = "bad-table") -> TableError:
    """An error at a row of a table."""
    return TableError(Problem(code, message, Place(file, max(row, 1), 1), hint))


def check_regular(path: Path, file: str) -> None:
    """Refuse what is not there or is no ordinary file, before it is opened."""
    try:
        ordinary, there = path.is_file(), path.exists()
    except (OSError, ValueError) as error:
        raise SurroundingsError(Problem("cannot-read", f"{file} cannot be read")) from error
    if not ordinary:
        message = f"{file} is not a regular file" if there else f"there is no file {file}"
        code = "not-a-file" if there else "no-file"
        raise TableError(Problem(code, message, None, "check the name and the folder"))


def with_header(rows: Iterable[Row], file: str, known: Container[str]) -> Table:
    """The table whose header is the row, of the first ones, that has most of the known names.

    `known` says of a cell whether it is the name of a column. Titles and blank lines above the
    header are left out. Raises TableError if there is nothing in the first rows.
    """
    iterator = iter(rows)
    first: list[Row] = []
    for row in iterator:
        if len(row.cells) > MAX_COLUMNS:
            raise problem(file, row.number, f"more than {MAX_COLUMNS:,} columns", "is it a table?")
        first.append(row)
        if len(first) == SEARCHED:
            break
    best = max(first, key=lambda row: (_fit(row, known), -row.number), default=None)
    if best is None or best.blank:
        hint = "it needs a row of column names, and rows below it"
        raise problem(file, 1, "the table is empty", hint)
    start = first.index(best)
    header = tuple(" ".join(cell.split()) for cell in best.cells)

    def below() -> Iterator[Row]:
        yield from first[start + 1 :]
        yield from iterator

    return Table(file, header, best.number, below())


def _fit(row: Row, known: Container[str]) -> tuple[int, int]:
    cells = [" ".join(cell.split()) for cell in row.cells]
    return sum(cell in known for cell in cells if cell), min(sum(bool(cell) for cell in cells), 3)
