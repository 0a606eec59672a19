"""From the categories of the sources to capabilities of the taxonomy, where that is certain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from stackaudit.catalog.importing.grouping import Group
from stackaudit.catalog.importing.sources import table


@cache
def _categories() -> dict[str, Any]:
    raw: dict[str, Any] = table("categories.yaml")
    return raw


def capabilities(group: Group) -> list[str]:
    """What the product is surely for; mostly nothing, because the sources sort too generously."""
    return list(dict.fromkeys((*_by_category(group), *_by_name(group.name))))


def _by_category(group: Group) -> Iterator[str]:
    for origin in ("segment", "activepieces"):
        said = {c for s in group.sightings if s.origin == origin for c in s.categories}
        for category in sorted(said & _categories()[origin].keys()):
            rule = _categories()[origin][category]
            if len(said) <= rule["at_most"] and group.name not in rule.get("not", ()):
                yield rule["capability"]


def _by_name(name: str) -> Iterator[str]:
    words: dict[str, str] = _categories()["last_words"]
    last = name.rsplit(maxsplit=1)[-1]
    if last in words and last != name:
        yield words[last]
