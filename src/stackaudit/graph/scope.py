"""The scope of a review: what a reviewer of a tool would see today, from stated facts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from stackaudit.graph.ends import protects
from stackaudit.graph.exposure import exposure
from stackaudit.graph.scope_keys import key_texts
from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model.governance import Scope, ScopeAccess, ScopeAi

Written: TypeAlias = "str | list[str] | dict[str, str]"
"""A part of a scope as an inventory states it."""


@remembered
def scope_of(graph: Structure, tool: str) -> Scope:
    """The scope of the tool as it stands now; what nobody stated is left out, lists are sorted.

    Only flows on which data moves today count: planned, broken, paused and finished ones carry
    nothing. What passes through the tool is received and sent by it; the tool in the middle of a
    flow is no counterpart of its ends, which send nothing that is meant for it.
    """
    entry = graph.stack.tools[tool]
    return Scope(
        product=_said(graph, tool, "product"),
        vendor=_said(graph, tool, "vendor"),
        holds=_listed(entry.holds),
        collects=_listed(entry.collects),
        receives=_moved(graph, tool, graph.carrying_inflows(tool)),
        sends=_moved(graph, tool, graph.carrying_outflows(tool)),
        classes=_classes(graph, tool) or None,
        counterparts=_counterparts(graph, tool),
        grants=_listed(key_texts(graph, tool)),
        region=entry.region,
        subprocessors=_listed(each.name for each in entry.subprocessors)
        if entry.subprocessors is not None
        else None,
        access=_part(ScopeAccess, entry.access),
        dpa=entry.dpa,
        ai=_part(ScopeAi, entry.ai),
    )


def _said(graph: Structure, tool: str, key: str) -> str | None:
    """What the files say of the tool, and not what the catalog filled in."""
    if not graph.stack.origins.states("tools", tool, key):
        return None
    said: str | None = getattr(graph.stack.tools[tool], key)
    return said


def _listed(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(set(names)))


def _part(kind: type[Any], stated: Any) -> Any:
    """The keys of a part of the entry that a scope has too; None if none of them is stated."""
    if stated is None:
        return None
    said = {each.name: getattr(stated, each.name) for each in fields(kind)}
    return kind(**said) if any(value is not None for value in said.values()) else None


def _moved(graph: Structure, tool: str, flows: Iterable[str]) -> tuple[str, ...] | None:
    """What these flows, and those through the tool, carry; None if nothing is stated of flows."""
    if not graph.stack.knows_flows:
        return None
    near = (*flows, *graph.carrying_passing(tool))
    return _listed(each for name in near for each in graph.stack.flows[name].data or ())


def _counterparts(graph: Structure, tool: str) -> tuple[str, ...] | None:
    if not graph.stack.knows_flows:
        return None
    near = (
        *graph.carrying_inflows(tool),
        *graph.carrying_outflows(tool),
        *graph.carrying_passing(tool),
    )
    flows = [graph.stack.flows[name] for name in near]
    ends = {end for flow in flows for end in (flow.source, flow.target)}
    return _listed(ends - {tool})


def data_of(scope: Scope) -> frozenset[str]:
    """Every dataset that the scope names as held, collected, received or sent."""
    lists = (scope.holds, scope.collects, scope.receives, scope.sends)
    return frozenset(each for listed in lists for each in listed or ())


def _classes(graph: Structure, tool: str) -> Mapping[str, str]:
    """The stated classes of the tool's data, as it is there: `personal confidential`."""
    blunt = _blunt(graph, tool)
    found = {}
    for dataset in sorted(_datasets(graph, tool)):
        entry = graph.stack.datasets[dataset]
        privacy = "none" if entry.privacy and dataset in blunt else entry.privacy
        words = " ".join(filter(None, (privacy, entry.confidentiality)))
        if words:
            found[dataset] = words
    return found


def _datasets(graph: Structure, tool: str) -> frozenset[str]:
    entry = graph.stack.tools[tool]
    near = (
        *graph.carrying_inflows(tool),
        *graph.carrying_outflows(tool),
        *graph.carrying_passing(tool),
    )
    moved = (each for name in near for each in graph.stack.flows[name].data or ())
    return frozenset((*(entry.holds or ()), *(entry.collects or ()), *moved))


def _blunt(graph: Structure, tool: str) -> frozenset[str]:
    """The data about people that the tool has, as far as is stated, only hashed or the like."""
    if not _any_protected(graph):
        return frozenset()
    here: dict[str, bool] = {}
    for each in exposure(graph, tool).items:
        if each.how != "key":
            blunt = each.personal_here is False and graph.personal(each.dataset) is True
            here[each.dataset] = here.get(each.dataset, True) and blunt
    return frozenset(dataset for dataset, blunt in here.items() if blunt)


@remembered
def _any_protected(graph: Structure) -> bool:
    """Whether any flow makes data arrive in a form that is not personal."""
    return any(protects(graph.stack.flows[name]) for name in graph.carrying)


def as_written(scope: Scope) -> dict[str, Written]:
    """The scope as an inventory states it: only what is known, in the order of the keys."""
    return dict(_written(scope))


def _written(part: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(part):
        value = getattr(part, each.name)
        if value is None:
            continue
        if is_dataclass(value):
            yield each.name, dict(_written(value))
        elif isinstance(value, tuple):
            yield each.name, list(value)
        elif isinstance(value, Mapping):
            yield each.name, {key: text for key, text in value.items() if text is not None}
        else:
            yield each.name, _text(value)


def _text(value: Any) -> Any:
    """A flag as an inventory states it; the rest as it is."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value
