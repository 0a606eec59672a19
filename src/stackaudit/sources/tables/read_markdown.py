"""Markdown: the first table of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stackaudit.inventory.files import read_bytes
from stackaudit.sources.tables.table import Row, problem

_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")


def rows(path: Path, file: str, encoding: str = "utf-8") -> Iterator[Row]:
    """The rows of the first table, header first; raises TableError if there is none."""
    try:
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        text = read_bytes(path, file).decode(name)
    except (UnicodeError, LookupError):
        hint = "name its encoding, as in --encoding cp1252"
        raise problem(file, 1, f"the file is not {encoding}", hint, "encoding") from None
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if "|" in line and number + 1 < len(lines) and _RULE.fullmatch(lines[number + 1]):
            yield Row(number + 1, _cells(line))
            for below, row in enumerate(lines[number + 2 :], number + 3):
                if "|" not in row:
                    return
                yield Row(below, _cells(row))
            return
    hint = "it needs a row of names, ---, and rows"
    raise problem(file, 1, "there is no table in the page", hint)


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = re.split(r"(?<!\\)\|", inner)
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)
