"""From files to a Stack: read, include, validate, merge, resolve; all problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem
from stackaudit.inventory.files import (
    MAX_FILES,
    STDIN,
    included,
    read_stdin,
    too_many_files,
)
from stackaudit.inventory.merge import merged
from stackaudit.inventory.nodes import Map, Seq, unpack
from stackaudit.inventory.reader import Budget, Document, read_document
from stackaudit.inventory.references import check_references, names_of
from stackaudit.inventory.stack import Stack
from stackaudit.inventory.tree import DISK, Tree
from stackaudit.inventory.validate import MAX_PROBLEMS, validated

MAX_INCLUDE_DEPTH: Final = 10
"""Files that include files: more levels than anybody can follow."""


def load(path: str | Path, capability_names: Mapping[str, str], tree: Tree = DISK) -> Stack:
    """Read the inventory at `path` (`-`: standard input) with all that it includes.

    `tree` is where files are read: the disk, or a revision. `capability_names` maps every id and
    alias of the taxonomy, in lower case, to its id.
    Raises InventoryError with all problems of all files, SurroundingsError when the disk fails.
    """
    if str(path) == STDIN:
        reading = _Reading(Path.cwd(), tree)
        reading.read(read_stdin(), "<stdin>", None)
    else:
        name = tree.name(Path(path))
        file = tree.real(Path(path))
        reading = _Reading(file.parent, tree)
        reading.read(tree.read(Path(path), name), name, file)  # no name for the bytes: they go
    return _resolved(reading, capability_names)


def load_text(text: str, capability_names: Mapping[str, str], file: str = "<text>") -> Stack:
    """Read an inventory from text, as rule examples and callers in Python have it.

    Text has no folder, so it cannot include files. Raises InventoryError.
    """
    reading = _Reading(None)
    reading.read(text.encode("utf-8", "surrogatepass"), file, None)
    return _resolved(reading, capability_names)


def _resolved(reading: _Reading, capability_names: Mapping[str, str]) -> Stack:
    documents = tuple(reading.documents)
    problems = reading.problems
    files = [validated(document, problems) for document in documents]
    if reading.complete:  # else names may be missing that are declared in what was not read
        names = names_of(documents, capability_names)
        problems.extend(islice(check_references(documents, names), MAX_PROBLEMS))
    stack = merged(documents, files, problems)
    if problems or stack is None:
        raise InventoryError(problems)
    return stack


@dataclass(slots=True)
class _Reading:
    """The files read so far, main file first, each once."""

    root: Path | None
    """The folder that no include may leave; None for text, which has no folder."""
    tree: Tree = DISK
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = True
    """Whether every file could be found and read."""
    budget: Budget = field(default_factory=Budget)
    seen: set[Path] = field(default_factory=set)

    def read(self, data: bytes, name: str, path: Path | None, chain: tuple[Path, ...] = ()) -> None:
        """Read a file and all that it includes; `chain` are the files that lead to it."""
        document = read_document(data, name, self.budget)
        self.documents.append(document)
        self.problems.extend(document.problems)
        if isinstance(document.root, Map):
            if path is not None:
                self.seen.add(path)
                chain = (*chain, path)
            self._includes(document.root, name, path.parent if path else self.root, chain)
            return
        self.complete = False
        if not document.problems:
            hint = "an inventory begins with `stackaudit: 1`"
            problem = Problem(
                "not-an-inventory", "a mapping is meant here", Place(name, 1, 1), hint
            )
            self.problems.append(problem)

    def _includes(self, root: Map, name: str, folder: Path | None, chain: tuple[Path, ...]) -> None:
        patterns = root.get("include")
        if not isinstance(patterns, Seq):
            return
        for number, pattern in enumerate(patterns):
            if isinstance(pattern, str):
                try:
                    at = Place(name, *unpack(patterns.item_position(number)))
                    self._include(pattern, folder, chain, at)
                except InventoryError as error:
                    self.problems.extend(error.problems)
                    self.complete = False
                    if len(self.problems) > MAX_PROBLEMS:
                        return

    def _include(
        self, pattern: str, folder: Path | None, chain: tuple[Path, ...], at: Place
    ) -> None:
        if self.root is None or folder is None:
            hint = "put the inventory into a file"
            raise InventoryError(Problem("no-folder", "text cannot include files", at, hint))
        for file in included(pattern, folder, self.root, at, self.tree):
            if file in chain:
                message = "this file includes itself, if in a roundabout way"
                hint = "remove one of the includes of the circle"
                raise InventoryError(Problem("include-circle", message, at, hint))
            if len(chain) > MAX_INCLUDE_DEPTH:
                message = f"includes within includes, more than {MAX_INCLUDE_DEPTH} levels deep"
                hint = "include the files from the main file"
                raise InventoryError(Problem("include-depth", message, at, hint))
            if file not in self.seen:
                if len(self.seen) >= MAX_FILES:
                    raise too_many_files(at)
                name = self.tree.name(file)
                self.read(self.tree.read(file, name, at), name, file, chain)
