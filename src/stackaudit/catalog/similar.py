"""Products whose names are written almost like what was asked: typing errors, never certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from stackaudit.catalog.model import Candidate
from stackaudit.catalog.names import key
from stackaudit.catalog.reading import Asked

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog

SHORTEST: Final = 5
"""Shorter names are near to everything."""
LETTERS_FOR_AN_ERROR: Final = 6
"""So many letters for each error that still counts as one."""
MOST_ERRORS: Final = 3
ALMOST: Final = 0.85
"""The score of a name without an error would be 1; with some it is below this."""


def similar(catalog: Catalog, asked: Asked) -> Iterator[Candidate]:
    """Products whose name is the asked one but for a few changed, missing or exchanged letters."""
    wanted = key(asked.words)
    if len(wanted) < SHORTEST:
        return
    most = min(MOST_ERRORS, max(1, len(wanted) // LETTERS_FOR_AN_ERROR))
    letters = set(wanted)
    for name in catalog.index.sure:
        if (
            abs(len(name) - len(wanted)) > most
            or len(letters.symmetric_difference(name)) > 2 * most
        ):
            continue
        errors = distance(wanted, name, most)
        owners = catalog.index.owners(catalog.index.sure, name) if 0 < errors <= most else ()
        for product in filter(None, map(catalog.get, owners)):
            yield Candidate(product, round(ALMOST * (1 - errors / len(wanted)), 2))


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, added, left out or exchanged; `most` + 1 if more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]
