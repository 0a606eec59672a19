"""Which nodes every node leads to, all at once.

One search per node costs nodes times edges. Nodes on a common cycle lead to the same nodes, so the
answer is worked out once per strongly connected component, from the last of them to the first,
as bits of one integer each: components times edges, over the size of a machine word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from stackaudit.dataclass import dataclass

Graph: TypeAlias = "nx.DiGraph[str] | nx.MultiDiGraph[str]"


@dataclass(frozen=True, slots=True)
class Reach:
    """What each node of a directed graph leads to, in any number of steps."""

    _nodes: tuple[str, ...]
    _bits: Mapping[str, int]
    """By node: a bit for every node that it leads to, and for itself."""
    _places: Mapping[str, int]
    """By node: the number of its bit."""

    def count(self, node: str) -> int:
        """How many other nodes it leads to; KeyError for a node that is not there."""
        return self._bits[node].bit_count() - 1

    def of(self, node: str) -> frozenset[str]:
        """The other nodes that it leads to; KeyError for a node that is not there."""
        return frozenset(name for name in self._decoded(self._bits[node]) if name != node)

    def mask(self, nodes: Iterable[str]) -> int:
        """Some nodes as bits, to ask of many whether they lead to one of them."""
        return sum(1 << self._places[node] for node in set(nodes))

    def meets(self, node: str, mask: int) -> bool:
        """Whether it is, or leads to, one of the nodes of a mask."""
        return bool(self._bits[node] & mask)

    def among(self, node: str, mask: int) -> tuple[str, ...]:
        """The nodes of a mask that it is or leads to, sorted."""
        return tuple(sorted(self._decoded(self._bits[node] & mask)))

    def _decoded(self, bits: int) -> Iterator[str]:
        digits = reversed(format(bits, "b"))
        return (node for node, digit in zip(self._nodes, digits, strict=False) if digit == "1")


def reach(graph: Graph) -> Reach:
    """What every node of the graph leads to."""
    nodes: list[str] = []
    bits: dict[str, int] = {}
    for component in _last_first(graph):
        together = sum(1 << number for number in range(len(nodes), len(nodes) + len(component)))
        nodes.extend(sorted(component))
        for node in component:
            for following in graph.successors(node):
                if following not in component:
                    together |= bits[following]
        bits.update(dict.fromkeys(component, together))
    return Reach(tuple(nodes), bits, {node: place for place, node in enumerate(nodes)})


def _last_first(graph: Graph) -> Iterator[set[str]]:
    """The strongly connected components, each after all that it leads to.

    That is the order in which networkx finds them (its search closes a component when all that
    follows is closed); were it another one, `reach` would raise KeyError rather than be wrong.
    """
    return nx.strongly_connected_components(graph)
