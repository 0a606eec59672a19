"""From files to a Stack: read, include, validate, merge, resolve; all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.errors import InventoryError, Place, Problem
from stackaudit.inventory.files import (
    MAX_FILES,
    STDIN,
    included,
    read_bytes,
    read_stdin,
    shown_name,
)
from stackaudit.inventory.merge import merged
from stackaudit.inventory.model import InventoryFile
from stackaudit.inventory.nodes import Map, Node, Seq, unpack
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import Budget, Document, read_document
from stackaudit.inventory.references import Names, check_references
from stackaudit.inventory.stack import Stack

DEFAULT_FILE: Final = "stack.yaml"


def load(path: str | Path, capability_names: Mapping[str, str]) -> Stack:
    """Read the inventory at `path` (`-`: standard input) with all that it includes.

    `capability_names` maps every id and alias of the taxonomy, in lower case, to its id.
    Raises InventoryError with all problems of all files, SurroundingsError when the disk fails.
    """
    reading = _Reading()
    if str(path) == STDIN:
        reading.start(read_stdin(), "<stdin>", Path.cwd() / "<stdin>")
    else:
        file = Path(path)
        name = shown_name(file)
        reading.start(read_bytes(file, name), name, file.resolve())
    return _resolved(reading, capability_names)


def load_text(text: str, capability_names: Mapping[str, str], file: str = "<text>") -> Stack:
    """Read an inventory from text, as rule examples and callers in Python have it."""
    reading = _Reading()
    reading.start(text.encode("utf-8", "surrogatepass"), file, Path.cwd() / "<text>")
    return _resolved(reading, capability_names)


def _resolved(reading: _Reading, capability_names: Mapping[str, str]) -> Stack:
    documents = tuple(reading.documents)
    problems = reading.problems
    files = [_validated(document, problems) for document in documents]
    names = _names(documents, capability_names)
    problems.extend(check_references(documents, names))
    stack = merged(documents, files, problems)
    if problems or stack is None:
        raise InventoryError(problems)
    return stack


@dataclass(slots=True)
class _Reading:
    """The files read so far, main file first, each once."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    seen: set[Path] = field(default_factory=set)
    root: Path = field(default_factory=Path)

    def start(self, data: bytes, name: str, path: Path) -> None:
        """Read the main file; the folder it is in is the root of the inventory."""
        self.root = path.parent
        self._read(data, name, path, (path,))

    def _read(self, data: bytes, name: str, path: Path, chain: tuple[Path, ...]) -> None:
        self.seen.add(path)
        document = read_document(data, name, self.budget)
        self.documents.append(document)
        self.problems.extend(document.problems)
        if isinstance(document.root, Map):
            self._includes(document.root, name, path, chain)
        elif not document.problems:
            hint = "an inventory begins with `stackaudit: 1`"
            place = Place(name, 1, 1)
            self.problems.append(Problem("not-an-inventory", "a mapping is meant here", place, hint))

    def _includes(self, root: Map, name: str, path: Path, chain: tuple[Path, ...]) -> None:
        patterns = root.get("include")
        if not isinstance(patterns, Seq):
            return
        for number, pattern in enumerate(patterns):
            if isinstance(pattern, str):
                at = Place(name, *unpack(patterns.item_position(number)))
                try:
                    self._include(pattern, path, chain, at)
                except InventoryError as error:
                    self.problems.extend(error.problems)

    def _include(self, pattern: str, path: Path, chain: tuple[Path, ...], at: Place) -> None:
        for found in included(pattern, path.parent, self.root, at):
            file = found.resolve()
            if file in chain:
                raise InventoryError(
                    Problem("include-circle", "this file includes itself, if in a roundabout way",
                            at, "remove one of the includes of the circle")  # fmt: skip
                )
            if file in self.seen:
                continue
            if len(self.seen) >= MAX_FILES:
                raise InventoryError(
                    Problem("too-many-files", f"more than {MAX_FILES:,} files", at, "name fewer")
                )
            name = shown_name(found)
            self._read(read_bytes(found, name, at), name, file, (*chain, file))


@cache
def _adapter() -> TypeAdapter[InventoryFile]:
    return TypeAdapter(InventoryFile)


def _validated(document: Document, problems: list[Problem]) -> InventoryFile | None:
    if not isinstance(document.root, Map):
        return None
    try:
        return _adapter().validate_python(document.root)
    except ValidationError as error:
        problems.extend(problems_of(error, document.root, document.file, InventoryFile))
        return None


def _names(documents: tuple[Document, ...], capability_names: Mapping[str, str]) -> Names:
    """Every id that any file declares, whether or not the rest of the entry is right."""

    def keys(section: str) -> frozenset[str]:
        return frozenset(key for node in _sections(documents, section) if isinstance(node, Map)
                         for key in node)  # fmt: skip

    roadmap = frozenset(
        item["id"]
        for node in _sections(documents, "roadmap")
        if isinstance(node, Seq)
        for item in node
        if isinstance(item, Map) and isinstance(item.get("id"), str)
    )
    return Names(
        tools=keys("tools"),
        datasets=keys("datasets"),
        capabilities=keys("capabilities") | frozenset(capability_names.values()),
        roadmap=roadmap,
        capability_aliases=capability_names,
    )


def _sections(documents: tuple[Document, ...], section: str) -> list[Node]:
    return [doc.root[section] for doc in documents if isinstance(doc.root, Map) and section in doc.root]
