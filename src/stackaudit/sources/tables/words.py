"""The words that people write in cells, from words.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from stackaudit.inventory.reader import read_document
from stackaudit.shipped import data_of


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """For each subject: what people write, in lower case → the word of an inventory."""
    root = read_document(data_of("stackaudit.sources.tables", "words.yaml"), "words.yaml").root
    return {
        subject: {each.casefold(): word for word, others in entries.items() for each in others}
        for subject, entries in root.items()  # type: ignore[union-attr]
    }


def means(subject: str, text: str) -> bool:
    """Whether a text is one of the words listed for a subject."""
    return text.casefold() in words()[subject]
