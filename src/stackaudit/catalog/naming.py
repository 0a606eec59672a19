"""By which keys a product can be found, and how surely each of them names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

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
_PLAIN: Final = ("legal", "editions", "regions", "remarks", "formerly", "generic", "everyday")


class Words(NamedTuple):
    """The words around names, from words.yaml."""

    legal: frozenset[str]
    editions: frozenset[str]
    regions: frozenset[str]
    remarks: frozenset[str]
    formerly: frozenset[str]
    generic: frozenset[str]
    everyday: frozenset[str]
    ambiguous: frozenset[str]
    """Keys, not words."""
    vendors: Mapping[str, str]
    """Key of a way to write a vendor → key of the vendor."""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Words:
        """From what words.yaml says."""
        return cls.stored(
            {
                **{
                    name: sorted({w for each in raw[name] for w in words(str(each))})
                    for name in _PLAIN
                },
                "ambiguous": sorted({key(words(each)) for each in raw["ambiguous"]}),
                "vendors": {
                    key(words(other)): key(words(vendor))
                    for vendor, others in raw["vendors"].items()
                    for other in (vendor, *others)
                },
            }
        )

    @classmethod
    def stored(cls, head: Mapping[str, Any]) -> Words:
        """From the index, which has the words as they are compared."""
        plain = {name: frozenset(head[name]) for name in (*_PLAIN, "ambiguous")}
        return cls(**plain, vendors=head["vendors"])

    def to_store(self) -> dict[str, Any]:
        """What `stored` reads."""
        plain = {name: sorted(getattr(self, name)) for name in (*_PLAIN, "ambiguous")}
        return {**plain, "vendors": dict(sorted(self.vendors.items()))}

    def vendor_words(self, vendor: str) -> list[str]:
        """The words of a company's name without its legal form."""
        parts = without_top_level(words(vendor))
        while len(parts) > 1 and parts[-1] in self.legal:
            parts.pop()
        return parts

    def vendor_key(self, vendor: str) -> str:
        """The key of a vendor, one for all ways to write it."""
        plain = key(self.vendor_words(vendor))
        return self.vendors.get(plain, plain)


class Found(NamedTuple):
    """The keys of one product."""

    stated: frozenset[str]
    """Of its names; each names it, unless another product states the same."""
    derived: frozenset[str]
    """Of its names with or without the vendor; each names it, unless another product has it."""
    weak: frozenset[str]
    """Each names it only together with the vendor or a domain."""


def keys_of(entry: Mapping[str, Any], around: Words) -> Found:
    """The keys of a product: its names, and its names with and without the vendor before them."""
    vendor = around.vendor_words(entry.get("vendor") or "")
    stated = stated_keys(entry)
    derived: set[str] = set()
    weak = {each for each in stated if each in around.ambiguous}
    if entry.get("thin"):
        weak |= {each for each in stated if each in around.everyday or _is_kind([each])}
    for name in names_of(entry):
        parts = words(name)
        derived.add(key(without_top_level(parts)))
        rest = without_prefix(parts, vendor)
        if rest is None:
            derived.add(key((*vendor, *parts)))
        elif not set(rest) <= TOP_LEVEL:
            (weak if _plain(rest, around.generic) else derived).add(key(rest))
    weak |= derived & around.ambiguous
    return Found(stated - weak, frozenset(derived - stated - weak), frozenset(weak))


def tables_of(
    entries: Mapping[str, Mapping[str, Any]], around: Words
) -> dict[str, dict[str, list[int]]]:
    """Every key and domain with the numbers of the products that have it."""
    tables: dict[str, dict[str, list[int]]] = {"sure": {}, "weak": {}, "domains": {}}
    found = [keys_of(entry, around) for entry in entries.values()]
    stated = {each for one in found for each in one.stated}
    for number, (entry, one) in enumerate(zip(entries.values(), found, strict=True)):
        for table, names in (
            ("sure", one.stated | (one.derived - stated)),
            ("weak", one.weak | (one.derived & stated)),
            ("domains", frozenset(entry.get("domains", ()))),
        ):
            for name in names:
                tables[table].setdefault(name, []).append(number)
    return {name: dict(sorted(table.items())) for name, table in tables.items()}


def stated_keys(entry: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the names that an entry states itself, however common the words."""
    return frozenset(each for name in names_of(entry) for each in keys(name))


def names_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a product: its own, the other spellings, those it had."""
    if "name" in entry:
        yield entry["name"]
    yield from map(str, entry.get("aliases", ()))
    yield from map(str, entry.get("former", ()))


def _plain(parts: Sequence[str], generic: frozenset[str]) -> bool:
    """Whether nothing but words of the trade, numbers and single letters is left."""
    return _is_kind(parts) or all(
        word in generic or word.isdigit() or len(word) < _SHORTEST for word in parts
    )


def _is_kind(parts: Sequence[str]) -> bool:
    """Whether the words together are a word for a kind of software."""
    from stackaudit.catalog.taxonomy import by_alias  # reads a file; only who makes keys needs it

    return " ".join(parts) in by_alias()
