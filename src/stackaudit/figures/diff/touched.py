"""Which tools a difference can have made wider or narrower at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stackaudit.figures.diff.entries import EntryChange
from stackaudit.inventory.model import Flow
from stackaudit.inventory.stack import Stack


def touched(
    stack: Stack,
    tools: Iterable[EntryChange],
    flows: Iterable[EntryChange],
    datasets: Iterable[EntryChange],
) -> frozenset[str]:
    """The ids of tools of the stack that changed, or whose flows, neighbors or data did.

    What a review covers is what a tool states itself, its flows, the stage of the tools at their
    other ends, and the classes of its data.
    """
    entries = {name for each in tools for name in (each.id, each.was) if name}
    moved = {name for each in flows for name in (each.id, each.was) if name}
    data = {each.id for each in datasets}
    found = set(entries)
    for id_, tool in stack.tools.items():
        if data and not data.isdisjoint((*(tool.holds or ()), *(tool.collects or ()))):
            found.add(id_)
    for id_, flow in stack.flows.items():
        ends = set(_ends(flow))
        if id_ in moved or ends & entries or not data.isdisjoint(flow.data or ()):
            found |= ends
    return frozenset(found & stack.tools.keys())


def _ends(flow: Flow) -> Iterator[str]:
    """The tools that a flow goes from, to and through, and the one that holds its key."""
    yield flow.source
    yield flow.target
    if flow.through is not None:
        yield flow.through
    if flow.credential is not None and flow.credential.held_by is not None:
        yield flow.credential.held_by
