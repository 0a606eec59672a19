"""What clears a finding, in words and as an inventory would write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stackaudit.figures.conditions import dotted, template_words
from stackaudit.rules.rule import Change
from stackaudit.rules.template import Template


def change_words(change: Change) -> Iterator[str]:
    """The change, a sentence a line."""
    if change.words:
        yield template_words(change.words)
    for name, (_, _, value) in change.sets.items():
        yield f"set {name} to {dotted(value.tree)}"
    if change.remove:
        yield f"remove {dotted(change.remove.tree)}"


def added_lines(node: Any) -> Iterator[str]:
    """Entries to add, as lines of YAML with placeholders where names belong."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _pair(_scalar(key), value)
    elif isinstance(node, list):
        for each in node:
            yield from _marked("- ", added_lines(each))
    else:
        yield _scalar(node)


def _pair(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | list) and value:
        yield f"{key}:"
        yield from (f"  {line}" for line in added_lines(value))
    else:
        yield f"{key}: {_scalar(value)}"


def _marked(mark: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        mark = " " * len(mark)


def _scalar(node: Any) -> str:
    if isinstance(node, Template):
        return template_words(node)
    if isinstance(node, Mapping | list):
        return "{}" if isinstance(node, Mapping) else "[]"
    return str(node)
