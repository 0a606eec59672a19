"""What several chapters look up: names, costs, owners, sensitivity, which findings are causes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from stackaudit.audit import AuditResult
from stackaudit.figures.report.parts import Cost, Item, Owners, names_of
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total
from stackaudit.rules.facts.paid import tool_cost
from stackaudit.rules.kleene import bounds
from stackaudit.rules.world import World

SENSITIVE: tuple[Sensitivity, ...] = ("special", "restricted", "personal")
"""What a review has to be there for."""


def tool_items(world: World, ids: Iterable[str]) -> tuple[Item, ...]:
    """Tools by name, in the order given; ids of tools that are not there are left out."""
    return tuple(Item(each, world.tools[each].label()) for each in ids if each in world.tools)


def dataset_items(world: World, ids: Iterable[str]) -> tuple[Item, ...]:
    """Datasets by name, in the order given."""
    known = world.datasets
    return tuple(Item(each, known[each].label() if each in known else each) for each in ids)


def capability_item(world: World, id_: str) -> Item:
    """A capability by the stack's or the taxonomy's name for it."""
    found = world.capabilities.get(id_)
    return Item(id_, world.wording.shown(found) if found else id_)


def contract_item(world: World, id_: str) -> Item:
    """A contract by its name, or that of its tool."""
    return Item(id_, world.wording.shown(world.contracts[id_]))


def by_name(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items as people look for them: by name, upper and lower case together."""
    return tuple(sorted(items, key=lambda each: (each.name.casefold(), each.name, each.id)))


def cost_of(world: World, tool: str) -> Cost:
    """What a tool costs a year, alone or as a part of contracts for several."""
    found = tool_cost(world.tools[tool])
    if found is None:
        return Cost(None, None)
    low, high = bounds(found)
    return Cost(low, None if math.isinf(high) else high)


def cost_together(costs: Mapping[str, float], contracts: Iterable[str]) -> Total:
    """What these contracts cost a year, of those stated; at least that, where one does not say."""
    names = sorted(set(contracts))
    stated = sum(costs[each] for each in names if each in costs)
    return Total(round(stated, 2), any(each not in costs for each in names))


def contracts_of_tool(world: World, tool: str) -> tuple[str, ...]:
    """Ids of the contracts that pay for a tool."""
    own = (tool,) if world.stack.own_contract(tool) is not None else ()
    return (*own, *world.covering.get(tool, ()))


def tools_behind(world: World, kind: str, id_: str) -> tuple[str, ...]:
    """The tools that a subject of a finding is about."""
    stack = world.stack
    if kind == "flow" and id_ in stack.flows:
        flow = stack.flows[id_]
        return tuple(dict.fromkeys((flow.source, flow.target)))
    if kind == "contract" and id_ in world.contracts:
        return world.contracts[id_].covers
    if kind == "roadmap_item" and id_ in stack.roadmap:
        return stack.roadmap[id_].tools or ()
    return (id_,) if kind == "tool" and id_ in stack.tools else ()


def tools_of(world: World, judged: Judged) -> tuple[str, ...]:
    """The tools that a finding is about, in the order of its subjects."""
    refs = judged.finding.subjects
    return tuple(dict.fromkeys(t for ref in refs for t in tools_behind(world, ref.kind, ref.id)))


def owners_of_tools(world: World, tools: Iterable[str]) -> Owners:
    """Who answers for the tools, on both sides."""
    owners = [owner for each in tools if (owner := world.stack.tools[each].owner) is not None]
    return Owners(
        names_of(each.business for each in owners), names_of(each.technical for each in owners)
    )


def owners_of(world: World, judged: Judged) -> Owners:
    """Who answers for what a finding is about: its tools, flow, capability or roadmap item."""
    found = owners_of_tools(world, tools_of(world, judged))
    business, technical = list[str | None](found.business), list[str | None](found.technical)
    stack = world.stack
    for ref in judged.finding.subjects:
        if ref.kind == "flow" and ref.id in stack.flows:
            technical.append(stack.flows[ref.id].owner)
        elif ref.kind == "capability" and ref.id in world.capabilities:
            business.append(world.capabilities[ref.id].entry.owner)
        elif ref.kind == "roadmap_item" and ref.id in stack.roadmap:
            business.append(stack.roadmap[ref.id].business)
            technical.append(stack.roadmap[ref.id].technical)
    return Owners(names_of(business), names_of(technical))


def shared_capability(world: World, first: str, second: str) -> str | None:
    """What one of two tools is mainly for and the other one does too."""
    tools = world.stack.tools
    one, other = tools[first].capabilities or (), tools[second].capabilities or ()
    if one and one[0] in other:
        return one[0]
    return other[0] if other and other[0] in one else None


def under(result: AuditResult) -> Mapping[str, tuple[Judged, ...]]:
    """Fingerprint of each finding that stands for itself → those folded under it, worst first."""
    causes = {e.finding.fingerprint for e in result.findings if e.folded_under is None}
    found: dict[str, list[Judged]] = {}
    for each in result.findings:
        if each.folded_under in causes:
            found.setdefault(each.folded_under or "", []).append(each)
        else:
            found.setdefault(each.finding.fingerprint, [])
    return {name: tuple(sorted(each, key=weight)) for name, each in found.items()}


def causes(result: AuditResult) -> tuple[Judged, ...]:
    """The findings that stand for themselves and that nobody waived, the worst first."""
    roots = under(result)
    alone = (e for e in result.findings if e.finding.fingerprint in roots and e.status != "waived")
    return tuple(sorted(alone, key=weight))


def weight(judged: Judged) -> tuple[object, ...]:
    """Waived ones last; then the worst first, by rule and subject."""
    return (judged.status == "waived", *judged.finding.sort_key())
