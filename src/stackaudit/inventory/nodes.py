"""What the reader makes of YAML: plain containers that know where they stand.

A scalar is `str`, or None where the file says `~`, `null` or nothing; a mapping is a
:class:`Map`, a sequence a :class:`Seq`. An inventory of 15,000 tools has more than a million
positions, so each is kept as one small number, its offset in the text, and becomes a line and
a column (a *packed* position, see :func:`unpack`) when somebody asks.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import Any, Final, TypeAlias

COLUMN_BITS: Final = 27
"""A file holds at most 64 MiB (2**26 bytes), so a column always fits."""

FEW: Final = 64
"""So many keys are looked through one by one; more get an index of their own."""

Node: TypeAlias = "str | Map | Seq | None"


def pack(line: int, column: int) -> int:
    """One integer for a position; both count from 0, as the parser's marks do."""
    return line << COLUMN_BITS | column


def unpack(position: int) -> tuple[int, int]:
    """The line and column of a packed position, both counted from 1, as people do."""
    return (position >> COLUMN_BITS) + 1, (position & (1 << COLUMN_BITS) - 1) + 1


class Lines:
    """Where each line of a text begins; a line ends with LF, CR LF or CR."""

    __slots__ = ("_starts", "end")

    def __init__(self, text: str) -> None:
        self.end = len(text)
        lines = text.splitlines(keepends=True)
        self._starts = array("I", accumulate(map(len, lines), initial=0))
        if len(lines) and not lines[-1].endswith(("\n", "\r")):
            self._starts.pop()

    def position(self, offset: int) -> int:
        """The packed position of an offset in the text, counted in characters."""
        line = bisect_right(self._starts, offset) - 1
        return pack(line, offset - self._starts[line])


class Map(dict[str, Any]):
    """A mapping with the position of itself, of every key and of every value."""

    __slots__ = ("_index", "has_own_keys", "lines", "marks", "numbers", "offset")

    def __init__(self, offset: int, lines: Lines) -> None:
        super().__init__()
        self.offset = offset
        self.lines = lines
        self.marks: array[int] = array("I")
        """The offset of each key and its value, in turn."""
        self.has_own_keys = False
        """Whether a key begins with `x-`."""
        self.numbers: dict[float, str] | None = None
        """Keys that other YAML readers take for numbers, by their value (see the reader)."""
        self._index: dict[str, int] | None = None

    @property
    def position(self) -> int:
        """Where the mapping begins."""
        return self.lines.position(self.offset)

    def key_position(self, key: str) -> int:
        """Where the key stands; raises KeyError for a key that is not there."""
        return self.lines.position(self.marks[2 * self._at(key)])

    def value_position(self, key: str) -> int:
        """Where the value of the key begins; raises KeyError for a key that is not there."""
        return self.lines.position(self.marks[2 * self._at(key) + 1])

    def drop(self, key: Any) -> Any:
        """Take a key out, with its positions; returns its value."""
        at = self._at(key)
        del self.marks[2 * at : 2 * at + 2]
        self._index = None
        return self.pop(key)

    def _at(self, key: Any) -> int:
        if key not in self:
            raise KeyError(key)
        if len(self) <= FEW:
            return list(self).index(key)
        if self._index is None:
            self._index = {name: number for number, name in enumerate(self)}
        return self._index[key]


class Seq(list[Any]):
    """A sequence with the position of itself and of every item."""

    __slots__ = ("lines", "marks", "offset")

    def __init__(self, offset: int, lines: Lines) -> None:
        super().__init__()
        self.offset = offset
        self.lines = lines
        self.marks: array[int] = array("I")
        """The offset of each item."""

    @property
    def position(self) -> int:
        """Where the sequence begins."""
        return self.lines.position(self.offset)

    def item_position(self, number: int) -> int:
        """Where the item begins; raises IndexError for an item that is not there."""
        return self.lines.position(self.marks[number])


def walk(node: Node, path: tuple[str | int, ...]) -> int | None:
    """The position of what `path` leads to: of the key in a mapping, of the item in a sequence.

    Parts that lead nowhere (a union's branch name, a key that is not there) are skipped, so
    that the answer is the nearest place the file has; None when nothing has a position.
    """
    found: int | None = getattr(node, "position", None)
    for part in path:
        if isinstance(node, Map) and isinstance(part, str) and part in node:
            found = node.key_position(part)
            node = node[part]
        elif isinstance(node, Seq) and isinstance(part, int) and part < len(node):
            found = node.item_position(part)
            node = node[part]
    return found


def walk_value(root: Node, path: tuple[str | int, ...]) -> int | None:
    """Like :func:`walk`, but the position of the value rather than of its key.

    None when no part of the path leads anywhere.
    """
    node: Node = root
    position: int | None = None
    for part in path:
        if isinstance(node, Map) and isinstance(part, str) and part in node:
            position = node.value_position(part)
            node = node[part]
        elif isinstance(node, Seq) and isinstance(part, int) and part < len(node):
            position = node.item_position(part)
            node = node[part]
    return position
