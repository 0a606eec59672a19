"""What a tool has to do with data, and what a breach of it would give away."""

from __future__ import annotations

from typing import Any

from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.flow import datasets_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, NUMBER, TEXTS, many, subject


def _exposure(tool: ToolSubject) -> Any:
    return tool.world.graph.exposure(tool.id)


def _unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What could still add to what the tool handles or opens."""
    return tuple(_exposure(tool).missing) or missing_flows(tool)


def _own(tool: ToolSubject) -> list[Any]:
    """What it handles itself: held, received, passing through; not what keys open elsewhere."""
    return [each for each in _exposure(tool).items if each.how != "key"]


def _handling_known(tool: ToolSubject) -> bool:
    """Whether everything it holds, collects and receives is stated."""
    entry, graph = tool.entry, tool.world.graph
    if entry.holds is None or entry.collects is None or entry.incomplete or not graph.flows_known:
        return False
    near = [*graph.carrying_inflows(tool.id), *graph.carrying_passing(tool.id)]
    return all(tool.world.stack.flows[each].data is not None for each in near)


@fact("tool", many(subject("dataset")), missing=_unstated, cached=True)
def handles(tool: ToolSubject) -> Collection:
    """The datasets it holds, collects, receives, or passes on."""
    found = sorted({each.dataset for each in _own(tool) if each.sure})
    return datasets_of(tool, found, complete=_handling_known(tool))


@fact("tool", many(subject("dataset")), missing=_unstated, cached=True)
def personal_data(tool: ToolSubject) -> Collection:
    """The personal datasets among them, as far as they arrive in a form that is personal."""
    own = _own(tool)
    found = sorted({each.dataset for each in own if each.sure and each.personal_here})
    unclear = any(each.personal_here is None or not each.sure for each in own)
    return datasets_of(tool, found, complete=_handling_known(tool) and not unclear)


@fact("tool", TEXTS, missing=_unstated)
def sees(tool: ToolSubject) -> tuple[str, ...]:
    """The names of the datasets it is known to handle, personal ones first."""
    known = handles(tool)
    ranked = sorted(known or (), key=lambda each: (each.entry.privacy in (None, "none"), each.id))
    return tuple(each.label() for each in ranked)


@fact("tool", FLAG, missing=_unstated)
def has_data(tool: ToolSubject) -> bool | None:
    """Whether it holds or collects anything."""
    holds, collects = tool.entry.holds, tool.entry.collects
    if holds or collects:
        return True
    return None if holds is None or collects is None else False


@fact("tool", many(subject("dataset")), missing=_unstated)
def own_data(tool: ToolSubject) -> Collection:
    """The datasets it holds or collects itself."""
    holds, collects = tool.entry.holds, tool.entry.collects
    found = sorted({*(holds or ()), *(collects or ())})
    return datasets_of(tool, found, complete=holds is not None and collects is not None)


@fact("tool", many(subject("tool")), missing=_unstated, cached=True)
def exposes(tool: ToolSubject) -> Collection:
    """The tools whose personal data a breach here gives away.

    Itself for what it holds, the senders of what it receives or passes on, and the tools that
    keys held here open.
    """
    exposure = _exposure(tool)
    sure = {each.of for each in exposure.items if each.sure and each.personal_here}
    found = tuple(tool.world.tools[each] for each in sorted(sure))
    unclear = any(
        each.of not in sure and (each.personal_here is None or (not each.sure and each.personal_here))
        for each in exposure.items
    )
    return found if exposure.complete and not unclear else Some(found)


def _farthest(tool: ToolSubject) -> tuple[str, ...]:
    """The longest of the paths by which data comes to be exposed here."""
    paths = [each.path for each in _exposure(tool).items if each.sure and each.personal_here]
    return max(paths, key=lambda path: (len(path), path), default=())


@fact("tool", NUMBER, missing=_unstated, path=_farthest, cached=True)
def exposed_tools(tool: ToolSubject) -> Any:
    """How many tools' personal data a breach here gives away."""
    from stackaudit.rules import kleene

    return kleene.count(exposes(tool))


@fact("tool", FLAG, missing=lambda tool: missing_flows(tool))
def connected(tool: ToolSubject) -> bool | None:
    """Whether a flow takes data in, out, or through it."""
    return tool.world.graph.connected(tool.id)


@fact("tool", FLAG, missing=lambda tool: missing_flows(tool))
def on_island(tool: ToolSubject) -> bool | None:
    """Whether it is connected to others, and all of them to no system of record of their data."""
    return tool.world.graph.island(tool.id)


@fact("tool", many(subject("tool")))
def group(tool: ToolSubject) -> tuple[ToolSubject, ...]:
    """The tools it is connected to, directly or through others, itself included."""
    return tuple(tool.world.tools[each] for each in tool.world.graph.group_of(tool.id))


def _arrivals(tool: ToolSubject) -> list[tuple[int, str]]:
    """(hops, dataset) of the personal data that comes here from its system of record."""
    world = tool.world
    found = []
    for name, dataset in world.datasets.items():
        if dataset.entry.privacy in ("personal", "special"):
            steps = world.graph.lineage(name).personal_from_record or {}
            if tool.id in steps and steps[tool.id].hops > 0:
                found.append((steps[tool.id].hops, name))
    return sorted(found)


def _arrival_path(tool: ToolSubject) -> tuple[str, ...]:
    """The way of the nearest personal dataset from its system of record to the tool."""
    arrivals = _arrivals(tool)
    if not arrivals:
        return ()
    from stackaudit.graph.lineage import path

    lineage = tool.world.graph.lineage(arrivals[0][1])
    return path(lineage.personal_from_record or {}, tool.world.graph, tool.id)


def _arrivals_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    datasets = tool.world.stack.datasets
    found = [Missing("datasets", n, "privacy") for n, d in datasets.items() if d.privacy is None]
    found += [
        Missing("datasets", n, "system_of_record")
        for n, d in datasets.items()
        if d.privacy in ("personal", "special") and d.system_of_record is None
    ]
    return (*found, *missing_flows(tool))


@fact("tool", FLAG, missing=_arrivals_unstated, path=_arrival_path, cached=True)
def gets_personal_data(tool: ToolSubject) -> bool | None:
    """Whether personal data reaches it from a system of record."""
    if _arrivals(tool):
        return True
    for name, dataset in tool.world.datasets.items():
        if dataset.entry.privacy != "none" and _may_arrive(tool, name):
            return None
    return False


def _may_arrive(tool: ToolSubject, dataset: str) -> bool:
    """Whether nothing rules out that the dataset comes here as personal data."""
    graph = tool.world.graph
    record = tool.world.stack.datasets[dataset].system_of_record
    if record == "none":
        return False
    if record is None:
        return True
    listed = graph.lineage(dataset).from_record or {}
    return tool.id in graph.possible(dataset, record) and tool.id not in listed


@fact("tool", NUMBER, path=_arrival_path)
def hops(tool: ToolSubject) -> int | None:
    """How many flows the nearest personal data takes from its system of record."""
    arrivals = _arrivals(tool)
    return arrivals[0][0] if arrivals else None


@fact("tool", TEXTS)
def arriving(tool: ToolSubject) -> tuple[str, ...]:
    """The personal data that reaches it from systems of record, nearest first."""
    return tuple(tool.world.datasets[name].label() for _, name in _arrivals(tool))


def _dangerous_keys(tool: ToolSubject) -> tuple[list[str], bool]:
    """Systems of record that keys held here open for writing, or for reading personal data.

    The second value says whether a key of which too little is stated could be one more.
    """
    world = tool.world
    found, unclear = set(), tool.entry.grants is None
    for key in world.graph.keys(tool.id):
        kept = [n for n, d in world.stack.datasets.items() if d.system_of_record == key.on]
        if not kept:
            continue
        if key.can in ("write", "admin"):
            found.add(key.on)
            continue
        opened = kept if key.data is None else [each for each in key.data if each in kept]
        personal = [world.stack.datasets[each].privacy for each in opened]
        if any(each in ("personal", "special") for each in personal):
            found.add(key.on)
        elif key.can is None or any(each is None for each in personal):
            unclear = True
    return sorted(found), unclear


@fact("tool", many(subject("tool")), missing=lambda tool: _keys_unstated(tool))
def opens_records(tool: ToolSubject) -> Collection:
    """The systems of record that keys held here open: to write, or to read personal data."""
    found, unclear = _dangerous_keys(tool)
    opened = tuple(tool.world.tools[each] for each in found)
    return Some(opened) if unclear else opened


def _keys_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if tool.entry.grants is None:
        return (Missing("tools", tool.id, "grants"),)
    return tuple(
        Missing("tools", tool.id, f"grants.{place}.can")
        for place, grant in enumerate(tool.entry.grants)
        if grant.can is None
    )


def _key_path(tool: ToolSubject) -> tuple[str, ...]:
    found, _ = _dangerous_keys(tool)
    return (tool.id, found[0]) if found else ()


@fact("tool", FLAG, missing=_keys_unstated, path=_key_path)
def opens_a_record(tool: ToolSubject) -> bool | None:
    """Whether a key held here opens a system of record: to write, or to read personal data."""
    found, unclear = _dangerous_keys(tool)
    return True if found else None if unclear else False
