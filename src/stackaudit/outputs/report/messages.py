"""The words of a report, read from `words/<code>.yaml`; another language is another file.

A text names what belongs into it as `{name}`; a text that depends on a number has its plural forms
(`one`, `other`, and whatever else the language has). What is put into a text is never read as a
text of its own, so that a name may have braces in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from stackaudit.inventory.reader import read_document

PLACE: Final = re.compile(r"\{([a-z_]+)\}")
"""Where a value belongs into a text."""

Entry = str | Mapping[str, str]
"""A text, or its plural forms."""


class MissingWordError(KeyError):
    """A key that the words of a language do not have, or a value that a text needs."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that have words, sorted."""
    folder = files("stackaudit.outputs.report").joinpath("words")
    names = (each.name for each in folder.iterdir())
    return tuple(sorted(each.removesuffix(".yaml") for each in names if each.endswith(".yaml")))


@cache
def words_of(code: str) -> Mapping[str, Entry]:
    """All words of a language by dotted key."""
    name = f"{code}.yaml"
    data = files("stackaudit.outputs.report").joinpath("words").joinpath(name).read_bytes()
    document = read_document(data, name)
    assert not document.problems, document.problems
    return dict(_flat(document.root, ""))


def _flat(node: Any, key: str) -> Iterable[tuple[str, Entry]]:
    """The texts below a node, each with its dotted key; plural forms stay together."""
    if isinstance(node, str):
        yield key, " ".join(node.split())
    elif "other" in node:
        yield key, {form: " ".join(text.split()) for form, text in node.items()}
    else:
        for name, each in node.items():
            yield from _flat(each, f"{key}.{name}" if key else name)


def filled(key: str, text: str, values: Mapping[str, object]) -> str:
    """The text with the values in their places; raises MissingWordError where one is missing."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise MissingWordError(f"{key} needs a value for {match[1]}")
        return str(values[match[1]])

    return PLACE.sub(value, text)
