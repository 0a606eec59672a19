"""Identity: which kinds of data can be joined, and by which chain of shared keys.

Two datasets can be joined where one tool has both and they share an identity key; others by a
chain of such joins, as the purchase in the shop and the visitor of the site by way of the
contact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

from networkx.utils import UnionFind

from stackaudit.dataclass import dataclass
from stackaudit.graph.structure import Structure, remembered

NAMELESS: Final = frozenset({"aggregated", "anonymized"})
"""What leaves no identity key in the data; a hash can still be matched with a hash."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two datasets about people that a capability needs together."""

    first: str
    second: str
    capabilities: tuple[str, ...]
    """The capabilities that need both, sorted."""


def joinable(graph: Structure, first: str, second: str) -> bool | None:
    """Whether a chain of joins leads from one dataset to the other; None if that is not sure."""
    if chain(graph, first, second):
        return True
    may_be = _possible_joins(graph)
    return None if may_be.get(first, first) == may_be.get(second, second) else False


@remembered
def chain(graph: Structure, first: str, second: str) -> tuple[str, ...]:
    """The shortest chain of datasets from `first` to `second`; empty if none is sure."""
    before: dict[str, str] = {first: first}
    level = [first]
    while level and second not in before:
        following = []
        for dataset in level:
            for other in _joined(graph).get(dataset, ()):
                if other not in before:
                    before[other] = dataset
                    following.append(other)
        level = sorted(following)
    return _unwound(before, second) if second in before else ()


def _unwound(before: Mapping[str, str], last: str) -> tuple[str, ...]:
    found = [last]
    while before[found[-1]] != found[-1]:
        found.append(before[found[-1]])
    return tuple(reversed(found))


@remembered
def _joined(graph: Structure) -> Mapping[str, tuple[str, ...]]:
    """By dataset: those it can surely be joined with in one tool, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for tool in graph.in_use:
        by_key: defaultdict[str, list[str]] = defaultdict(list)
        for dataset in _recognizable(graph, tool):
            for key in _identity(graph, dataset) or ():
                by_key[key].append(dataset)
        for together in by_key.values():
            for dataset in together:
                found[dataset].update(together)
    return {dataset: tuple(sorted(others)) for dataset, others in found.items()}


def _recognizable(graph: Structure, tool: str) -> frozenset[str]:
    """The datasets that are surely in the tool with their identity keys."""
    flows = (graph.stack.flows[name] for name in graph.carrying_inflows(tool))
    brought = (d for flow in flows if flow.protect not in NAMELESS for d in flow.data or ())
    return graph.kept(tool).union(brought)


def _identity(graph: Structure, dataset: str) -> tuple[str, ...] | None:
    return graph.stack.datasets[dataset].identity


@remembered
def _possible_joins(graph: Structure) -> Mapping[str, str]:
    """By dataset: one that stands for all those that it may be joined with.

    A dataset whose keys nobody stated may share one with any other that has keys at all. Where
    something may be in a tool that nobody said, any two datasets may meet.
    """
    union = UnionFind(sorted(graph.stack.datasets))
    if not graph.tools_known or any(graph.may_have_more(tool) for tool in graph.in_use):
        _join(graph, union, graph.stack.datasets)
    else:
        for tool in graph.in_use:
            _join(graph, union, _recognizable(graph, tool))
    return {dataset: union[dataset] for dataset in sorted(graph.stack.datasets)}


def _join(graph: Structure, union: UnionFind[str], datasets: Iterable[str]) -> None:
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    with_keys = [dataset for dataset in sorted(datasets) if _identity(graph, dataset) != ()]
    for dataset in with_keys:
        for key in _identity(graph, dataset) or ():
            by_key[key].append(dataset)
    for together in by_key.values():
        union.union(*together)
    if any(_identity(graph, dataset) is None for dataset in with_keys):
        union.union(*with_keys)


@remembered
def pairs_needed(graph: Structure) -> tuple[Pair, ...]:
    """The pairs of datasets that a capability needs together, unless one is stated not to be
    about people; sorted.

    Datasets of which nobody said that are among them.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for capability in graph.capabilities.values():
        about_people = sorted(
            d for d in set(capability.needs or ()) if graph.personal(d) is not False
        )
        for first, second in combinations(about_people, 2):
            found[first, second].append(capability.id)
    return tuple(Pair(*pair, tuple(found[pair])) for pair in sorted(found))
