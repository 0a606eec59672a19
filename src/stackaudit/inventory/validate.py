"""From the tree of one file to its model, with a place for everything that is wrong.

A long section is validated in pieces, so that a hostile file of millions of mistakes costs no
more than a file with a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem
from stackaudit.inventory.model import InventoryFile
from stackaudit.inventory.nodes import Map, Seq, unpack
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import Document

MAX_PROBLEMS: Final = 1_000
"""Validation of a file stops after so many problems."""

MAX_KEYS: Final = 1_000
"""More keys than the top of any file has."""

MAX_ENTRY: Final = 512 * 1024
"""The longest entry, in characters: several times the longest text."""

PIECE: Final = 16 * 1024
"""About so many characters are validated at a time."""

_LONG: Final = frozenset(
    {
        "datasets",
        "capabilities",
        "tools",
        "flows",
        "contracts",
        "reviews",
        "roadmap",
        "observations",
    }
)


def validated(document: Document, problems: list[Problem]) -> InventoryFile | None:
    """The model of a file; None, with its problems added to `problems`, where it is invalid."""
    if not isinstance(document.root, Map):
        return None
    validation = _Validation(document.file, document.root)
    file = validation.run()
    problems.extend(validation.problems)
    return None if validation.problems else file


@cache
def _adapter() -> TypeAdapter[InventoryFile]:
    return TypeAdapter(InventoryFile)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Consecutive entries of a section, and the number of the first of them."""

    section: str
    first: int
    entries: dict[str, Any] | list[Any]


@dataclass(slots=True)
class _Validation:
    """The validation of one file; its model is right only if there are no problems."""

    file: str
    root: Map
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> InventoryFile | None:
        if len(self.root) > MAX_KEYS:
            self._too_long(self.root.position)
            return None
        short: dict[str, Any] = {}
        pieces: list[_Piece] = []
        for key, start, end in _extents(self.root, self.root.lines.end):
            value = self.root[key]
            if key.startswith("x-"):
                continue
            if end - start > PIECE and key in _LONG and isinstance(value, (Map, Seq)):
                pieces.extend(self._pieces(key, value, end))
            elif end - start > MAX_ENTRY:
                self._too_long(self.root.key_position(key))
            else:
                short[key] = value
        return None if self.problems else self._whole(short, pieces)

    def _pieces(self, section: str, node: Map | Seq, end: int) -> Iterator[_Piece]:
        """The section in pieces of about the length :data:`PIECE`."""
        values = list(node.items()) if isinstance(node, Map) else list(node)
        make = dict if isinstance(node, Map) else list
        first, first_start = 0, None
        for number, (_, start, stop) in enumerate(_extents(node, end)):
            if stop - start > MAX_ENTRY:
                self._too_long(node.lines.position(start))
                return
            if first_start is None:
                first_start = start
            if stop - first_start > PIECE:
                yield _Piece(section, first, make(values[first : number + 1]))
                first, first_start = number + 1, None
        if first < len(values):
            yield _Piece(section, first, make(values[first:]))

    def _whole(self, short: dict[str, Any], pieces: list[_Piece]) -> InventoryFile | None:
        file = self._model(short, 0)
        gathered: dict[str, list[Any]] = {}
        for piece in pieces:
            part = self._model({piece.section: piece.entries}, piece.first)
            if part is not None:
                gathered.setdefault(piece.section, []).append(getattr(part, piece.section))
            if len(self.problems) > MAX_PROBLEMS:
                self._stop()
                return None
        for section, parts in gathered.items() if file is not None else ():
            together = _chained(parts)
            object.__setattr__(file, section, together)  # frozen, but not yet out of this house
        return file

    def _model(self, part: dict[str, Any], first: int) -> InventoryFile | None:
        try:
            return _adapter().validate_python(part)
        except ValidationError as error:
            found = problems_of(error, self.root, self.file, InventoryFile, first)
            self.problems.extend(found)
            return None

    def _too_long(self, position: int) -> None:
        place = Place(self.file, *unpack(position))
        hint = "keep long documents elsewhere and link to them"
        self.problems.append(Problem("too-long", "this is longer than any entry", place, hint))

    def _stop(self) -> None:
        del self.problems[MAX_PROBLEMS:]
        place = max(problem.place for problem in self.problems if problem.place)
        message = f"there are more problems than these {MAX_PROBLEMS:,}"
        self.problems.append(Problem("too-many-problems", message, place, "mend these first"))


def _extents(node: Map | Seq, end: int) -> Iterator[tuple[Any, int, int]]:
    """The key (or number), the start and the end of every entry, as offsets."""
    starts = node.marks[::2] if isinstance(node, Map) else node.marks
    stops = [*starts[1:], end][: len(starts)]
    return zip(node if isinstance(node, Map) else range(len(node)), starts, stops, strict=True)


def _chained(parts: list[Any]) -> dict[str, Any] | tuple[Any, ...]:
    if isinstance(parts[0], dict):
        return {key: value for part in parts for key, value in part.items()}
    return tuple(entry for part in parts for entry in part)
