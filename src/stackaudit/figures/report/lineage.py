"""Lineage: the way of each personal dataset through the stack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import by_name, dataset_items, tool_items
from stackaudit.figures.report.parts import Item, Reason
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity, of_dataset
from stackaudit.graph.lineage import Lineage as Found
from stackaudit.graph.lineage import Step
from stackaudit.rules.world import World

_ABOUT_PEOPLE: Final = ("personal", "special")


@dataclass(frozen=True, slots=True)
class Stop:
    """A tool that the dataset reaches, by the way with the fewest flows."""

    tool: Item
    depth: int
    """How many flows it has behind it; 0 where it enters."""
    previous: str | None
    """Id of the tool before; None where it enters."""
    flow: str | None
    """Id of the flow from there."""
    through: Item | None
    """The tool in between that the flow runs through."""
    method: str | None
    """native, api, webhook, tag, etl, reverse_etl, ipaas, file, manual; None if not stated."""
    personal: bool
    """Whether it may still be personal data here: nothing on some way hashes or aggregates it."""
    late_least: float | None
    """Minutes behind the system of record, at the least; None if it does not come from there."""
    late_most: float | None
    """The same at the most; None where an interval on the way is not stated."""
    end: bool
    """Whether no flow that surely carries it leaves from here."""
    erases: bool | None
    """Whether the tool deletes it when the system of record says so; None if not stated."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A flow after which the dataset is not personal any more."""

    flow: str
    source: Item
    target: Item
    how: str
    """hashed, aggregated or anonymized."""


@dataclass(frozen=True, slots=True)
class Way:
    """One dataset's way."""

    dataset: Item
    sensitivity: Sensitivity
    record: Item | None
    """Its system of record."""
    record_stated: bool
    """Whether somebody said which that is, or that there is none."""
    entries: tuple[Item, ...]
    """Where it enters: tools that collect it, and its system of record."""
    stops: tuple[Stop, ...]
    """Every tool that it surely reaches, nearest first, entries included."""
    ends: tuple[Item, ...]
    """The stops from which it goes no further."""
    protected: tuple[Protected, ...]
    apart: tuple[Item, ...]
    """Tools in use that hold it, though no flow that is known brings it there."""
    complete: bool
    """Whether no flow that is unknown could lead it further."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The ways of all datasets about people, special categories first, then by name."""

    ways: tuple[Way, ...]
    unclassified: tuple[Item, ...]
    """Datasets of which nobody said whether they are about people: they have no way here."""
    empty: Reason | None
    no_flows: Reason | None
    """Why no way has a step (flows-unknown, no-flows)."""


def lineage(result: AuditResult) -> Lineage:
    """The way of every dataset that is stated to be about people."""
    world, datasets = result.world, result.stack.datasets
    ways = [_way(world, name) for name in datasets if datasets[name].privacy in _ABOUT_PEOPLE]
    unclassified = [name for name in datasets if datasets[name].privacy is None]
    running = any(each.previous for way in ways for each in way.stops)
    return Lineage(
        ways=tuple(sorted(ways, key=_order)),
        unclassified=by_name(dataset_items(world, unclassified)),
        empty=_empty(result, ways, unclassified),
        no_flows=None if running else "no-flows" if result.stack.knows_flows else "flows-unknown",
    )


def _order(way: Way) -> tuple[int, str, str]:
    return (SENSITIVITIES.index(way.sensitivity), way.dataset.name.casefold(), way.dataset.id)


def _empty(result: AuditResult, ways: list[Way], unclassified: list[str]) -> Reason | None:
    if ways:
        return None
    if not result.stack.datasets:
        return "no-datasets"
    return "privacy-unknown" if unclassified else "no-personal-data"


def _way(world: World, dataset: str) -> Way:
    graph = world.graph
    found = graph.lineage(dataset)
    stops = tuple(_stops(world, found))
    held = (tool for tool in graph.holders(dataset) if tool not in found.reached)
    may_reach = {t for entry in found.entries for t in graph.possible(dataset, entry)}
    return Way(
        dataset=dataset_items(world, (dataset,))[0],
        sensitivity=of_dataset(world.stack, dataset),
        record=next(iter(tool_items(world, filter(None, (found.record,)))), None),
        record_stated=graph.record(dataset) is not None,
        entries=by_name(tool_items(world, found.entries)),
        stops=stops,
        ends=tuple(each.tool for each in stops if each.end),
        protected=tuple(_protected(world, name) for name in found.ended),
        apart=by_name(tool_items(world, held)),
        complete=may_reach <= set(found.reached),
    )


def _stops(world: World, found: Found) -> Iterator[Stop]:
    late = world.graph.lateness(found.dataset)
    routes = world.graph.routes_out(found.dataset)
    for tool, step in sorted(found.reached.items(), key=lambda each: (each[1].hops, each[0])):
        after = late.get(tool)
        erasure = world.stack.tools[tool].erasure
        through, method = _transport(world, step)
        yield Stop(
            tool=tool_items(world, (tool,))[0],
            depth=step.hops,
            previous=step.previous,
            flow=step.flow,
            through=through,
            method=method,
            personal=tool in found.personal,
            late_least=after.least if after else None,
            late_most=after.most if after else None,
            end=not routes.get(tool),
            erases=None if erasure is None else found.dataset in erasure,
        )


def _transport(world: World, step: Step) -> tuple[Item | None, str | None]:
    """What the flow of a step runs through, and how it moves the data."""
    if step.flow is None:
        return None, None
    flow = world.stack.flows[step.flow]
    return next(iter(tool_items(world, filter(None, (flow.through,)))), None), flow.method


def _protected(world: World, name: str) -> Protected:
    flow = world.stack.flows[name]
    source, target = tool_items(world, (flow.source, flow.target))
    return Protected(name, source, target, flow.protect or "none")
