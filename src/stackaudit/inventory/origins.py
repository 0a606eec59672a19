"""Where every entry of an inventory stands, found when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.inventory.nodes import Map, Node, Seq, unpack
from stackaudit.inventory.reader import Document

Step: TypeAlias = "tuple[Any, Any]"
"""A Map or Seq, and the key or the number of one thing in it."""

SECTIONS_BY_ID: Final = ("datasets", "capabilities", "tools", "contracts", "reviews")
"""Sections that are mappings of ids to entries."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The files of an inventory as read, and which of them has which entry."""

    documents: tuple[Document, ...]
    listed: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    """Section → id → document and number in the list, for entries of lists (flows, roadmap,
    observations)."""
    declared: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Section → id → document, for entries of mappings."""
    places: dict[tuple[str | int | None, ...], tuple[bool, Place]] = field(
        default_factory=dict, repr=False, compare=False
    )
    """By path, what was asked for; the files do not change."""

    @property
    def main_file(self) -> str:
        """The name of the file that includes the others."""
        return self.documents[0].file

    def place(self, section: str, entry: str | None = None, *keys: str | int) -> Place:
        """The place of an entry, or of the deepest of its keys that the files have."""
        return self.found(section, entry, *keys)[1]

    def found(self, section: str, entry: str | None = None, *keys: str | int) -> tuple[bool, Place]:
        """Whether the files say anything at this path, and its place, or the nearest above."""
        path = (section, entry, *keys)
        known = self.places.get(path)
        if known is None:
            known = self.places[path] = self._found(section, entry, keys)
        return known

    def _found(
        self, section: str, entry: str | None, keys: tuple[str | int, ...]
    ) -> tuple[bool, Place]:
        deepest: tuple[Document, list[Step]] | None = None
        for document, step in self._starts(section, entry):
            way = _way(step, keys)
            if len(way) == len(keys) + 1 and _value(way[-1]) is not None:
                return True, _place(document, way)  # not where another file leaves it empty
            if deepest is None or len(way) > len(deepest[1]):
                deepest = (document, way)
        return False, Place(self.main_file, 1, 1) if deepest is None else _place(*deepest)

    def states(self, section: str, entry: str | None = None, *keys: str | int) -> bool:
        """Whether the files say anything, if only `none`, at this path."""
        return self.node(section, entry, *keys) is not None

    def node(self, section: str, entry: str | None = None, *keys: str | int) -> Node:
        """What the files say at this path, as text and plain containers; None if nothing."""
        for _, step in self._starts(section, entry):
            way = _way(step, keys)
            found: Node = _value(way[-1]) if len(way) == len(keys) + 1 else None
            if found is not None:
                return found
        return None

    def _starts(self, section: str, entry: str | None) -> Sequence[tuple[Document, Step]]:
        """Where the path begins: in one file for an entry, in each that has it for a section."""
        if entry is None:
            return [
                (document, (document.root, section))
                for document in self.documents
                if isinstance(document.root, Map) and section in document.root
            ]
        found: tuple[int, int | str] | None = None
        if section in self.listed:
            found = self.listed[section].get(entry)
        if found is None and entry in self.declared.get(section, ()):
            found = self.declared[section][entry], entry
        if found is None:
            return ()
        document = self.documents[found[0]]
        return ((document, (_value((document.root, section)), found[1])),)


def declared(documents: tuple[Document, ...]) -> Mapping[str, Mapping[str, int]]:
    """Section → id → number of the first document that declares it (see :class:`Origins`)."""
    found: dict[str, dict[str, int]] = {section: {} for section in SECTIONS_BY_ID}
    for number, document in enumerate(documents):
        for section, ids in found.items():
            node = document.root.get(section) if isinstance(document.root, Map) else None
            for entry in node if isinstance(node, Map) else ():
                ids.setdefault(entry, number)
    return found


def _way(start: Step, keys: tuple[str | int, ...]) -> list[Step]:
    """The steps from `start` along `keys`, as far as the file goes."""
    way = [start]
    for key in keys:
        node = _value(way[-1])
        if not _leads_on(node, key):
            break
        way.append((node, key))
    return way


def _place(document: Document, way: list[Step]) -> Place:
    return Place(document.file, *unpack(_position(way[-1])))


def _leads_on(node: Node, key: str | int) -> bool:
    if isinstance(node, Map):
        return key in node
    return isinstance(node, Seq) and isinstance(key, int) and 0 <= key < len(node)


def _value(step: Step) -> Any:
    owner, key = step
    return owner[key]


def _position(step: Step) -> int:
    owner, key = step
    position: int = owner.item_position(key) if isinstance(owner, Seq) else owner.key_position(key)
    return position
