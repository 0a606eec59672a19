"""JSON and YAML lists of objects, as tables: the keys are the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stackaudit.inventory.files import read_bytes
from stackaudit.inventory.reader import read_document
from stackaudit.sources.tables.table import MAX_CELL, MAX_COLUMNS, Row, problem


def json_rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The objects of a JSON list, the longest one that the file has; raises TableError."""
    data = read_bytes(path, file)
    try:
        node = json.loads(data.decode("utf-8-sig" if encoding == "utf-8" else encoding))
    except (ValueError, RecursionError, LookupError):
        hint = "check that the file is whole, and its encoding"
        raise problem(file, 1, "not JSON", hint) from None
    yield from _rows(list_in(node), file)


def yaml_rows(path: Path, file: str, _encoding: str = "utf-8") -> Iterator[Row]:
    """The entries of a YAML list, the longest one that the file has; raises TableError."""
    document = read_document(read_bytes(path, file), file, foreign=True)
    if document.problems:
        first = document.problems[0]
        raise problem(file, first.place.line if first.place else 1, first.message, "mend the file")
    yield from _rows(list_in(document.root), file)


def list_in(node: Any) -> list[Any]:
    """The list itself, or the longest list one level down."""
    if isinstance(node, list):
        return node
    lists: list[list[Any]] = []
    if isinstance(node, dict):
        lists = [each for each in node.values() if isinstance(each, list)]
    return max(lists, key=len, default=[])


def _rows(items: list[Any], file: str) -> Iterator[Row]:
    entries = [each for each in items if isinstance(each, Mapping)]
    header = list(dict.fromkeys(str(key) for entry in entries for key in entry))
    if not header:
        raise problem(file, 1, "no list of entries is found", "it needs a list of objects")
    if len(header) > MAX_COLUMNS:
        raise problem(file, 1, f"more than {MAX_COLUMNS:,} columns", "is it a table?")
    yield Row(0, tuple(header))
    for number, entry in enumerate(entries, 1):
        yield Row(number, tuple(text_of(entry.get(key)) for key in header))


def text_of(value: Any) -> str:
    """A value of a list or an object as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.2f}".removesuffix(".00")
    if isinstance(value, list):
        return "; ".join(text_of(each) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {text_of(each)}" for key, each in value.items())
    return str(value)[:MAX_CELL]
