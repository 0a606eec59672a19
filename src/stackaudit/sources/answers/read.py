"""A filled sheet of questions, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path as File
from typing import Any, Final

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem, did_you_mean, quoted
from stackaudit.inventory.files import shown_name
from stackaudit.inventory.stack import Stack
from stackaudit.rules.asking import (
    FIRST,
    NOT_ASKED,
    Path,
    Topic,
    topic_of,
    topics,
    written_as,
)
from stackaudit.sources.answers.cells import read_answer
from stackaudit.sources.tables import read_csv, read_xlsx
from stackaudit.sources.tables.table import Row, Table, TableError, with_header

_KEY: Final = re.compile(r"\[([a-z_]+(?:\.[a-z0-9_.-]+)?)\]\s*$")
"""How a column says which key it asks for, whatever people make of its words."""
_SUFFIXES: Final = {".csv": read_csv.rows, ".tsv": read_csv.rows, ".txt": read_csv.rows,
                    ".xlsx": read_xlsx.rows}  # fmt: skip
SECTIONS: Final = (
    "tools", "flows", "datasets", "capabilities", "contracts", "reviews", "roadmap", "observations",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody stated in a cell."""

    path: Path
    value: Any
    """As the inventory writes it: a text, a list, a mapping."""
    place: Place
    """The row and the column of the sheet, both from 1."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of a sheet, and how many of its questions are left."""

    file: str
    given: tuple[Answer, ...]
    empty: int


def read_answers(path: File, stack: Stack, encoding: str = "utf-8") -> Answers:
    """The answers of a sheet about a stack.

    Raises TableError with every cell that is not understood, UsageError and SurroundingsError as
    the tables do.
    """
    file = shown_name(path)
    reading = _Reading(_opened(path, file, encoding), stack)
    given = tuple(reading.answers())
    if reading.problems:
        raise TableError(reading.problems)
    return Answers(file, given, reading.empty)


def _opened(path: File, file: str, encoding: str) -> Table:
    rows = _SUFFIXES.get(path.suffix.lower())
    if rows is None:
        hint = "name a .csv or .xlsx file that `stackaudit questions -o` wrote"
        raise TableError(Problem("unknown-format", f"{file} is not a sheet of answers", None, hint))
    return with_header(rows(path, file, encoding), file, _Known())


def _first() -> frozenset[str]:
    """The columns before the questions, in every language."""
    return frozenset(name for at in range(len(FIRST)) for name in written_as("first", at))


class _Known:
    """The names of columns of a sheet, for finding its header."""

    def __contains__(self, cell: object) -> bool:
        return isinstance(cell, str) and (cell in _first() or _KEY.search(cell) is not None)


class _Reading:
    """One pass over the rows of a sheet."""

    def __init__(self, table: Table, stack: Stack) -> None:
        self.table = table
        self.stack = stack
        self.problems: list[Problem] = []
        self.empty = 0
        self.section, self.entry = (self._named(name) for name in ("section", "id"))
        self.columns = self._columns()

    def _named(self, name: str) -> int:
        names = written_as("first", FIRST.index(name))
        found = next((at for at, each in enumerate(self.table.header) if each in names), None)
        if found is None:
            place = Place(self.table.file, self.table.header_row, 1)
            hint = "use a sheet that `stackaudit questions -o` wrote, and keep its columns"
            raise TableError(Problem("no-column", f"there is no column `{name}`", place, hint))
        return found

    def _columns(self) -> Mapping[int, Topic]:
        """What each column asks for; columns that people added say nothing."""
        found: dict[int, Topic] = {}
        for number, name in enumerate(self.table.header):
            match = _KEY.search(name)
            if match is None:
                continue
            section, _, key = match[1].partition(".")
            if section in SECTIONS:
                found[number] = topic_of(Path(section, "", key))
                continue
            hint = did_you_mean(match[1], topics())
            self._problem("unknown-key", f"there is no key {quoted(match[1])}",
                          self.table.header_row, number, hint)  # fmt: skip
        return found

    def answers(self) -> Iterator[Answer]:
        """The cells that answer something, row by row."""
        for row in self.table.rows:
            section = _cell(row, self.section)
            if row.blank or section in written_as("hints") | written_as("whom"):
                continue
            if self._is_entry(row, section):
                yield from self._row(row, section, _cell(row, self.entry))

    def _is_entry(self, row: Row, section: str) -> bool:
        if section not in SECTIONS:
            hint = did_you_mean(section, SECTIONS, f"it is one of {', '.join(SECTIONS)}")
            self._problem("unknown-section", "there is no such section", row.number,
                          self.section, hint)  # fmt: skip
            return False
        known = self._entries(section)
        entry = _cell(row, self.entry)
        if entry in known:
            return True
        hint = did_you_mean(entry, known, "leave the id as it was written")
        message = f"the inventory has no {quoted(entry)} under {section}"
        self._problem("unknown-entry", message, row.number, self.entry, hint)
        return False

    def _entries(self, section: str) -> Collection[str]:
        """The ids that may be answered for; some need no entry yet to have one written."""
        if section == "reviews":
            return self.stack.tools
        declared: Mapping[str, Any] = getattr(self.stack, section)
        if section == "capabilities":
            return {*declared, *by_alias().values()}
        return declared

    def _row(self, row: Row, section: str, entry: str) -> Iterator[Answer]:
        for number, topic in self.columns.items():
            text = _cell(row, number)
            if text in ("", NOT_ASKED):
                self.empty += not text
                continue
            if topic.section != section:
                message = f"{topic.name} is not asked of {section}"
                self._problem("wrong-cell", message, row.number, number, "empty this cell")
                continue
            answer = self._answer(row.number, number, topic, entry, text)
            if answer is not None:
                yield answer

    def _answer(self, row: int, number: int, topic: Topic, entry: str, text: str) -> Answer | None:
        cell = read_answer(topic, text, self.stack)
        if cell.value is not None:
            place = Place(self.table.file, row, number + 1)
            return Answer(Path(topic.section, entry, topic.key), cell.value, place)
        if cell.doubt is not None:
            message = f"{quoted(entry)}, {topic.name}: {cell.doubt}"
            self._problem("bad-answer", message, row, number, cell.hint)
        else:
            self.empty += 1
        return None

    def _problem(self, code: str, message: str, row: int, number: int, hint: str | None) -> None:
        self.problems.append(cell_problem(code, message, Place(self.table.file, row, number + 1),
                                          hint))  # fmt: skip


def cell_problem(code: str, message: str, place: Place, hint: str | None) -> Problem:
    """A problem with a cell, named as spreadsheet programs name it: row 4, column F."""
    where = f"row {place.line}, column {letters(place.column)}"
    return Problem(code, f"{where}: {message}", place, hint)


def letters(column: int) -> str:
    """A column as spreadsheet programs write it: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _cell(row: Row, number: int) -> str:
    return row.cells[number].strip() if number < len(row.cells) else ""
