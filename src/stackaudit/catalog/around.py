"""The words that stand around the names of products, from words.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from stackaudit.catalog.names import key, without_top_level, words

_PLAIN: Final = (
    "legal",
    "editions",
    "regions",
    "remarks",
    "formerly",
    "generic",
    "everyday",
    "linking",
)


class Words(NamedTuple):
    """Words by what they say; lower case, without accents."""

    legal: frozenset[str]
    editions: frozenset[str]
    regions: frozenset[str]
    remarks: frozenset[str]
    formerly: frozenset[str]
    generic: frozenset[str]
    everyday: frozenset[str]
    linking: frozenset[str]
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
