"""Reach: which nodes every node leads to, all at once, as networkx says it one by one."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.graph.reach import reach
from tests.graph.making import graph_of

NODES = [f"n{number}" for number in range(9)]
edges = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=24)


@settings(deadline=None)
@given(edges)
def test_it_is_the_descendants_of_each_node(pairs: list[tuple[str, str]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    found = reach(graph)
    for node in graph:
        expected = nx.descendants(graph, node)
        assert found.of(node) == expected
        assert found.count(node) == len(expected)


@settings(deadline=None)
@given(edges, st.sets(st.sampled_from(NODES)))
def test_a_mask_asks_of_many_nodes_at_once(pairs: list[tuple[str, str]], wanted: set[str]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    graph.add_nodes_from(NODES)
    found = reach(graph)
    mask = found.mask(wanted)
    for node in NODES:
        after: set[str] = nx.descendants(graph, node)
        expected = wanted & {node, *after}
        assert found.meets(node, mask) == bool(expected)
        assert found.among(node, mask) == tuple(sorted(expected))


@settings(deadline=None)
@given(edges)
def test_parallel_edges_change_nothing(pairs: list[tuple[str, str]]) -> None:
    single, double = reach(nx.DiGraph(pairs)), reach(nx.MultiDiGraph(pairs + pairs))
    nodes = {node for pair in pairs for node in pair}
    assert {node: single.of(node) for node in nodes} == {node: double.of(node) for node in nodes}


def test_a_long_chain_needs_no_recursion() -> None:
    length = 5000
    graph: nx.DiGraph[str] = nx.path_graph([str(number) for number in range(length)], nx.DiGraph)
    found = reach(graph)
    assert found.count("0") == length - 1
    assert found.of(str(length - 1)) == frozenset()


def test_downstream_follows_flows_on_which_data_moves() -> None:
    graph = graph_of("""
        datasets: {contact: {}, visitor: {}}
        tools: {a: {}, b: {}, c: {}, d: {}, alone: {}}
        flows:
          - {from: a, to: b, data: [contact]}
          - {from: b, to: c, data: [visitor]}
          - {from: c, to: b}
          - {from: c, to: d, status: broken}
    """)
    assert graph.downstream.of("a") == {"b", "c"}
    assert graph.downstream.of("b") == {"c"}
    assert graph.downstream.count("d") == graph.downstream.count("alone") == 0
