"""The words that only slides have; a file of the language that has them too goes before these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from stackaudit.inventory.reader import read_document
from stackaudit.outputs.report.language import DEFAULT, Language
from stackaudit.outputs.report.messages import Entry

_PREFIX: Final = "slides"


def worded(language: Language) -> Language:
    """The language with the words of slides, `slides.…`; in English where nobody wrote them."""
    own = {**own_words(DEFAULT), **own_words(language.code)}
    return replace(language, words={**own, **language.words})


@cache
def own_words(code: str) -> Mapping[str, Entry]:
    """The words of slides in one language by dotted key; none if there is no file for it."""
    file = files("stackaudit.outputs.report.slides").joinpath("words").joinpath(f"{code}.yaml")
    if not file.is_file():
        return {}
    document = read_document(file.read_bytes(), f"{code}.yaml")
    assert not document.problems, document.problems
    return dict(_flat(document.root, _PREFIX))


def _flat(node: Any, key: str) -> Iterable[tuple[str, Entry]]:
    """The texts below a node, each with its dotted key; plural forms stay together."""
    if isinstance(node, str):
        yield key, " ".join(node.split())
    elif "other" in node:
        yield key, {form: " ".join(text.split()) for form, text in node.items()}
    else:
        for name, each in node.items():
            yield from _flat(each, f"{key}.{name}")
