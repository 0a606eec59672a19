"""Exposure: what a breach of one tool gives away.

That is what it keeps, what it receives, what passes through it, and what the keys that it
holds open elsewhere, against the direction of a flow if need be. What its receivers hold is
not among it: a sender's breach does not open them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.graph.ends import between, protects
from stackaudit.graph.keys import Key, keys
from stackaudit.graph.lineage import lineage, path
from stackaudit.graph.missing import LISTED_FLOWS, Missing, in_order
from stackaudit.graph.structure import Structure, remembered

How = Literal["held", "received", "passing", "key"]

KEYLESS: Final = frozenset({"tag", "file", "manual"})
"""Ways to move data that need no key to the other end."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """One dataset that a breach gives away, and how."""

    dataset: str
    how: How
    """held, received, passing (through), or key: opened in another tool by a key held here."""
    of: str
    """Whose data it is: this tool's if held, the sender's if received or passing, or the tool's
    that a key opens."""
    flow: str | None
    """The flow that brings it, or whose credential opens it; None if held or by a grant."""
    sure: bool
    """False if it may be, but nobody said so: what a key opens, and at which end."""
    personal_here: bool | None
    """Whether it is personal data as it is here; None if nobody said of which class it is."""
    tool: str
    """The tool whose breach gives it away."""
    graph: Structure = field(repr=False, compare=False)
    """The stack that it is about."""

    @property
    def path(self) -> tuple[str, ...]:
        """How it comes to be exposed: the tools on the data's way, or the two ends of the key.

        Worked out when asked for: a way can be as long as the stack.
        """
        if self.how == "held":
            return (self.tool,)
        if self.how == "received" and self.flow is not None:
            return _way(self.graph, self.flow, self.dataset)
        return (self.of, self.tool) if self.how == "passing" else (self.tool, self.of)


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a breach of a tool gives away."""

    items: tuple[Exposed, ...]
    """Sorted by dataset, how, whose and flow."""
    complete: bool
    """Whether nothing that is unknown could add to the items."""
    missing: tuple[Missing, ...]
    """What nobody stated and would add to the items, or make them sure."""


@remembered
def exposure(graph: Structure, tool: str) -> Exposure:
    """What a breach of the tool gives away, and what could add to it."""
    found = [
        *_held(graph, tool),
        *_received(graph, tool),
        *_passing(graph, tool),
        *dict.fromkeys(_opened(graph, tool)),
    ]
    adding = {*_unknown_data(graph, tool), *_unknown_keys(graph, tool)}
    return Exposure(
        items=tuple(sorted(found, key=_order)),
        complete=not adding,
        missing=in_order(*adding, *_unsure_keys(graph, tool)),
    )


def _order(item: Exposed) -> tuple[str, str, str, str, bool]:
    return (item.dataset, item.how, item.of, item.flow or "", item.sure)


def _held(graph: Structure, tool: str) -> Iterator[Exposed]:
    for dataset in graph.kept(tool):
        personal = graph.personal(dataset)
        yield Exposed(dataset, "held", tool, None, True, personal, tool, graph)


def _received(graph: Structure, tool: str) -> Iterator[Exposed]:
    blunted, flows = _blunted(graph), graph.stack.flows
    for name in graph.carrying_inflows(tool):
        flow = flows[name]
        shields, sender = protects(flow), flow.source
        for dataset in dict.fromkeys(flow.data or ()):
            bare = not shields and sender not in blunted.get(dataset, ())
            here = graph.personal(dataset) if bare else False
            yield Exposed(dataset, "received", sender, name, True, here, tool, graph)


def arrivals(graph: Structure, tool: str, dataset: str) -> Iterator[bool | None]:
    """Of every flow that brings the dataset here: whether it is personal data as it arrives."""
    blunted = _blunted(graph).get(dataset, ())
    for name in graph.routes_into(dataset).get(tool, ()):
        flow = graph.stack.flows[name]
        bare = not protects(flow) and flow.source not in blunted
        yield graph.personal(dataset) if bare else False


@remembered
def _blunted(graph: Structure) -> Mapping[str, frozenset[str]]:
    """By dataset: the tools that have it only in a form that is not personal.

    They do not keep it, and every way by which it comes to them is protected.
    """
    found = {}
    for dataset in sorted(graph.stack.datasets):
        if graph.shielded(dataset):
            ways = lineage(graph, dataset)
            brought = ways.reached.keys() - ways.personal.keys()
            found[dataset] = frozenset(t for t in brought if dataset not in graph.kept(t))
    return found


def _way(graph: Structure, flow_id: str, dataset: str) -> tuple[str, ...]:
    """From where the dataset enters the stack, if that is known, to the end of the flow."""
    flow = graph.stack.flows[flow_id]
    ways = lineage(graph, dataset)
    middle = between(flow)
    last = (flow.target,) if middle is None else (middle, flow.target)
    for steps in (ways.from_record, ways.reached):
        if steps and flow.source in steps:
            before = path(steps, graph, flow.source)
            if flow.target not in before:
                return before + last
    return (flow.source, *last)


def _passing(graph: Structure, tool: str) -> Iterator[Exposed]:
    for name in graph.carrying_passing(tool):
        flow = graph.stack.flows[name]
        for dataset in dict.fromkeys(flow.data or ()):
            personal = graph.personal(dataset)
            # Nobody said whether the data is protected before it gets here, or only here.
            here = None if personal and protects(flow) else personal
            yield Exposed(dataset, "passing", flow.source, name, True, here, tool, graph)


def _opened(graph: Structure, tool: str) -> Iterator[Exposed]:
    for key in keys(graph, tool):
        flow = key.source[1] if key.source[0] == "flows" else None
        sure = key.sure and key.data is not None
        for dataset in graph.present(key.on) if key.data is None else key.data:
            personal = _personal_behind(graph, key, dataset)
            yield Exposed(dataset, "key", key.on, flow, sure, personal, tool, graph)


def _personal_behind(graph: Structure, key: Key, dataset: str) -> bool | None:
    if key.source[0] == "flows":
        flow = graph.stack.flows[key.source[1]]
        if key.on == flow.target and protects(flow) and dataset not in graph.kept(key.on):
            return False
    return graph.personal(dataset)


def _unknown_data(graph: Structure, tool: str) -> Iterator[Missing]:
    """What nobody said of the data that is in the tool, or passes through it."""
    stated = graph.stack.tools[tool]
    for key in ("holds", "collects", "grants"):
        if getattr(stated, key) is None:
            yield Missing("tools", tool, key)
    if not graph.flows_known:
        yield LISTED_FLOWS
    if tool in graph.partly_listed:
        yield Missing("tools", tool, "incomplete")
    for name in (*graph.carrying_inflows(tool), *graph.carrying_passing(tool)):
        if graph.stack.flows[name].data is None:
            yield Missing("flows", name, "data")


def _unknown_keys(graph: Structure, tool: str) -> Iterator[Missing]:
    """Keys of the tool's own flows of which nobody said who holds them, or what they open."""
    unheld = _unheld(graph)
    for name in (*graph.inflows(tool), *graph.outflows(tool), *graph.passing(tool)):
        if name in unheld:
            yield unheld[name]
    for key in keys(graph, tool):
        if key.data is None and graph.may_have_more(key.on):
            yield _data_of(key)


@remembered
def _unheld(graph: Structure) -> Mapping[str, Missing]:
    """The flows that need a key of which nobody said who holds it."""
    found = {}
    for name, flow in graph.stack.flows.items():
        needs_key = flow.status not in ("planned", "finished") and flow.method not in KEYLESS
        if needs_key and (flow.credential is None or flow.credential.held_by is None):
            found[name] = Missing("flows", name, "credential.held_by")
    return found


def _unsure_keys(graph: Structure, tool: str) -> Iterator[Missing]:
    for key in keys(graph, tool):
        if key.data is None:
            yield _data_of(key)
        if not key.sure and key.source[0] == "flows":
            yield Missing("flows", key.source[1], "credential.can")


def _data_of(key: Key) -> Missing:
    if key.source[0] == "flows":
        return Missing("flows", key.source[1], "data")
    return Missing("tools", key.stated_by, f"grants.{key.source[1]}.data")
