"""Findings as people read them: by rule, the worst first, consequences with their cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.summary import contract_costs
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total, at_stake, savings
from stackaudit.rules.finding import Effort, Finding, Lead
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding that stands for itself, with those that follow from it."""

    judged: Judged
    consequences: tuple[Judged, ...] = ()
    """Findings folded under this one, worst first."""

    @property
    def finding(self) -> Finding:
        """The finding that is the cause."""
        return self.judged.finding

    @property
    def together(self) -> tuple[Judged, ...]:
        """The cause and its consequences."""
        return (self.judged, *self.consequences)

    @property
    def gates(self) -> bool:
        """Whether it gates, or one of its consequences does."""
        return self.judged.gates or any(each.gates for each in self.consequences)

    @property
    def worst(self) -> Severity:
        """The worst severity among the cause and its consequences."""
        if not self.consequences:
            return self.finding.severity
        return max(each.finding.severity for each in self.together)

    @property
    def settled(self) -> bool:
        """Whether it and all that follows from it was known before, or is waived."""
        return all(each.settled for each in self.together)

    def sort_key(self) -> tuple[object, ...]:
        """What gates first, known and waived last; then the worst, then the most expensive."""
        finding = self.finding
        rank = _RANKS[self.judged.status]
        return (not self.gates, rank, -self.worst, -_amount(finding), finding.sort_key())


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """All findings of one rule that stand for themselves; there is at least one."""

    rule: str
    entries: tuple[Entry, ...]
    saves: Total
    """What clearing all of them would save a year, each contract counted once."""
    at_stake: Total
    severity: Severity
    """The worst severity of the rule's own findings."""
    fix: str | None
    """What to do, if that is the same for all of them."""

    @property
    def first(self) -> Finding:
        """The finding at the head of the group."""
        return self.entries[0].finding

    @property
    def gating(self) -> int:
        """How many entries gate, by themselves or through a consequence."""
        return sum(each.gates for each in self.entries)

    @property
    def title(self) -> str:
        """What the rule finds, in a few words."""
        return self.first.title

    @property
    def why(self) -> str:
        """Why it matters."""
        return self.first.why

    @property
    def lead(self) -> Lead:
        """Who should take it up."""
        return self.first.lead

    @property
    def effort(self) -> Effort:
        """How much work each of them is."""
        return self.first.effort

    def sort_key(self) -> tuple[object, ...]:
        """New ones first, then the most severe; of equals those that gate, then by id."""
        settled = all(each.settled for each in self.entries)
        return (settled, -max(each.worst for each in self.entries), not self.gating, self.rule)


_RANKS: Final = {"new": 0, "worse": 0, "known": 1, "waived": 2}
"""What is new or worse comes first, whatever its severity."""


def grouped(
    result: AuditResult, min_severity: Severity | None = None, *, settled: bool = True
) -> tuple[RuleGroup, ...]:
    """The findings by rule, the most severe rule first.

    `min_severity` leaves out what is less severe, but never what gates: an entry stays when it
    or one of its consequences is severe enough or gates. Without `settled` what was known before
    or is waived is left out too.
    """
    costs = contract_costs(result)
    by_rule: dict[str, list[Entry]] = defaultdict(list)
    for entry in _entries(result.findings):
        severe = min_severity is None or entry.worst >= min_severity
        if entry.gates or (severe and (settled or not entry.settled)):
            by_rule[entry.finding.rule].append(entry)
    groups = (_group(rule, entries, costs) for rule, entries in by_rule.items())
    return tuple(sorted(groups, key=RuleGroup.sort_key))


def left_out(result: AuditResult, groups: Iterable[RuleGroup]) -> int:
    """How many findings are in none of the groups."""
    return len(result.findings) - sum(len(e.together) for group in groups for e in group.entries)


def _entries(findings: Iterable[Judged]) -> list[Entry]:
    found = list(findings)
    causes = {each.finding.fingerprint for each in found if each.folded_under is None}
    under: dict[str, list[Judged]] = defaultdict(list)
    alone = []
    for each in found:
        if each.folded_under in causes:
            under[each.folded_under or ""].append(each)
        else:  # also what rules that imply each other would fold under itself
            alone.append(each)
    return [
        Entry(each, tuple(sorted(under[each.finding.fingerprint], key=_consequence_key)))
        for each in alone
    ]


def _consequence_key(judged: Judged) -> tuple[object, ...]:
    return (not judged.gates, judged.finding.sort_key())


def _group(rule: str, entries: list[Entry], costs: Mapping[str, float]) -> RuleGroup:
    active = [each.finding for each in entries if each.judged.status != "waived"]
    ordered = tuple(sorted(entries, key=Entry.sort_key))
    fixes = {each.finding.fix for each in entries}
    return RuleGroup(
        rule=rule,
        entries=ordered,
        saves=savings(active, costs),
        at_stake=at_stake(active, costs),
        severity=max(each.finding.severity for each in entries),
        fix=fixes.pop() if len(fixes) == 1 else None,
    )


def _amount(finding: Finding) -> float:
    return max((each.amount or 0.0 for each in (finding.saves, finding.costs) if each), default=0.0)
