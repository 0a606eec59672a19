"""Which tools serve the same brands, regions and channels; found without comparing every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import Tool

DIMENSIONS: Final = ("brands", "regions", "channels")

Scope: TypeAlias = tuple[frozenset[str] | None, ...]
"""For each dimension what a tool serves; None means everything."""

_EVERYTHING: Final[Scope] = (None,) * len(DIMENSIONS)


def scope_of(tool: Tool) -> Scope:
    """The brands, regions and channels that the tool serves.

    What is not stated under `used_for`, or is an empty list there, means everything. `DACH` and
    `dach` are the same region.
    """
    used = tool.used_for
    if used is None:
        return _EVERYTHING
    return _values(used.brands), _values(used.regions), _values(used.channels)


@lru_cache(maxsize=4096)
def _values(stated: tuple[str, ...] | None) -> frozenset[str] | None:
    return frozenset(each.casefold() for each in stated) if stated else None


def serve_the_same(a: Tool, b: Tool) -> bool:
    """Whether the tools serve a common brand, in a common region, on a common channel."""
    return _meet(scope_of(a), scope_of(b))


def _meet(a: Scope, b: Scope) -> bool:
    return all(
        left is None or right is None or not left.isdisjoint(right)
        for left, right in zip(a, b, strict=True)
    )


class Scopes:
    """Tools by what they offer and whom they serve, so that disjoint ones never meet.

    `offers` are pairs of a capability and the tool that offers it; `unplaced` are tools of which
    nobody said what they are for, so that they may offer anything.
    """

    def __init__(
        self,
        offers: Iterable[tuple[str, str]],
        tools: Mapping[str, Tool],
        unplaced: Iterable[str] = (),
    ) -> None:
        by_capability: defaultdict[str, dict[str, Scope]] = defaultdict(dict)
        for capability, name in offers:
            by_capability[capability][name] = scope_of(tools[name])
        self._offering = {each: Bucketed.of(scopes) for each, scopes in by_capability.items()}
        self._unplaced = Bucketed.of({name: scope_of(tools[name]) for name in unplaced})
        self._meeting: dict[tuple[str, Scope], tuple[str, ...]] = {}
        self._crowds: dict[tuple[str, Scope], tuple[tuple[str, ...], int]] = {}

    def sharing(self, capability: str, tool: Tool) -> tuple[str, ...]:
        """The tools that offer the capability to someone whom `tool` serves; sorted by id."""
        key = (capability, scope_of(tool))
        if key not in self._meeting:
            offering = self._offering.get(capability)
            self._meeting[key] = offering.meeting(key[1]) if offering else ()
        return self._meeting[key]

    def crowd(self, capability: str, tool: Tool) -> tuple[tuple[str, ...], int]:
        """The most tools that offer the capability in one place, and how many there may be.

        A place is one brand, region and channel that `tool` serves: of three tools, two of which
        serve different brands, never more than two meet. The second number counts tools of which
        nobody said what they are for as if they offered the capability too.
        """
        key = (capability, scope_of(tool))
        if key not in self._crowds:
            offering = self._offering.get(capability) or Bucketed.of({})
            near = {name: offering.scopes[name] for name in self.sharing(capability, tool)}
            found = _fullest(near, key[1])
            unplaced = self._unplaced.meeting(key[1])
            more = near | {name: self._unplaced.scopes[name] for name in unplaced}
            at_most = len(_fullest(more, key[1])) if unplaced else len(found)
            self._crowds[key] = (found, at_most)
        return self._crowds[key]


@dataclass(frozen=True, slots=True)
class Bucketed:
    """Tools with their scopes, by each value of each dimension."""

    scopes: Mapping[str, Scope]
    buckets: tuple[Mapping[str | None, list[str]], ...]
    """For each dimension the tools by the value that they serve; under None those that serve
    everything."""

    @classmethod
    def of(cls, scopes: Mapping[str, Scope]) -> Bucketed:
        """Sort the tools into their buckets."""
        buckets: list[defaultdict[str | None, list[str]]] = [defaultdict(list) for _ in DIMENSIONS]
        for name, scope in scopes.items():
            for bucket, served in zip(buckets, scope, strict=True):
                for value in (None,) if served is None else served:
                    bucket[value].append(name)
        return cls(scopes, tuple(dict(each) for each in buckets))

    def meeting(self, scope: Scope) -> tuple[str, ...]:
        """The tools that serve someone of the scope; sorted by id."""
        candidates = self._candidates(scope)
        return tuple(sorted(name for name in candidates if _meet(scope, self.scopes[name])))

    def _candidates(self, scope: Scope) -> Iterable[str]:
        """Those that can meet in the dimension that leaves the fewest; all if none is stated."""
        fewest: list[list[str]] | None = None
        size = len(self.scopes)
        for bucket, served in zip(self.buckets, scope, strict=True):
            if served is not None:
                chosen = [bucket.get(value, []) for value in (None, *served)]
                if sum(map(len, chosen)) < size:
                    fewest, size = chosen, sum(map(len, chosen))
        return self.scopes if fewest is None else {name for part in fewest for name in part}


def _fullest(near: Mapping[str, Scope], scope: Scope, dimension: int = 0) -> tuple[str, ...]:
    """The most of the tools that meet in one place of the scope; of equals the first by name."""
    if dimension == len(DIMENSIONS):
        return tuple(sorted(near))
    served = scope[dimension]
    values = served if served is not None else _stated(near, dimension)
    if not values:
        return _fullest(near, scope, dimension + 1)
    best: tuple[str, ...] = ()
    for value in sorted(values):
        there = {name: each for name, each in near.items() if _serves(each[dimension], value)}
        if len(there) > len(best):
            found = _fullest(there, scope, dimension + 1)
            best = found if len(found) > len(best) else best
    return best


def _stated(near: Mapping[str, Scope], dimension: int) -> frozenset[str]:
    return frozenset().union(*(each[dimension] or () for each in near.values()))


def _serves(served: frozenset[str] | None, value: str) -> bool:
    return served is None or value in served
