"""Which sightings are one product: by name, and where names differ only in words for a mode of
connecting, by the product's own domain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import combinations
from typing import Final

from stackaudit.catalog.importing.domains import host_of, main_label, registered
from stackaudit.catalog.importing.names import Decisions, squashed
from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.dataclass import dataclass

_ORDER: Final = ("activepieces", "airbyte", "segment", "meltano", "vettheapp", "sso_tax")
"""Whose spelling wins where two are equally common."""


@dataclass(slots=True)
class Group:
    """The sightings of one product."""

    names: Counter[str] = field(default_factory=Counter)
    sightings: list[Sighting] = field(default_factory=list)
    sites: set[str] = field(default_factory=set)
    """Domains of the sites that sources name."""
    called: set[str] = field(default_factory=set)
    """Domains that connectors call and that are named like the product."""
    named: bool = False
    """Whether somebody writes a name, or there are only ids of a hub."""

    @property
    def name(self) -> str:
        """The commonest spelling."""
        return max(sorted(self.names), key=lambda name: self.names[name])

    @property
    def domains(self) -> list[str]:
        """Its own domains: the sites, or else the one domain that is called.

        Of several that are called, some are examples in the source code.
        """
        return sorted(self.sites or (self.called if len(self.called) == 1 else ()))


def grouped(sightings: Iterable[Sighting], decisions: Decisions) -> dict[str, Group]:
    """Every product by its squashed name, in that order; what is no product is left out."""
    groups: dict[str, Group] = {}
    for sighting in sorted(sightings, key=_place):
        name = decisions.product_name(sighting)
        if name is not None:
            _add(groups.setdefault(squashed(name), Group()), sighting, name, decisions)
    return {key: groups[key] for key in sorted(groups) if groups[key].named}


def _place(sighting: Sighting) -> tuple[int, str, str]:
    origins = (*_ORDER, sighting.origin)
    return origins.index(sighting.origin), sighting.key, sighting.role or ""


def _add(group: Group, sighting: Sighting, name: str, decisions: Decisions) -> None:
    group.sightings.append(sighting)
    if sighting.name or sighting.key in decisions.fivetran:
        group.named = True
        group.names[name] += 1
    wanted = squashed(name)
    site = _domain(sighting.website or "")
    if site and (site not in decisions.shared_domains or main_label(site) == wanted):
        group.sites.add(site)
    called = {_domain(host) for host in sighting.hosts}
    group.called.update(each for each in called if each and main_label(each) == wanted)


def _domain(address: str) -> str | None:
    host = host_of(address)
    return registered(host) if host else None


def doubts(groups: Mapping[str, Group]) -> Iterator[str]:
    """Products that may be one, for a person to decide: a domain that several of them have."""
    owners: dict[str, list[str]] = {}
    for group in groups.values():
        for domain in group.domains:
            owners.setdefault(domain, []).append(group.name)
    for domain, names in sorted(owners.items()):
        for one, other in combinations(sorted(names), 2):
            yield f"{domain}: {one} | {other}"
