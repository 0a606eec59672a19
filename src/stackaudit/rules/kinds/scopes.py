"""Which tools serve the same brands, regions and channels; found without comparing every pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from stackaudit.inventory.model import Tool

DIMENSIONS: Final = ("brands", "regions", "channels")


def serve_the_same(a: Tool, b: Tool) -> bool:
    """Whether the tools serve a common brand, in a common region, on a common channel.

    What is not stated under `used_for` means everything.
    """
    for dimension in DIMENSIONS:
        left, right = _values(a, dimension), _values(b, dimension)
        if left is not None and right is not None and set(left).isdisjoint(right):
            return False
    return True


def _values(tool: Tool, dimension: str) -> tuple[str, ...] | None:
    found = getattr(tool.used_for, dimension) if tool.used_for else None
    return found if isinstance(found, tuple) and found else None


class Scopes:
    """Tools by capability and by what they serve, so that disjoint ones never meet.

    The buckets are made by the first dimension in which a tool says anything; a tool that says
    nothing of a dimension is in its bucket for everything.
    """

    def __init__(self, offers: Iterable[tuple[str, str, Tool]]) -> None:
        self._buckets: dict[tuple[str, str, str | None], list[tuple[str, Tool]]] = defaultdict(list)
        for capability, name, tool in offers:
            for value in _values(tool, "brands") or (None,):
                self._buckets[capability, "brands", value].append((name, tool))
        self._brands: dict[str, set[str]] = defaultdict(set)
        for capability, _, value in self._buckets:
            if value is not None:
                self._brands[capability].add(value)

    def sharing(self, capability: str, tool: Tool) -> Iterator[str]:
        """The tools that offer the capability to someone whom `tool` serves; itself included."""
        own = _values(tool, "brands")
        brands: Iterable[str | None] = (None, *(own or sorted(self._brands[capability])))
        seen: set[str] = set()
        for brand in brands:
            for name, other in self._buckets.get((capability, "brands", brand), ()):
                if name not in seen and serve_the_same(tool, other):
                    seen.add(name)
                    yield name
