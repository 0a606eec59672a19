"""Two audits, one beside the other: tools, flows, data, money, reviews and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.diff.entries import EntryChange, compared, flows_compared
from stackaudit.figures.diff.facts import Change
from stackaudit.figures.diff.touched import touched
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.money import Total
from stackaudit.graph.scope import scope_of
from stackaudit.graph.scope_product import in_words_of_today
from stackaudit.graph.widened import Widening, widened
from stackaudit.inventory.stack import Stack
from stackaudit.rules.finding import Finding
from stackaudit.rules.severity import Severity

_TOOL_ELSEWHERE: Final = frozenset({"contract", "lifecycle", "previously"})
_REVIEW_ELSEWHERE: Final = frozenset({"scope"})
_FEWER: Final = {
    "holds": "no longer holds",
    "collects": "no longer collects",
    "receives": "no longer receives",
    "sends": "no longer sends",
    "counterparts": "no longer exchanges data with",
    "grants": "holds less of a key to",
    "subprocessors": "its vendor's sub-processors no longer include",
    "classes": "less sensitive there:",
}
_TIGHTER: Final = {
    "access.sso": "single sign-on is tighter",
    "access.mfa": "the second factor is tighter",
    "dpa": "the data processing agreement stands better",
    "ai.uses_data": "AI in it no longer uses our data",
    "ai.trains_on_data": "AI in it no longer trains on our data",
    "ai.acts": "AI in it no longer acts on its own",
}


@dataclass(frozen=True, slots=True)
class State:
    """One side: what it is called, the stack as declared, and its audit."""

    words: str
    stack: Stack
    result: AuditResult
    """Of the newer side: compared with the older one."""
    there: bool = True
    """False where there was no inventory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one contract costs a year, before and after; None where there is none, or unknown."""

    contract: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Money:
    """What all contracts cost a year, before and after."""

    before: Total
    after: Total
    currency: str | None
    comparable: bool
    """Whether both are in one currency."""
    contracts: tuple[Cost, ...]
    """Those that are different."""

    @property
    def difference(self) -> float | None:
        """More (or, below 0, less) a year; None in two currencies."""
        return round(self.after.amount - self.before.amount, 2) if self.comparable else None

    @property
    def is_exact(self) -> bool:
        """Whether every contract states its cost, before and after."""
        return not (self.before.at_least or self.after.at_least)


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that came, got worse, went away, or can no longer be decided."""

    rule: str
    severity: Severity
    was: Severity | None
    label: str
    message: str
    fingerprint: str
    missing: tuple[str, ...] = ()
    """The facts whose absence leaves it open."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the same rules find on both sides."""

    new: tuple[FindingChange, ...]
    worse: tuple[FindingChange, ...]
    cleared: tuple[FindingChange, ...]
    open: tuple[FindingChange, ...]
    """Found before, and undecided now."""
    same: int
    """How many are as they were."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is different; what every output of `stackaudit diff` is made of."""

    before: State
    after: State
    tools: tuple[EntryChange, ...]
    lifecycles: tuple[EntryChange, ...]
    flows: tuple[EntryChange, ...]
    datasets: tuple[EntryChange, ...]
    capabilities: tuple[EntryChange, ...]
    contracts: tuple[EntryChange, ...]
    reviews: tuple[EntryChange, ...]
    other: tuple[EntryChange, ...]
    """Roadmap, budget, policy, and what is said of the whole stack."""
    money: Money
    findings: Findings

    @property
    def sections(self) -> Mapping[str, tuple[EntryChange, ...]]:
        """The entries that are different, by what they are."""
        return {
            "tools": self.tools,
            "lifecycles": self.lifecycles,
            "flows": self.flows,
            "datasets": self.datasets,
            "capabilities": self.capabilities,
            "contracts": self.contracts,
            "reviews": self.reviews,
            "other": self.other,
        }

    @property
    def nothing(self) -> bool:
        """Whether both are the same in meaning."""
        found = self.findings
        moved = (*found.new, *found.worse, *found.cleared, *found.open)
        return not any(self.sections.values()) and not moved


def difference(before: State, after: State) -> Difference:
    """Compare two audits of the same rules on the same day."""
    old, new = before.stack, after.stack
    renamed = {o: n for o, n in after.result.world.renamed.items() if o in old.tools}
    tools = compared(old.tools, new.tools, renamed, _TOOL_ELSEWHERE)
    lifecycles = tuple(_lifecycles(old, new, renamed))
    flows = flows_compared(old.flows, new.flows, renamed)
    datasets = compared(old.datasets, new.datasets, tools=renamed)
    back = {n: o for o, n in renamed.items()}
    near = touched(new, (*tools, *lifecycles), flows, datasets) | {
        renamed.get(each, each)
        for each in touched(old, _former((*tools, *lifecycles), back), flows, datasets)
    }
    return Difference(
        before=before,
        after=after,
        tools=_with_scopes(tools, near, before, after, renamed),
        lifecycles=lifecycles,
        flows=flows,
        datasets=datasets,
        capabilities=compared(old.capabilities, new.capabilities),
        contracts=compared(_contracts(old), _contracts(new), renamed),
        reviews=_reviews(old, new, renamed),
        other=tuple(_other(old, new, renamed)),
        money=_money(before, after, renamed),
        findings=_findings(before, after),
    )


def _former(changes: Iterable[EntryChange], back: Mapping[str, str]) -> Iterator[EntryChange]:
    """The same changes under the ids that the tools had."""
    return (replace(each, id=back.get(each.id, each.id)) for each in changes)


def _with_scopes(
    found: Iterable[EntryChange],
    near: frozenset[str],
    before: State,
    after: State,
    renamed: Mapping[str, str],
) -> tuple[EntryChange, ...]:
    """The tools, with what is wider and narrower in the scope that a review of each covers."""
    found = tuple(found)
    by_id = {each.id: each for each in found if each.kind != "removed"}
    back = {new: old for old, new in renamed.items()}
    old_graph, new_graph = before.result.world.graph, after.result.world.graph
    for id_ in sorted(near & after.stack.tools.keys()):
        was = back.get(id_, id_)
        if was not in before.stack.tools:
            continue
        tool = after.stack.tools[id_]
        then, now = scope_of(old_graph, was), scope_of(new_graph, id_)
        if then == now:
            continue
        then = in_words_of_today(then, now, after.result.world.catalog)
        wider, fewer = widened(then, now, renamed), widened(now, then, back)
        if wider or fewer:
            change = by_id.get(id_) or EntryChange("changed", id_, tool.name or id_)
            words = tuple(each.words for each in wider)
            less = tuple(dict.fromkeys(filter(None, map(_less, fewer))))
            by_id[id_] = replace(change, widened=words, narrowed=less)
    removed = [each for each in found if each.kind == "removed"]
    return tuple(sorted([*by_id.values(), *removed], key=lambda each: (each.id, each.kind)))


def _less(widening: Widening) -> str:
    """What is narrower now, said of what was wider before."""
    if widening.key in _FEWER:
        return f"{_FEWER[widening.key]} {', '.join(widening.names)}"
    return _TIGHTER.get(widening.key, "")


def _lifecycles(old: Stack, new: Stack, renamed: Mapping[str, str]) -> Iterator[EntryChange]:
    back = {id_: was for was, id_ in renamed.items()}
    for id_, tool in new.tools.items():
        before = old.tools.get(back.get(id_, id_))
        if before is not None and before.stage != tool.stage:
            change = Change("lifecycle", before.stage, tool.stage)
            yield EntryChange("changed", id_, tool.name or id_, changes=(change,))


def _contracts(stack: Stack) -> Mapping[str, Any]:
    own = {id_: found for id_ in stack.tools if (found := stack.own_contract(id_)) is not None}
    return {**own, **stack.contracts}


def _reviews(old: Stack, new: Stack, renamed: Mapping[str, str]) -> tuple[EntryChange, ...]:
    found = {
        each.id: each for each in compared(old.reviews, new.reviews, renamed, _REVIEW_ELSEWHERE)
    }
    for was, before in old.reviews.items():
        id_ = renamed.get(was, was)
        after = new.reviews.get(id_)
        if after is None or after.scope == before.scope:
            continue
        change = found.get(id_) or EntryChange("changed", id_, id_)
        scope = Change("scope", _recorded(before.scope), _recorded(after.scope, again=True))
        found[id_] = replace(change, changes=(*change.changes, scope))
    return tuple(found[id_] for id_ in sorted(found) if _says_something(found[id_]))


def _says_something(change: EntryChange) -> bool:
    """Whether a review is different; that its tool has another id is said of the tool."""
    return change.kind != "renamed" or bool(change.changes)


def _recorded(scope: object, *, again: bool = False) -> str | None:
    if scope is None:
        return None
    return "recorded anew" if again else "recorded"


def _other(old: Stack, new: Stack, renamed: Mapping[str, str]) -> Iterator[EntryChange]:
    yield from compared(old.roadmap, new.roadmap, tools=renamed)
    before, after = _whole(old), _whole(new)
    for each in compared(before, after):
        yield replace(each, kind="changed")


def _whole(stack: Stack) -> Mapping[str, Any]:
    """What is said of the whole stack."""
    stated = {
        "organization": stack.organization,
        "currency": stack.currency,
        "confirmed": stack.confirmed,
        "incomplete": stack.incomplete or None,
        "flows listed": stack.knows_flows,
        "exchange_rates": stack.exchange_rates,
    }
    return {"stack": stated, "budget": stack.budget, "policy": stack.policy}


def _money(before: State, after: State, renamed: Mapping[str, str]) -> Money:
    costs = {renamed.get(n, n): c for n, c in contract_costs(before.result).items()}
    now = contract_costs(after.result)
    names = sorted({*costs, *now})
    return Money(
        before=_total(costs, before.result),
        after=_total(now, after.result),
        currency=after.stack.currency or before.stack.currency,
        comparable=before.stack.currency == after.stack.currency or not (costs and now),
        contracts=tuple(
            Cost(name, costs.get(name), now.get(name))
            for name in names
            if costs.get(name) != now.get(name)
        ),
    )


def _total(costs: Mapping[str, float], result: AuditResult) -> Total:
    return Total(round(sum(costs.values()), 2), len(costs) < len(result.world.contracts))


def _findings(before: State, after: State) -> Findings:
    old = {each.finding.fingerprint: each.finding for each in before.result.findings}
    base = after.result.base
    new, worse, same = [], [], 0
    for each in after.result.findings:
        known = base.before(each.finding) if base is not None else None
        if known is None:
            new.append(_of(each.finding, None))
        elif each.finding.severity > known.severity:
            worse.append(_of(each.finding, known.severity))
        else:
            same += 1
    cleared = [_of(old[k.fingerprint], None) for k in after.result.fixed if k.fingerprint in old]
    return Findings(tuple(new), tuple(worse), tuple(cleared), tuple(_reopened(after, old)), same)


def _of(finding: Finding, was: Severity | None) -> FindingChange:
    return FindingChange(
        finding.rule, finding.severity, was, finding.label, finding.message, finding.fingerprint
    )


def _reopened(after: State, old: Mapping[str, Finding]) -> Iterator[FindingChange]:
    for each in after.result.open_instead:
        finding = old.get(each.was.fingerprint)
        if finding is not None:
            yield replace(_of(finding, finding.severity), missing=each.missing)
