"""JSON in ASCII, the same bytes for the same data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final


def json_text(node: Any) -> str:
    """Plain data as JSON text, with nothing in it that a CI log takes for a command.

    Azure's agent reads `##vso[` anywhere in a line, and in JSON a sign may be written by its
    number.
    """
    return _safe(json.dumps(node, indent=2, ensure_ascii=True, allow_nan=False)) + "\n"


def json_by_entry(node: Mapping[str, Any]) -> str:
    """A large document as JSON text: a key a line, and a line for each entry of its lists.

    A diff shows which entry changed. The quick encoder does not indent, and lists may come as
    iterators, whose entries need not be in memory at once.
    """
    return "".join(_pieces(node))


def _pieces(node: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n"
    for key, value in node.items():
        yield f"{before}  {_encoded(key)}: "
        if isinstance(value, list | Iterator):
            yield from _listed(iter(value))
        else:
            yield _encoded(value)
        before = ",\n"
    yield "\n}\n" if node else "{}\n"


def _listed(entries: Iterator[Any]) -> Iterator[str]:
    before = "[\n"
    for each in entries:
        yield f"{before}    {_encoded(each)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n  ]"


_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, allow_nan=False, check_circular=False)
"""A report is a tree: to look for circles would take a quarter of the time."""


def _encoded(value: Any) -> str:
    return _safe(_ENCODER.encode(value))


def _safe(text: str) -> str:
    return text.replace("##", "#\\u0023")
