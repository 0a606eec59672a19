"""What sources saw, of all files in one: entries without ids get one that stays the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from typing import TypeAlias

from stackaudit.inventory.model import Observation
from stackaudit.inventory.model.observations import slug

Listed: TypeAlias = "tuple[Observation, int, int]"
"""An observation, the number of its document and its number in the list there."""


def observed(
    lists: Sequence[Sequence[Observation] | None],
) -> tuple[dict[str, Observation], dict[str, tuple[int, int]]]:
    """The observations of all files by id, and for each its document and number in the list.

    An id says the source, the kind and what was seen: `gtm-tag-hotjar`; the second of those is
    `gtm-tag-hotjar-2`. They are counted by what they say, so that the order of files does not
    matter; the same said twice counts once.
    """
    found: list[Listed] = [
        (each, number, item)
        for number, of_file in enumerate(lists)
        for item, each in enumerate(of_file or ())
    ]
    seen: Counter[str] = Counter()
    entries: dict[str, Observation] = {}
    where: dict[str, tuple[int, int]] = {}
    last: Observation | None = None
    for each, number, item in sorted(found, key=_order):
        if each == last:
            continue
        last, name = each, _name(each)
        seen[name] += 1
        id_ = name if seen[name] == 1 else f"{name}-{seen[name]}"
        entries[id_] = each
        where[id_] = (number, item)
    return entries, where


def _name(observation: Observation) -> str:
    """Letters, digits and hyphens only, so that it can stand in a path."""
    return "-".join(map(slug, (observation.source, observation.kind, observation.thing)))


def _order(listed: Listed) -> tuple[str, str, int, int]:
    observation, number, item = listed
    return (_name(observation), repr(astuple(observation)), number, item)
