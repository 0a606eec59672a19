"""The words that people write in cells, from words.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from stackaudit.inventory.reader import read_document


def data(name: str) -> Any:
    """What a data file of this package says, as the reader of inventories reads it."""
    document = read_document(files("stackaudit.sources.tables").joinpath(name).read_bytes(), name)
    assert not document.problems, document.problems
    return document.root


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """For each subject: what people write, in lower case → the word of an inventory."""
    return {
        subject: {each.casefold(): word for word, others in entries.items() for each in others}
        for subject, entries in data("words.yaml").items()
    }


def means(subject: str, text: str) -> bool:
    """Whether a text is one of the words listed for a subject."""
    return text.casefold() in words()[subject]
