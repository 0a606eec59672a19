"""Curated and imported products made one: a curated entry takes in the thin ones that mean it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stackaudit.catalog.around import Words
from stackaudit.catalog.data import Data, Entry
from stackaudit.catalog.naming import keys_of
from stackaudit.dataclass import dataclass

_GROUPS = {
    "sign_in": "sign_in",
    "sso_cost": "sso_cost",
    "certifications": "certifications",
    "holds": "holds",
}
"""Facts that an imported entry may add to a curated one, with the group of their source."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Every product once."""

    entries: Mapping[str, Entry]
    renamed: Mapping[str, str]
    """Ids that imported products had → the curated product that took them in."""

    def id_of(self, id_: str) -> str:
        """The id that a product has now."""
        return self.renamed.get(id_, id_)


def merged(data: Data) -> Merged:
    """Every product once, sorted by id."""
    around = Words.read(data.words)
    renamed = _renamed(data, around)
    entries: dict[str, Entry] = {id_: dict(entry) for id_, entry in data.products.items()}
    for id_, entry in data.imported.items():
        target = renamed.get(id_, id_)
        if target in entries:
            entries[target] = _with(entries[target], entry)
        else:
            entries[target] = {**entry, "thin": True}
    return Merged(dict(sorted(entries.items())), renamed)


def _renamed(data: Data, around: Words) -> dict[str, str]:
    """Which imported products a curated one of another id means, by a name that is its alone."""
    owners: dict[str, set[str]] = {}
    for id_, entry in data.products.items():
        for each in _keys(entry, around):
            owners.setdefault(each, set()).add(id_)
    found = {}
    for id_, entry in data.imported.items():
        if id_ not in data.products:
            own = _keys(entry, around)
            meant = {owner for each in own for owner in owners.get(each, ())}
            if len(meant) == 1:
                found[id_] = meant.pop()
    return found


def _keys(entry: Mapping[str, Any], around: Words) -> frozenset[str]:
    found = keys_of(entry, around)
    return found.stated | found.derived


def _with(curated: Entry, thin: Mapping[str, Any]) -> Entry:
    """The curated entry, with what the thin one knows and it does not."""
    entry = dict(curated)
    sources = dict(curated.get("sources") or {})
    if "domains" not in entry and "domains" in thin:
        entry["domains"] = thin["domains"]
    for key, group in _GROUPS.items():
        if key not in entry and key in thin:
            entry[key] = thin[key]
            sources.setdefault(group, thin["sources"].get(group, thin["sources"]["product"]))
    return {**entry, "sources": sources}
