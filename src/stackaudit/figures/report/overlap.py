"""Overlap: which capabilities several tools provide, and what they cost together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import (
    by_name,
    capability_item,
    causes,
    contracts_of_tool,
    cost_of,
    cost_together,
    shared_capability,
    tool_items,
)
from stackaudit.figures.report.parts import Cost, Item, Reason
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.money import Total, savings
from stackaudit.rules.finding import Finding

Role = Literal["main", "also"]
"""main: what the tool is mainly for; also: it can do that too."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A tool that provides a capability."""

    tool: Item
    role: Role
    cost: Cost
    """Of the tool as a whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """A capability that at least two tools in use list."""

    capability: Item
    lane: str | None
    providers: tuple[Provider, ...]
    """Those mainly for it first; then by name."""
    mains: int
    """How many are mainly for it."""
    crowded: bool
    """Whether a finding says that they are too many; tools for different markets are not."""
    cost: Total
    """What the contracts of the tools mainly for it cost a year, each counted once."""
    saves: Total
    """What its findings would save a year."""
    findings: tuple[str, ...]
    """Fingerprints of the findings on overlaps and crowding that name it or a pair in it."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Capabilities × tools."""

    rows: tuple[Row, ...]
    """Crowded ones first, then by how many tools are mainly for them, then by how many list them.
    """
    tools: tuple[Item, ...]
    """The columns: tools that are in some row, those in most rows first."""
    single: int
    """How many capabilities have one tool only; they are not shown."""
    unplaced: tuple[Item, ...]
    """Tools in use of which nobody said what they are for: they may overlap as well."""
    empty: Reason | None


def overlap(result: AuditResult) -> Overlap:
    """The capabilities that several tools in use provide."""
    graph = result.world.graph
    offering = {each: graph.offering(each) for each in graph.capabilities}
    found, costs = _findings(result), contract_costs(result)
    rows = [
        _row(result, each, tools, found.get(each, ()), costs)
        for each, tools in offering.items()
        if len(tools) > 1
    ]
    return Overlap(
        rows=tuple(sorted(rows, key=_order)),
        tools=_columns(rows),
        single=sum(len(tools) == 1 for tools in offering.values()),
        unplaced=by_name(tool_items(result.world, graph.unplaced)),
        empty=_empty(result, offering, rows),
    )


def _order(row: Row) -> tuple[object, ...]:
    return (not row.crowded, -row.mains, -len(row.providers), row.capability.id)


def _columns(rows: Sequence[Row]) -> tuple[Item, ...]:
    counts = Counter(each.tool for row in rows for each in row.providers)
    return tuple(sorted(counts, key=lambda each: (-counts[each], each.name.casefold(), each.id)))


def _empty(
    result: AuditResult, offering: Mapping[str, tuple[str, ...]], rows: Sequence[Row]
) -> Reason | None:
    if rows:
        return None
    if not result.world.graph.in_use:
        return "no-tools"
    return "no-overlap" if any(offering.values()) else "no-capabilities"


def _row(
    result: AuditResult,
    capability: str,
    tools: tuple[str, ...],
    found: Sequence[Finding],
    costs: Mapping[str, float],
) -> Row:
    world = result.world
    mains = world.graph.providers(capability)
    others = [each for each in tools if each not in mains]
    contracts = [name for tool in mains for name in contracts_of_tool(world, tool)]
    known = world.capabilities[capability].entry
    return Row(
        capability=capability_item(world, capability),
        lane=known.lane,
        providers=(*_providers(result, mains, "main"), *_providers(result, others, "also")),
        mains=len(mains),
        crowded=bool(found),
        cost=cost_together(costs, contracts),
        saves=savings(found, costs),
        findings=tuple(each.fingerprint for each in found),
    )


def _providers(result: AuditResult, tools: Sequence[str], role: Role) -> tuple[Provider, ...]:
    world = result.world
    items = by_name(tool_items(world, tools))
    return tuple(Provider(each, role, cost_of(world, each.id)) for each in items)


def _findings(result: AuditResult) -> Mapping[str, list[Finding]]:
    """Capability → what says that too many tools provide it, the worst first."""
    kinds = {rule.id: rule.subject for rule in result.rules}
    found: dict[str, list[Finding]] = {}
    for each in causes(result):
        ids = [ref.id for ref in each.finding.subjects]
        kind = kinds.get(each.finding.rule)
        about = ids[1] if kind == "provision" else None
        if kind == "overlap":
            about = shared_capability(result.world, ids[0], ids[1])
        if about is not None:
            found.setdefault(about, []).append(each.finding)
    return found
