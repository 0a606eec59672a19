"""Of two tools that do the same: which to keep, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stackaudit.rules.kinds.portfolio import OverlapSubject
from stackaudit.rules.kinds.tool import ToolSubject


@dataclass(frozen=True, slots=True)
class Choice:
    """The tool to keep, the one that could go, and what speaks for it."""

    keep: ToolSubject
    drop: ToolSubject
    reasons: tuple[str, ...]


def choose(overlap: OverlapSubject) -> Choice:
    """Weigh the two tools: decisions already made first, then use, dependents, flows, cost."""
    memory = overlap.memory
    if "choice" not in memory:
        memory["choice"] = _decided(overlap.a, overlap.b) or _weighed(overlap.a, overlap.b)
    choice: Choice = memory["choice"]
    return choice


def _decided(a: ToolSubject, b: ToolSubject) -> Choice | None:
    """What people have decided already settles it."""
    for keep, drop in ((a, b), (b, a)):
        if keep.entry.keep not in (None, "none") and drop.entry.keep in (None, "none"):
            return Choice(keep, drop, ("is deliberately kept",))
    for keep, drop in ((a, b), (b, a)):
        if _leaving(drop) and not _leaving(keep):
            return Choice(keep, drop, (f"{drop.label()} is to go already",))
    for keep, drop in ((a, b), (b, a)):
        if drop.entry.stage == "pilot" and keep.entry.stage != "pilot":
            return Choice(keep, drop, (f"{drop.label()} is only a pilot",))
    return None


def _leaving(tool: ToolSubject) -> bool:
    return tool.entry.stage == "retiring" or tool.entry.disposition in ("migrate", "eliminate")


def _weighed(a: ToolSubject, b: ToolSubject) -> Choice:
    """One point each for more users, more dependents, more flows, lower cost."""
    points: dict[str, list[str]] = {a.id: [], b.id: []}
    for measure, words, more_is_better in _MEASURES:
        left, right = measure(a), measure(b)
        if left is not None and right is not None and left != right:
            winner = a if (left > right) is more_is_better else b
            points[winner.id].append(words)
    cheaper = _lower_cost(a, b)
    ranked = sorted((a, b), key=lambda each: (-len(points[each.id]), each is not cheaper, each.id))
    keep, drop = ranked
    return Choice(keep, drop, tuple(points[keep.id]) or ("nothing stated speaks for the other",))


def _users(tool: ToolSubject) -> float | None:
    if tool.entry.users is not None:
        return tool.entry.users
    contract = tool.world.stack.own_contract(tool.id)
    return contract.used if contract else None


def _dependents(tool: ToolSubject) -> float | None:
    return float(tool.world.graph.downstream.count(tool.id)) if tool.world.stack.knows_flows else None


def _flows(tool: ToolSubject) -> float | None:
    graph = tool.world.graph
    if not tool.world.stack.knows_flows:
        return None
    return float(len(graph.inflows(tool.id)) + len(graph.outflows(tool.id)))


def _cost(tool: ToolSubject) -> float | None:
    from stackaudit.rules.facts.contract import tool_cost

    cost = tool_cost(tool)
    return float(cost) if isinstance(cost, int | float) else None


_MEASURES: tuple[tuple[Any, str, bool], ...] = (
    (_users, "more people use it", True),
    (_dependents, "more tools depend on its data", True),
    (_flows, "it is better connected", True),
    (_cost, "it costs less", False),
)


def _lower_cost(a: ToolSubject, b: ToolSubject) -> ToolSubject:
    left, right = _cost(a), _cost(b)
    return b if left is not None and right is not None and right < left else a
