"""Finds and reads the configuration; a mistake in it is named at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.config.model import Config, ConfigFile
from stackaudit.dataclass import dataclass
from stackaudit.errors import InputError, Place, Problem
from stackaudit.inventory.nodes import Lines, Map, Node, Seq, unpack, walk_value
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import read_document
from stackaudit.inventory.tree import DISK, Tree

YAML_NAME: Final = "stackaudit.yaml"
TOML_NAME: Final = "pyproject.toml"
RECORDS: Final = ("baseline", "waivers")
"""Keys that may name a file which a command is still to write."""


class ConfigError(InputError):
    """The configuration is invalid."""


def find_config(start: Path, tree: Tree = DISK) -> Path | None:
    """The configuration of the folder, or of the nearest folder above in the same repository.

    `stackaudit.yaml` goes before a pyproject.toml that has `[tool.stackaudit]`.
    """
    folder = start.resolve()
    for here in (folder, *folder.parents):
        if tree.is_file(here / YAML_NAME):
            return here / YAML_NAME
        if tree.is_file(here / TOML_NAME) and _has_section(here / TOML_NAME, tree):
            return here / TOML_NAME
        if tree.is_top(here):
            return None
    return None


def _has_section(path: Path, tree: Tree) -> bool:
    data = tree.read(path, tree.name(path))
    return re.search(rb"^\s*\[{1,2}tool\.stackaudit[\].]", data, re.MULTILINE) is not None


def read_config(path: Path | None = None, tree: Tree = DISK) -> Config:
    """The configuration at `path`, or the one found from the current folder; empty if none is.

    `tree` is where files are read: the disk, or a revision. Raises ConfigError with all that is
    wrong in it.
    """
    found = path or find_config(Path.cwd(), tree)
    if found is None:
        return Config(folder=Path.cwd(), tree=tree)
    file = tree.name(found)
    data = tree.read(found, file)
    root = _toml(data, file) if found.suffix == ".toml" else _yaml(data, file)
    said = _validated(root, file)
    problems = list(_paths(said, root, file, found.parent, tree))
    if problems:
        raise ConfigError(problems)
    return Config(said, file, tree.real(found).parent, root, tree)


def _yaml(data: bytes, file: str) -> Map:
    document = read_document(data, file)
    if {each.code for each in document.problems} == {"empty"}:
        place = Place(file, 1, 1)
        raise ConfigError(Problem("empty", "the configuration is empty", place, _EMPTY))
    if document.problems:
        raise ConfigError(document.problems)
    if not isinstance(document.root, Map):
        raise ConfigError(
            Problem("not-a-configuration", "a mapping is meant here", Place(file, 1, 1))
        )
    return document.root


_EMPTY: Final = "write what is to be set, as in `gate: {security: high}`, or remove the file"


def _toml(data: bytes, file: str) -> Map:
    """The section of a TOML file as the YAML reader would give it, with lines found by name."""
    import tomllib  # most configurations are YAML

    try:
        text = data.decode("utf-8")
        section = tomllib.loads(text).get("tool", {}).get("stackaudit", {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            Problem("toml-syntax", "the file is not TOML", Place(file, 1, 1), str(error))
        ) from None
    node = _Section(Lines(text), _named_lines(text)).node(section, 0)
    assert isinstance(node, Map)
    return node


def _named_lines(text: str) -> dict[str, int]:
    """The offset of the first line that names each key or table; good enough for a message."""
    found: dict[str, int] = {}
    offset = 0
    for line in text.splitlines(keepends=True):
        if match := re.match(r"\s*\[?[\"']?([A-Za-z0-9_./-]+)[\"']?\]?\s*(=|$)", line):
            for name in (match[1], match[1].rpartition(".")[2]):
                found.setdefault(name, offset)
        offset += len(line)
    return found


@dataclass(frozen=True, slots=True)
class _Section:
    """Makes the containers of the YAML reader from what a TOML file says."""

    lines: Lines
    named: Mapping[str, int]

    def node(self, value: Any, at: int) -> Node:
        """The value with the offset of the line that names it; scalars become text."""
        if isinstance(value, dict):
            mapping = Map(at, self.lines)
            for key, inner in value.items():
                offset = self.named.get(key, at)
                mapping[key] = self.node(inner, offset)
                mapping.marks.extend((offset, offset))
            return mapping
        if isinstance(value, list):
            items = Seq(at, self.lines)
            items.extend(self.node(inner, at) for inner in value)
            items.marks.extend(at for _ in value)
            return items
        return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _adapter() -> TypeAdapter[ConfigFile]:
    return TypeAdapter(ConfigFile)


def _validated(root: Map, file: str) -> ConfigFile:
    try:
        return _adapter().validate_python(root)
    except ValidationError as error:
        raise ConfigError(problems_of(error, root, file, ConfigFile)) from None


def _place(root: Map, file: str, *path: str | int) -> Place:
    return Place(file, *unpack(walk_value(root, path) or 0))


def _paths(said: ConfigFile, root: Map, file: str, folder: Path, tree: Tree) -> Iterator[Problem]:
    """Paths in a repository's configuration stay below its folder, links included."""
    base = tree.real(folder)
    named = [("inventory", said.inventory)] if said.inventory else []
    named += [(key, each) for key in ("catalog", "rules") for each in getattr(said, key) or ()]
    records = [("baseline", said.baseline), ("waivers", said.waivers)]
    named += [(key, each) for key, each in records if isinstance(each, str)]
    looks = said.report
    shown = [("logo", looks.logo), ("templates", looks.templates)] if looks else []
    named += [(f"report.{key}", each) for key, each in shown if each is not None]
    for key, name in named:
        path = base / name
        if Path(name).is_absolute() or not tree.real(path).is_relative_to(base):
            yield Problem(
                "outside",
                f"`{key}` must stay below the configuration's folder",
                _place(root, file, *key.split(".")),
                "move it below, or name it on the command line",
            )
        elif key not in RECORDS and not (tree.is_file(path) or tree.is_folder(path)):
            yield Problem(
                "no-file",
                f"there is no {name}",
                _place(root, file, *key.split(".")),
                "check the name; it is relative to the configuration",
            )
