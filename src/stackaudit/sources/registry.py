"""Which sources there are: our own, and those of installed packages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, SurroundingsError, UsageError, did_you_mean
from stackaudit.inventory.files import shown_name
from stackaudit.sources import techstack
from stackaudit.sources.observation import Observation
from stackaudit.sources.options import Options
from stackaudit.sources.tables import source as tables
from stackaudit.sources.tables.survey import FORMATS, NAME
from stackaudit.sources.tables.table import check_regular

GROUP: Final = "stackaudit.sources"
"""The entry point group in which a package names an object that is a Source."""
HEAD: Final = 64 * 1024
"""Bytes from the beginning of a file by which a source recognizes it."""


@runtime_checkable
class Source(Protocol):
    """Something that turns a file into observations, and knows nothing of inventories."""

    @property
    def name(self) -> str:
        """The word for it."""

    @property
    def doc(self) -> str:
        """What it reads, in a phrase."""

    def recognizes(self, path: Path, head: bytes) -> bool:
        """Whether the file is for this source, by its name and its beginning."""

    def read(self, path: Path, options: Options) -> Iterator[Observation]:
        """What the file says, one observation at a time; raises InputError for a bad file."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The source for tables of all formats; the last to be asked, since it takes most files."""

    name: str = NAME
    doc: str = "a table with a row for each tool, payment or flow: CSV, XLSX, JSON, YAML, Markdown"

    def recognizes(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return path.suffix.lower() in FORMATS

    def read(self, path: Path, options: Options) -> Iterator[Observation]:
        return tables.read(path, options)


@dataclass(frozen=True, slots=True)
class TechStack:
    """The source for lists in the style of GitLab's handbook."""

    name: str = techstack.NAME
    doc: str = "a company's tech stack as YAML, in the style of GitLab's handbook"

    def recognizes(self, path: Path, head: bytes) -> bool:
        return techstack.recognizes(path, head)

    def read(self, path: Path, options: Options) -> Iterator[Observation]:
        return techstack.read(path, options)


@cache
def sources() -> tuple[Source, ...]:
    """All sources in the order in which they are asked; those of packages before our tables."""
    added: list[Source] = []
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        try:
            found = point.load()
        except Exception as error:
            message = f"the source {point.name} of an installed package cannot be loaded"
            hint = "update or remove the package"
            raise SurroundingsError(Problem("bad-source", message, None, hint)) from error
        found = found() if isinstance(found, type) else found
        if not isinstance(found, Source):
            message = f"the source {point.name} of an installed package is none"
            raise SurroundingsError(Problem("bad-source", message, None, "ask its makers"))
        added.append(found)
    return (TechStack(), *added, Tables())


def source_of(path: Path, name: str | None = None) -> Source:
    """The source with this name, or the first that recognizes the file; raises UsageError."""
    if name is not None:
        found = next((each for each in sources() if each.name == name), None)
        if found is None:
            names = [each.name for each in sources()]
            hint = did_you_mean(name, names, f"write one of {', '.join(names)}")
            raise UsageError(Problem("no-source", f"there is no source {name}", None, hint))
        return found
    file = shown_name(path)
    head = _head(path, file)
    found = next((each for each in sources() if each.recognizes(path, head)), None)
    if found is None:
        known = "; ".join(each.doc for each in sources())
        raise UsageError(
            Problem("no-source", f"{file} is nothing that can be imported", None, known)
        )
    return found


def _head(path: Path, file: str) -> bytes:
    check_regular(path, file)
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise SurroundingsError(Problem("cannot-read", message)) from error
