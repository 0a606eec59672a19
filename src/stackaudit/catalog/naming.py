"""By which keys a product can be found, and how surely each of them names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stackaudit.catalog.around import Words
from stackaudit.catalog.names import (
    TOP_LEVEL,
    key,
    keys,
    without_prefix,
    without_top_level,
    words,
)

_SHORTEST: Final = 3
"""Fewer letters name no product alone."""


class Found(NamedTuple):
    """The keys of one product."""

    stated: frozenset[str]
    """Of its names; each names it, unless another product states the same."""
    derived: frozenset[str]
    """Of its names with or without the vendor; each names it, unless another product has it."""
    weak: frozenset[str]
    """Each names it only together with the vendor or a domain."""


def keys_of(entry: Mapping[str, Any], around: Words) -> Found:
    """The keys of a product: its names, and its names with and without the vendor before them.

    Without its vendor, only the product's own name can be sure, and only if a word of it is no
    word of every day or of the trade: of `shopify plus`, another spelling, `plus` names nothing.
    """
    vendor = around.vendor_words(entry.get("vendor") or "")
    stated = stated_keys(entry)
    derived: set[str] = set()
    doubtful = stated & around.ambiguous
    if entry.get("thin"):
        doubtful |= {each for each in stated if each in around.everyday or _is_kind([each])}
    rests: set[str] = set()
    for name in names_of(entry):
        parts = words(name)
        derived.add(key(without_top_level(parts)))
        rest = without_prefix(parts, vendor)
        if rest is None:
            derived.add(key((*vendor, *parts)))
        elif name == entry.get("name"):
            (rests if _plain(rest, around) else derived).add(key(rest))
        elif not set(rest) <= TOP_LEVEL | around.editions:
            rests.add(key(rest))
    weak = doubtful | (rests - stated) | (derived & around.ambiguous)
    return Found(stated - doubtful, frozenset(derived - stated - weak), weak)


def tables_of(
    entries: Mapping[str, Mapping[str, Any]], around: Words
) -> dict[str, dict[str, list[int]]]:
    """Every key, domain and vendor with the numbers of the products that have it."""
    tables: dict[str, dict[str, list[int]]] = {"sure": {}, "weak": {}, "domains": {}, "sold": {}}
    found = [keys_of(entry, around) for entry in entries.values()]
    stated = {each for one in found for each in one.stated}
    for number, (entry, one) in enumerate(zip(entries.values(), found, strict=True)):
        for table, names in (
            ("sure", one.stated | (one.derived - stated)),
            ("weak", one.weak | (one.derived & stated)),
            ("domains", frozenset(entry.get("domains", ()))),
            ("sold", seller_keys(entry, around)),
        ):
            for name in names:
                tables[table].setdefault(name, []).append(number)
    return {name: dict(sorted(table.items())) for name, table in tables.items()}


def seller_keys(entry: Mapping[str, Any], around: Words) -> frozenset[str]:
    """The key of the product's vendor, if one is stated."""
    vendor = entry.get("vendor")
    return frozenset((around.vendor_key(vendor),) if vendor else ())


def stated_keys(entry: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the names that an entry states itself, however common the words."""
    return frozenset(each for name in names_of(entry) for each in keys(name))


def names_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a product: its own, the other spellings, those it had."""
    if "name" in entry:
        yield entry["name"]
    yield from map(str, entry.get("aliases", ()))
    yield from map(str, entry.get("former", ()))


def _plain(parts: Sequence[str], around: Words) -> bool:
    """Whether nothing but everyday words, words of the trade, numbers and letters is left."""
    return _is_kind(parts) or all(
        word in around.generic | around.everyday | TOP_LEVEL
        or word.isdigit()
        or len(word) < _SHORTEST
        for word in parts
    )


def _is_kind(parts: Sequence[str]) -> bool:
    """Whether the words together are a word for a kind of software."""
    from stackaudit.catalog.taxonomy import by_alias  # reads a file; only who makes keys needs it

    return " ".join(parts) in by_alias()
