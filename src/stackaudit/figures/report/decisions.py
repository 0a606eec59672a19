"""The decisions to take first: findings, put together by what one decision would settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import (
    capability_item,
    causes,
    contract_item,
    owners_of,
    shared_capability,
    tool_items,
    tools_of,
    under,
)
from stackaudit.figures.report.parts import Item, Owners, Reason, names_of
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total, at_stake, savings
from stackaudit.rules.finding import Effort, Finding, Lead
from stackaudit.rules.severity import Severity
from stackaudit.rules.world import World

MOST: Final = 10
"""More decisions than that nobody takes in one meeting."""

About = Literal["capability", "contract", "tool", "rule"]
"""capability: which of several tools is to do this job; contract: what becomes of what is paid for;
tool: what becomes of this tool; rule: one fix for several, such as reviewing these tools."""
_EFFORTS: Final[tuple[Effort, ...]] = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Decision:
    """Something to decide, and the findings that are settled by it."""

    number: int
    """From 1, the first to take first."""
    about: About
    subject: Item
    """The capability, contract or tool; of a rule its id and title."""
    rule: str
    """The rule of its worst finding, whose title, message and questions speak for all."""
    title: str
    message: str
    """Of its worst finding."""
    fix: str
    ask_it: str
    ask_marketing: str
    severity: Severity
    """The worst among the findings."""
    gates: bool
    saves: Total
    """What clearing all its findings saves a year, each contract counted once. Decisions on one
    contract speak of the same money, so that these sums do not add up: see the figure `savings`."""
    at_stake: Total
    lead: Lead
    """Who takes it up: both, where the findings do not agree."""
    effort: Effort
    """The largest among its findings."""
    tools: tuple[Item, ...]
    owners: Owners
    findings: tuple[str, ...]
    """Fingerprints of the findings, the worst first, each followed by what is folded under it."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """At most ten decisions."""

    first: tuple[Decision, ...]
    """The most pressing. Every category of rules with a finding above low severity has its best in
    it; the other places go by severity, money and effort."""
    others: int
    """How many more there are; the roadmap has them all."""
    empty: Reason | None


def decisions(result: AuditResult) -> Decisions:
    """The decisions to take first."""
    every = all_decisions(result)
    first = _first(every)
    return Decisions(
        first=tuple(replace(each, number=number) for number, each in enumerate(first, 1)),
        others=len(every) - len(first),
        empty=None if every else _why_none(result),
    )


def _why_none(result: AuditResult) -> Reason:
    if not result.stack.tools:
        return "no-tools"
    clean = result.verdict.clean or result.findings  # all that is left is waived
    return "no-findings" if clean else "too-little-known"


def _first(every: Sequence[Decision]) -> list[Decision]:
    """The best of each category that asks for one of weight, then by rank; in their rank."""
    best: dict[str, Decision] = {}
    for each in every:
        if each.severity > Severity.LOW:
            best.setdefault(each.rule.partition("/")[0], each)
    seated = [*best.values(), *(each for each in every if each not in best.values())][:MOST]
    return [each for each in every if each in seated]


def all_decisions(result: AuditResult) -> tuple[Decision, ...]:
    """Every decision that the findings ask for, the most pressing first and numbered so.

    What gates comes first; then by severity, money, effort (the smaller first), and how many
    findings it settles.
    """
    groups: dict[tuple[About, str], list[Judged]] = {}
    kinds = {rule.id: rule.subject for rule in result.rules}
    for each in causes(result):
        groups.setdefault(_key(result.world, each.finding, kinds), []).append(each)
    folded, costs = under(result), contract_costs(result)
    found = [_decision(result, *key, each, folded, costs) for key, each in groups.items()]
    ranked = sorted(found, key=_rank)
    return tuple(replace(each, number=number) for number, each in enumerate(ranked, 1))


def _rank(decision: Decision) -> tuple[object, ...]:
    return (
        not decision.gates,
        -decision.severity,
        -decision.saves.amount,
        _EFFORTS.index(decision.effort),
        -len(decision.findings),
        decision.about,
        decision.subject.id,
    )


def _key(world: World, finding: Finding, kinds: Mapping[str, str]) -> tuple[About, str]:
    """What one has to decide so that the finding is settled."""
    kind, ids = kinds.get(finding.rule, ""), [ref.id for ref in finding.subjects]
    if kind == "provision":
        return "capability", ids[1]
    if kind == "overlap":
        shared = shared_capability(world, ids[0], ids[1])
        if shared is not None:
            return "capability", shared
    contract = _contract(world, finding, kind)
    if contract is not None:
        return ("tool" if contract in world.tools else "contract"), contract
    return "rule", finding.rule


def _contract(world: World, finding: Finding, kind: str) -> str | None:
    """The contract whose fate settles the finding: it is about it, or about money in it."""
    if kind == "contract":
        return finding.subjects[0].id
    if finding.category != "bloat":
        return None
    money = (each for each in (finding.saves, finding.costs) if each is not None)
    named = (each.contract for each in money if each.contract in world.contracts)
    return next(named, None)


def _decision(
    result: AuditResult,
    about: About,
    id_: str,
    found: Sequence[Judged],
    folded: Mapping[str, tuple[Judged, ...]],
    costs: Mapping[str, float],
) -> Decision:
    world, first = result.world, found[0].finding
    together = [one for each in found for one in (each, *folded[each.finding.fingerprint])]
    active = [each.finding for each in together if each.status != "waived"]
    tools = dict.fromkeys(tool for each in found for tool in tools_of(world, each))
    return Decision(
        number=0,
        about=about,
        subject=_subject(world, about, id_, first),
        rule=first.rule,
        title=first.title,
        message=first.message,
        fix=first.fix,
        ask_it=first.ask_it,
        ask_marketing=first.ask_marketing,
        severity=max(each.severity for each in active),
        gates=any(each.gates for each in together),
        saves=savings(active, costs),
        at_stake=at_stake(active, costs),
        lead=_lead(each.finding.lead for each in found),
        effort=max((each.finding.effort for each in found), key=_EFFORTS.index),
        tools=tool_items(world, tools),
        owners=_owners(world, found),
        findings=tuple(each.finding.fingerprint for each in together),
    )


def _subject(world: World, about: About, id_: str, finding: Finding) -> Item:
    if about == "capability":
        return capability_item(world, id_)
    return Item(id_, finding.title) if about == "rule" else contract_item(world, id_)


def _lead(leads: Iterable[Lead]) -> Lead:
    found = set(leads)
    return found.pop() if len(found) == 1 else "both"


def _owners(world: World, found: Iterable[Judged]) -> Owners:
    owners = [owners_of(world, each) for each in found]
    return Owners(
        names_of(name for each in owners for name in each.business),
        names_of(name for each in owners for name in each.technical),
    )
