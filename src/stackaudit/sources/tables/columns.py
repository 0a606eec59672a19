"""Which column means what: recognized by name, stated in a mapping file, or not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from stackaudit.errors import Place, Problem, did_you_mean
from stackaudit.inventory.edit.render import inline
from stackaudit.inventory.files import read_bytes, shown_name
from stackaudit.inventory.nodes import Map, unpack
from stackaudit.inventory.reader import read_document
from stackaudit.sources.tables.table import TableError

IGNORED: Final = "ignore"
"""What a mapping file says of a column that is not to be read."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column can mean."""

    name: str
    kind: str
    """How its cells are read."""
    key: str | None
    """Where the value goes in a tool's entry; None for what says which tool it is."""
    period: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, and what it was taken for."""

    number: int
    name: str
    field: Field | None


@cache
def fields() -> Mapping[str, Field]:
    """Everything a column can mean, by name."""
    text = files("stackaudit.sources.tables").joinpath("columns.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: dict[str, dict[str, Any]] = yaml.load(text, Loader=loader)  # noqa: S506
    return {
        name: Field(name, entry["kind"], entry.get("key"), entry.get("period"), tuple(entry["names"]))
        for name, entry in entries.items()
    }


@cache
def spellings() -> Mapping[str, str]:
    """Every spelling of a column, folded → the name of its field."""
    return {folded(each): field.name for field in fields().values() for each in field.names}


def folded(name: str) -> str:
    """A column name without case, umlauts, punctuation and what stands in parentheses."""
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name.casefold())
    plain = plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def recognized(header: Sequence[str], mapping: Mapping[str, str] | None = None) -> list[Column]:
    """What each column means; a mapping (column → field) goes before recognition.

    A field is taken once: of two columns with the same meaning the first is read.
    """
    stated = {folded(column): name for column, name in (mapping or {}).items()}
    taken: set[str] = set()
    columns = []
    for number, name in enumerate(header):
        meaning = stated.get(folded(name)) or spellings().get(folded(name))
        field = fields().get(meaning or "") if meaning != IGNORED else None
        if field is not None and (field.name in taken or _same_key(field, taken)):
            field = None
        if field is not None:
            taken.add(field.name)
        columns.append(Column(number, name, field))
    return columns


def _same_key(field: Field, taken: set[str]) -> bool:
    return field.key is not None and any(fields()[each].key == field.key for each in taken)


def read_mapping(path: Path) -> dict[str, str]:
    """A mapping file: `columns: {Annual spend: cost_year}`; raises TableError with its lines."""
    file = shown_name(path)
    document = read_document(read_bytes(path, file), file)
    problems = list(document.problems)
    root = document.root
    columns = root.get("columns") if isinstance(root, Map) else None
    if not problems and not isinstance(columns, Map):
        problems.append(Problem("bad-mapping", "a mapping file has `columns:`", Place(file, 1, 1),
                                "write columns: {Annual spend: cost_year}"))  # fmt: skip
    found: dict[str, str] = {}
    for column, meaning in columns.items() if isinstance(columns, Map) else ():
        if meaning not in fields() and meaning != IGNORED:
            place = Place(file, *unpack(columns.value_position(column)))
            hint = did_you_mean(str(meaning), [*fields(), IGNORED], f"one of {', '.join(fields())}")
            problems.append(Problem("unknown-field", "a column cannot mean this", place, hint))
        else:
            found[column] = str(meaning)
    if problems:
        raise TableError(problems)
    return found


def mapping_text(columns: Sequence[Column]) -> str:
    """A mapping file that says what was recognized, to keep and to change."""
    lines = ["# Which column means what; `ignore` leaves one out.", "columns:"]
    lines += [
        f"  {inline(each.name)}: {each.field.name if each.field else IGNORED}"
        for each in columns
        if each.name
    ]
    return "\n".join(lines) + "\n"
