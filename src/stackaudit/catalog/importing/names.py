"""From the name that a hub writes to the name of a product."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.sources import table
from stackaudit.dataclass import dataclass

_MODE: Final = re.compile(
    r"\s*\((actions?|alpha|audiences|classic|cloud|cloud destination|gtag|legacy|new|source"
    r"|web destination)\)$",
    re.IGNORECASE,
)
"""What Segment puts behind a name: the way of connecting, not another product."""

_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")


def squashed(name: str) -> str:
    """Letters and digits alone: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return _NOT_LETTERS.sub("", plain.encode("ascii", "ignore").decode())


def slug(name: str) -> str:
    """The id of a product of that name: `customer-io` of `Customer.io`."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub("-", plain.replace("'", "")).strip("-")


@dataclass(frozen=True, slots=True)
class Decisions:
    """decisions.yaml and fivetran_names.yaml, ready to be asked."""

    same: dict[str, str]
    """Squashed name → name of the product."""
    skip: frozenset[str]
    """Squashed names that are no product."""
    skip_entries: frozenset[str]
    """Single entries of the sources, as `origin:key`."""
    shared_domains: frozenset[str]
    fivetran: dict[str, str]
    """Service id → name of the product."""
    former: dict[str, list[str]]
    """Name of the product → names it had before."""
    vendors: dict[str, str]
    """First word of a name → the vendor that it says."""

    def product_name(self, sighting: Sighting) -> str | None:
        """What the product is called; None if it is none."""
        if sighting.ref in self.skip_entries:
            return None
        name = self.fivetran.get(sighting.key) if sighting.origin == "fivetran" else None
        name = name or _MODE.sub("", sighting.name.strip()) or sighting.key
        if squashed(name) in self.skip or squashed(sighting.key) in self.skip:
            return None
        return self.same.get(squashed(name), name)


def decisions() -> Decisions:
    """Read the two tables; raises ValueError where one name would mean two products."""
    raw = table("decisions.yaml")
    same: dict[str, str] = {}
    for product, others in raw["same"].items():
        for other in (product, *others):
            if same.setdefault(squashed(other), product) != product:
                raise ValueError(f"decisions.yaml: {other!r} means two products")
    return Decisions(
        same=same,
        skip=_all_squashed(raw["skip"]),
        skip_entries=frozenset(raw["skip_entries"]),
        shared_domains=frozenset(raw["shared_domains"]),
        former=raw["former"],
        vendors={word: name for name, first in raw["vendors"].items() for word in first},
        fivetran=table("fivetran_names.yaml"),
    )


def _all_squashed(names: Iterable[str]) -> frozenset[str]:
    return frozenset(squashed(name) for name in names)
