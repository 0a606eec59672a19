"""What we promise of every answer: forgetting a fact makes it unsure, never another one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stackaudit.graph.stack_graph import StackGraph
from tests.graph.making import DATASETS, TOOLS, flows, graph_from, inventories

Answers = dict[str, bool | None]

FORGETTABLE = {
    "tools": ("capabilities", "collects", "holds"),
    "datasets": ("system_of_record", "identity"),
    "flows": ("data", "every"),
}
"""Facts whose absence means that nobody said; `lifecycle` and `status` have a default."""


def answers(graph: StackGraph) -> Answers:
    """Every answer that may be None, by its question."""
    return dict(_answers(graph))


def _answers(graph: StackGraph) -> Iterator[tuple[str, bool | None]]:
    for need in graph.needs:
        yield f"met {need.capability} {need.dataset}", need.met
        yield f"in time {need.capability} {need.dataset}", need.in_time
    for tool in TOOLS:
        yield f"connected {tool}", graph.connected(tool)
        yield f"island {tool}", graph.island(tool)
        yield f"relays {tool}", graph.relays(tool)
        for dataset in DATASETS:
            yield f"reaches {tool} {dataset}", graph.reaches_record(tool, dataset)
            yield f"fed {tool} {dataset}", graph.fed(tool, dataset)
            yield f"passes on {tool} {dataset}", graph.passes_on(tool, dataset)
            yield f"takes in {tool} {dataset}", graph.takes_in(tool, dataset)
    for first in DATASETS:
        for second in DATASETS:
            yield f"joinable {first} {second}", graph.joinable(first, second)


def changed(inventory: dict[str, Any]) -> dict[str, Any]:
    """A copy to change."""
    copy: dict[str, Any] = json.loads(json.dumps(inventory))
    return copy


@settings(max_examples=150, deadline=None)
@given(inventories(), st.data())
def test_forgetting_a_fact_never_turns_an_answer_into_another(
    inventory: dict[str, Any], data: st.DataObject
) -> None:
    stated = sorted(
        (section, str(entry), key)
        for section, keys in FORGETTABLE.items()
        for entry, node in _entries(inventory[section])
        for key in keys
        if key in node
    )
    assume(stated)
    section, entry, key = data.draw(st.sampled_from(stated))
    less = changed(inventory)
    del dict(_entries(less[section]))[entry][key]
    before, after = answers(graph_from(inventory)), answers(graph_from(less))
    if key in ("holds", "collects"):  # where they are not stated the taxonomy speaks for relays
        after = {name: answer for name, answer in after.items() if not name.startswith("relays")}
    flipped = {
        name: (before[name], answer)
        for name, answer in after.items()
        if answer not in (None, before[name])
    }
    assert not flipped


def _entries(section: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    pairs = section.items() if isinstance(section, dict) else enumerate(section)
    return ((str(name), node) for name, node in pairs)


def exposed(graph: StackGraph, tool: str) -> dict[tuple[Any, ...], bool | None]:
    """What a breach gives away, and whether that is personal data."""
    return {
        (item.dataset, item.how, item.of, item.flow, item.sure): item.personal_here
        for item in graph.exposure(tool).items
    }


@settings(max_examples=100, deadline=None)
@given(inventories(), st.integers(min_value=0))
def test_forgetting_what_a_flow_carries_makes_nothing_look_safer(
    inventory: dict[str, Any], number: int
) -> None:
    assume(inventory["flows"])
    less = changed(inventory)
    less["flows"][number % len(less["flows"])].pop("data", None)
    before, after = graph_from(inventory), graph_from(less)
    for tool in TOOLS:
        ours, theirs = exposed(after, tool), exposed(before, tool)
        assert {item for item in ours if item[-1]} <= set(theirs)
        assert not after.exposure(tool).complete or set(ours) == set(theirs)
        for item, personal in ours.items():
            assert personal is not False or theirs.get(item, False) is False
        for dataset in DATASETS:
            assert before.possible(dataset, tool) <= after.possible(dataset, tool)
        lost = {(need.capability, need.dataset) for need in before.needs_lost_without(tool)}
        for need in after.needs_lost_without(tool):
            assert (need.capability, need.dataset) in lost


@settings(max_examples=150, deadline=None)
@given(inventories(), flows)
def test_a_new_flow_never_takes_from_a_need(
    inventory: dict[str, Any], flow: dict[str, Any]
) -> None:
    more = changed(inventory)
    more["flows"].append({"id": "new", **flow})
    order = [False, None, True]
    for before, after in zip(graph_from(inventory).needs, graph_from(more).needs, strict=True):
        assert order.index(after.met) >= order.index(before.met)
        if before.late is not None:
            assert after.late is not None
            assert after.late.least <= before.late.least


@settings(max_examples=100, deadline=None)
@given(inventories())
def test_an_open_need_says_what_would_decide_it(inventory: dict[str, Any]) -> None:
    for need in graph_from(inventory).needs:
        assert bool(need.missing) == (need.met is None)
        assert not (need.met and need.nearest)


@settings(max_examples=100, deadline=None)
@given(inventories())
def test_what_is_sure_is_possible(inventory: dict[str, Any]) -> None:
    graph = graph_from(inventory)
    for dataset in DATASETS:
        lineage = graph.lineage(dataset)
        record = graph.record_tool(dataset)
        assert set(lineage.personal) <= set(lineage.reached)
        if record is not None and lineage.from_record is not None:
            assert set(lineage.from_record) <= graph.possible(dataset, record)
            assert set(lineage.from_record) == set(graph.lateness(dataset))
        for late in graph.lateness(dataset).values():
            assert late.most is None or late.least <= late.most


@settings(max_examples=50, deadline=None)
@given(inventories(), st.integers())
def test_the_order_of_the_file_changes_nothing(inventory: dict[str, Any], seed: int) -> None:
    shuffled = changed(inventory)
    order = random.Random(seed)
    order.shuffle(shuffled["flows"])
    for section in ("tools", "datasets", "capabilities"):
        entries = list(shuffled[section].items())
        order.shuffle(entries)
        shuffled[section] = dict(entries)
    one, other = graph_from(inventory), graph_from(shuffled)
    assert one.needs == other.needs
    assert one.groups == other.groups
    for tool in TOOLS:
        assert one.exposure(tool) == other.exposure(tool)
        assert one.needs_lost_without(tool) == other.needs_lost_without(tool)
    for dataset in DATASETS:
        assert list(one.lineage(dataset).reached.items()) == list(
            other.lineage(dataset).reached.items()
        )
