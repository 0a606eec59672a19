"""From the tree of one file to its model, with a place for everything that is wrong.

A long section is validated in pieces, so that a hostile file of millions of mistakes costs no
more than a file with a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter, ValidationError

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

PIECE: Final = 64 * 1024
"""About so many characters are validated at a time."""

_LONG: Final = frozenset(
    {"datasets", "capabilities", "tools", "flows", "contracts", "reviews", "roadmap"}
)

Piece: TypeAlias = "tuple[str, int, dict[str, Any] | list[Any]]"
"""Part of a section: its name, the number of its first entry, the entries."""


def validated(document: Document, problems: list[Problem]) -> InventoryFile | None:
    """The model of a file; None, with its problems added to `problems`, where it is invalid."""
    if not isinstance(document.root, Map):
        return None
    found: list[Problem] = []
    file = _Validation(document.file, document.root, found).run()
    problems.extend(found)
    return None if found else file


@cache
def _adapter() -> TypeAdapter[InventoryFile]:
    return TypeAdapter(InventoryFile)


class _Validation:
    """The validation of one file."""

    def __init__(self, file: str, root: Map, problems: list[Problem]) -> None:
        self.file = file
        self.root = root
        self.problems = problems

    def run(self) -> InventoryFile | None:
        """The model, whole only if there are no problems."""
        if len(self.root) > MAX_KEYS:
            self._too_long(self.root.position)
            return None
        long = {key for key, start, end in _extents(self.root) if end - start > PIECE}
        self._refuse_long_entries(long)
        if self.problems:
            return None
        short = {key: value for key, value in self.root.items() if key not in long}
        file = self._model(short, 0)
        for section in (each for each in self.root if each in long):
            entries = self._section(section)
            if file is not None:
                object.__setattr__(file, section, entries)  # frozen for all but its maker
        return file

    def _refuse_long_entries(self, long: set[str]) -> None:
        for key, start, end in _extents(self.root):
            value = self.root[key]
            if key in _LONG and isinstance(value, (Map, Seq)):
                for number, first, last in _extents(value, end):
                    if last - first > MAX_ENTRY:
                        self._too_long(self.root.lines.position(first))
                        return
                    del number
            else:
                long.discard(key)
                if end - start > MAX_ENTRY:
                    self._too_long(self.root.key_position(key))

    def _too_long(self, position: int) -> None:
        message = "this entry is longer than any of an inventory"
        hint = "keep long documents elsewhere and link to them"
        self.problems.append(Problem("too-long", message, Place(self.file, *unpack(position)), hint))
