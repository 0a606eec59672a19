"""Finds and reads the configuration; a mistake in it is named at its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass as plain_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.config.model import Config, ConfigFile
from stackaudit.errors import InputError, Place, Problem, did_you_mean
from stackaudit.inventory.files import read_bytes, shown_name
from stackaudit.inventory.nodes import Lines, Map, Node, Seq, unpack, walk, walk_value
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import read_document
from stackaudit.rules.load import CATEGORIES

YAML_NAME: Final = "stackaudit.yaml"
TOML_NAME: Final = "pyproject.toml"


class ConfigError(InputError):
    """The configuration is invalid."""


def find_config(start: Path) -> Path | None:
    """The configuration of the folder, or of the nearest folder above in the same repository.

    `stackaudit.yaml` goes before a pyproject.toml that has `[tool.stackaudit]`.
    """
    folder = start.resolve()
    for here in (folder, *folder.parents):
        if (here / YAML_NAME).is_file():
            return here / YAML_NAME
        if (here / TOML_NAME).is_file() and _has_section(here / TOML_NAME):
            return here / TOML_NAME
        if (here / ".git").exists():
            return None
    return None


def _has_section(path: Path) -> bool:
    return re.search(rb"^\s*\[tool\.stackaudit[\].]", path.read_bytes(), re.MULTILINE) is not None


def read_config(path: Path | None = None) -> Config:
    """The configuration at `path`, or the one found from the current folder; empty if none is.

    Raises ConfigError with all that is wrong in it.
    """
    found = path or find_config(Path.cwd())
    if found is None:
        return Config(folder=Path.cwd())
    file = shown_name(found)
    data = read_bytes(found, file)
    root = _toml(data, file) if found.suffix == ".toml" else _yaml(data, file)
    said = _validated(root, file)
    problems = [*_paths(said, root, file, found.parent), *_categories(said, root, file)]
    if problems:
        raise ConfigError(problems)
    return Config(said, file, found.resolve().parent)


def _yaml(data: bytes, file: str) -> Map:
    document = read_document(data, file)
    if document.problems:
        raise ConfigError(document.problems)
    if not isinstance(document.root, Map):
        raise ConfigError(
            Problem("not-a-configuration", "a mapping is meant here", Place(file, 1, 1))
        )
    return document.root


def _toml(data: bytes, file: str) -> Map:
    """The section of a TOML file as the YAML reader would give it, with lines found by name."""
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


@plain_dataclass(frozen=True, slots=True)
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


def _paths(said: ConfigFile, root: Map, file: str, folder: Path) -> Iterator[Problem]:
    """Paths in a repository's configuration stay below its folder, links included."""
    base = folder.resolve()
    named = [("inventory", said.inventory)] if said.inventory else []
    named += [(key, each) for key in ("catalog", "rules") for each in getattr(said, key) or ()]
    for key, name in named:
        path = base / name
        if Path(name).is_absolute() or not path.resolve().is_relative_to(base):
            yield Problem(
                "outside",
                f"`{key}` must stay below the configuration's folder",
                _place(root, file, key),
                "move it below, or name it on the command line",
            )
        elif not path.exists():
            yield Problem(
                "no-file",
                f"there is no {name}",
                _place(root, file, key),
                "check the name; it is relative to the configuration",
            )


def _categories(said: ConfigFile, root: Map, file: str) -> Iterator[Problem]:
    for category in said.gate or {}:
        if category not in CATEGORIES:
            hint = did_you_mean(category, CATEGORIES, f"the categories are {', '.join(CATEGORIES)}")
            place = Place(file, *unpack(walk(root, ("gate", category)) or 0))
            yield Problem("unknown-category", f"there is no category `{category}`", place, hint)
