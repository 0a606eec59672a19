"""The verdict and the five figures that everybody should remember, each with how it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, get_args

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.exposure import NOT_COUNTING, state_of
from stackaudit.figures.report.lookup import SENSITIVE, causes
from stackaudit.figures.report.parts import Reason
from stackaudit.figures.sensitivity import sensitivity_of
from stackaudit.figures.summary import contract_costs, summarize
from stackaudit.findings.gate import DECIDED_TO_BE_CLEAN, counted
from stackaudit.findings.money import savings
from stackaudit.graph.stack_graph import StackGraph
from stackaudit.rules.finding import Finding
from stackaudit.rules.severity import Severity

KpiId = Literal["cost", "savings", "needs", "apart", "unreviewed"]
KPIS: Final[tuple[KpiId, ...]] = get_args(KpiId)
"""cost: what the stack costs a year; savings: what clearing its findings would save a year;
needs: how many needs for data are not met, of those that could be decided; apart: tools in use
that no data moves into, out of or through, or whose group has no system of record, of all in use;
unreviewed: tools in use that handle personal, special or restricted data and have no review that
counts today, of all that handle such data.

None of the counts is 0 while less than four fifths of what it is counted from is known: then it is
unknown."""

Unit = Literal["money", "tools", "needs"]
Standing = Literal["lone", "island", "joined", "unsure"]
"""lone: no data moves into, out of or through it; island: its group has none of the systems of
record of its data; joined: neither; unsure: the inventory does not say enough."""
Outcome = Literal[
    "gates", "clean", "nothing-gates", "nothing-found", "too-little-known", "nothing-checked"
]
"""gates: findings gate; clean: nothing found and enough decided; nothing-gates: findings, none of
which gates; too-little-known: nothing found, and too little decided to call it clean;
nothing-found: nothing found although a rule failed to run; nothing-checked: no check was made."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a figure is counted from."""

    key: str
    """The word for it (`kpi.<id>.parts.<key>`), or the id of a contract (`name` is then set)."""
    value: float
    unit: Unit | Literal["contracts"]
    name: str | None = None
    """What people call it, where it is a thing of the inventory."""
    counts: bool = True
    """Whether it is added up to the figure; False: it stands beside it, for comparison."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure."""

    id: KpiId
    """Also the key of its words: `kpi.<id>.title`, and `kpi.<id>.how` for how it is counted."""
    value: float | None
    """None where nothing can be said; `empty` then says why."""
    of: float | None
    """The whole that it is a part of; None where there is none to name."""
    at_least: bool
    """Whether it may be more: something that belongs to it is unknown."""
    unit: Unit
    parts: tuple[Part, ...]
    """Those that count add up to `value`, exactly."""
    empty: Reason | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the audit says as a whole."""

    outcome: Outcome
    passed: bool
    gating: int
    """Findings that gate, and findings of before that gate because they are open now."""
    findings: int
    """All, folded and waived ones too."""
    causes: int
    """Those that stand for themselves and nobody waived: the ones to act on."""
    by_severity: Mapping[Severity, int]
    """Of the causes; the worst first; every severity has its number."""
    by_status: Mapping[str, int]
    """Of all findings."""
    checks: int
    decided: int
    decided_share: float
    """0 to 1; 1 where there was nothing to check."""
    open: int
    """Checks that wait for a fact."""
    completeness: float
    """0 to 1: stated facts among those that the rules ask for."""
    tools: int
    tools_in_use: int
    flows: int
    datasets: int


@dataclass(frozen=True, slots=True)
class Kpis:
    """The first page. Never empty: a figure that cannot be given says so itself."""

    verdict: Verdict
    figures: tuple[Kpi, ...]
    """The five, in the order of `KPIS`."""
    empty: Reason | None

    def figure(self, id_: KpiId) -> Kpi:
        """The figure of that name."""
        return next(each for each in self.figures if each.id == id_)


def kpis(result: AuditResult) -> Kpis:
    """Count the five figures of an audit."""
    makers = (_cost, _savings, _needs, _apart, _unreviewed)
    used = any(tool.in_use for tool in result.stack.tools.values())
    return Kpis(
        verdict=_verdict(result),
        figures=tuple(make(result) for make in makers),
        empty=None if used or result.findings else "no-tools",
    )


def _verdict(result: AuditResult) -> Verdict:
    summary, verdict = summarize(result), result.verdict
    alone = causes(result)
    counts = Counter(each.finding.severity for each in alone)
    return Verdict(
        outcome=_outcome(result),
        passed=verdict.passed,
        gating=len(verdict.gating) + len(verdict.gating_open),
        findings=len(result.findings),
        causes=len(alone),
        by_severity={each: counts[each] for each in sorted(Severity, reverse=True)},
        by_status=counted(result.findings),
        checks=verdict.checks,
        decided=verdict.decided,
        decided_share=verdict.decided_share,
        open=summary.open,
        completeness=summary.completeness,
        tools=summary.tools,
        tools_in_use=summary.tools_in_use,
        flows=summary.flows,
        datasets=summary.datasets,
    )


def _outcome(result: AuditResult) -> Outcome:
    verdict = result.verdict
    if not verdict.passed:
        return "gates"
    if verdict.clean:
        return "clean"
    if result.findings:
        return "nothing-gates"
    if not verdict.checks:
        return "nothing-checked"
    enough = verdict.decided_share >= DECIDED_TO_BE_CLEAN
    return "nothing-found" if enough else "too-little-known"


def _nothing(id_: KpiId, unit: Unit, why: Reason, parts: tuple[Part, ...] = ()) -> Kpi:
    """A figure of which nothing can be said; what counts only stands beside it then."""
    beside = tuple(replace(each, counts=False) for each in parts)
    return Kpi(id_, None, None, False, unit, beside, why)


def _too_little(unknown: int, of: int) -> bool:
    """Whether so much is unknown that a zero would say more than anybody knows."""
    return of > 0 and (of - unknown) / of < DECIDED_TO_BE_CLEAN


def _cost(result: AuditResult) -> Kpi:
    costs, contracts = contract_costs(result), result.world.contracts
    total = summarize(result).annual_cost
    unknown = len(contracts) - len(costs)
    parts = tuple(
        Part(name, round(costs[name], 2), "money", contracts[name].label())
        for name in sorted(costs, key=lambda each: (-costs[each], each))
        if costs[name]
    )
    if unknown:
        parts += (Part("unpriced", unknown, "contracts", counts=False),)
    unstated = len(without_contract(result))
    if unstated:
        parts += (Part("unstated", unstated, "tools", counts=False),)
    if not costs:
        return _nothing("cost", "money", "no-costs" if contracts else "no-contracts", parts)
    return Kpi("cost", total.amount, None, total.at_least, "money", parts, None)


def without_contract(result: AuditResult) -> tuple[str, ...]:
    """Tools in use of which no contract is stated, nor that there is none; sorted."""
    world = result.world
    return tuple(
        name
        for name, tool in sorted(result.stack.tools.items())
        if tool.in_use and tool.contract is None and name not in world.covering
    )


def _savings(result: AuditResult) -> Kpi:
    costs = contract_costs(result)
    active = [each.finding for each in result.findings if each.status != "waived"]
    total = savings(active, costs)
    if total.amount == 0 and not costs:
        return _nothing(
            "savings", "money", "no-costs" if result.world.contracts else "no-contracts"
        )
    whole = round(sum(costs.values()), 2) if costs else None
    parts = tuple(_saved(result, active, costs))
    return Kpi("savings", total.amount, whole, total.at_least, "money", parts, None)


def _saved(
    result: AuditResult, findings: Iterable[Finding], costs: Mapping[str, float]
) -> Iterator[Part]:
    """What is saved of each contract, and what belongs to none; as `savings` adds it up."""
    money = [e.saves for e in findings if e.saves is not None and e.saves.amount]
    by_contract: dict[str, float] = {}
    for each in money:
        if each.contract is not None:
            known = by_contract.get(each.contract, 0.0)
            by_contract[each.contract] = max(known, each.amount or 0.0)
    capped = {name: min(each, costs.get(name, each)) for name, each in by_contract.items()}
    for name in sorted(capped, key=lambda each: (-capped[each], each)):
        contract = result.world.contracts.get(name)
        yield Part(name, capped[name], "money", contract.label() if contract else name)
    loose = sum(each.amount or 0.0 for each in money if each.contract is None)
    if loose:
        yield Part("loose", loose, "money")


def _needs(result: AuditResult) -> Kpi:
    needs = result.world.graph.needs
    unmet = sum(each.met is False for each in needs)
    met = [each for each in needs if each.met]
    late = sum(each.in_time is False for each in met)
    left_open = len(needs) - unmet - len(met)
    parts = (
        Part("unmet", unmet, "needs"),
        Part("met", len(met), "needs", counts=False),
        Part("late", late, "needs", counts=False),
        Part("open", left_open, "needs", counts=False),
    )
    if not needs:
        return _nothing("needs", "needs", "no-needs")
    if not unmet and _too_little(left_open, len(needs)):
        known = result.stack.knows_flows
        return _nothing("needs", "needs", "too-little-known" if known else "flows-unknown", parts)
    return Kpi("needs", unmet, unmet + len(met), left_open > 0, "needs", parts, None)


def _apart(result: AuditResult) -> Kpi:
    graph = result.world.graph
    standing = Counter(standing_of(graph, each) for each in graph.in_use)
    parts = (
        Part("lone", standing["lone"], "tools"),
        Part("island", standing["island"], "tools"),
        Part("unsure", standing["unsure"], "tools", counts=False),
        Part("joined", standing["joined"], "tools", counts=False),
    )
    if not graph.in_use:
        return _nothing("apart", "tools", "no-tools")
    if not result.stack.knows_flows:
        return _nothing("apart", "tools", "flows-unknown", parts)
    value = standing["lone"] + standing["island"]
    if not value and _too_little(standing["unsure"], len(graph.in_use)):
        return _nothing("apart", "tools", "too-little-known", parts)
    return Kpi("apart", value, len(graph.in_use), standing["unsure"] > 0, "tools", parts, None)


def standing_of(graph: StackGraph, tool: str) -> Standing:
    """How a tool in use hangs together with the stack."""
    connected = graph.connected(tool)
    if connected is False:
        return "lone"
    island = graph.island(tool)
    if connected and island is False:
        return "joined"
    return "island" if connected and island else "unsure"


def _unreviewed(result: AuditResult) -> Kpi:
    world = result.world
    in_use = world.graph.in_use
    sensitivities = {each: sensitivity_of(world, each) for each in in_use}
    handling = [each for each in in_use if sensitivities[each] in SENSITIVE]
    unclear = sum(each == "unknown" for each in sensitivities.values())
    states = Counter(state_of(world, each) for each in handling)
    parts = (
        *(Part(each, states[each], "tools") for each in NOT_COUNTING if states[each]),
        *(Part(e, states[e], "tools", counts=False) for e in ("approved", "changed", "unknown")
          if states[e]),
        *((Part("unclear", unclear, "tools", counts=False),) if unclear else ()),
    )  # fmt: skip
    if not in_use:
        return _nothing("unreviewed", "tools", "no-tools")
    if not handling and unclear:
        return _nothing("unreviewed", "tools", "privacy-unknown", parts)
    value, unknown = sum(states[each] for each in NOT_COUNTING), states["unknown"] + unclear
    if not value and _too_little(unknown, len(handling) + unclear):
        return _nothing("unreviewed", "tools", "too-little-known", parts)
    return Kpi("unreviewed", value, len(handling), unknown > 0, "tools", parts, None)
