"""JSON and YAML lists of objects, as tables: the keys are the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stackaudit.inventory.files import read_bytes
from stackaudit.inventory.nodes import Map, Seq
from stackaudit.inventory.reader import read_document
from stackaudit.sources.tables.table import MAX_CELL, MAX_COLUMNS, Row, problem


def json_rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The objects of a JSON list, the first one that the file has; raises TableError."""
    data = read_bytes(path, file)
    try:
        node = json.loads(data.decode(encoding if encoding != "utf-8" else "utf-8-sig"))
    except (ValueError, RecursionError, LookupError):
        raise problem(file, 1, "not JSON", "check that the file is whole, and its encoding") from None
    yield from _rows(_list_in(node), file)


def yaml_rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The entries of a YAML list, the first one that the file has; raises TableError."""
    document = read_document(read_bytes(path, file), file)
    if document.problems:
        first = document.problems[0]
        raise problem(file, first.place.line if first.place else 1, first.message, "mend the file")
    yield from _rows(_list_in(document.root), file)


def _list_in(node: Any) -> list[Any]:
    """The list itself, or the longest list of objects one level down."""
    if isinstance(node, list | Seq):
        return list(node)
    if isinstance(node, dict | Map):
        lists = [each for each in node.values() if isinstance(each, list)]
        return list(max(lists, key=len, default=[]))
    return []


def _rows(items: list[Any], file: str) -> Iterator[Row]:
    entries = [each for each in items if isinstance(each, Mapping)]
    header = list(dict.fromkeys(str(key) for entry in entries for key in entry))
    if not header:
        raise problem(file, 1, "no list of entries is found", "it needs a list of objects")
    if len(header) > MAX_COLUMNS:
        raise problem(file, 1, f"more than {MAX_COLUMNS:,} columns", "is this a table?")
    yield Row(0, tuple(header))
    for number, entry in enumerate(entries, 1):
        yield Row(number, tuple(_text(entry.get(key)) for key in header))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return str(value)[:MAX_CELL]
