"""What makes an audit fail: which findings gate, and the verdict in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.findings.base import Base, Known
from stackaudit.findings.comparison import OpenInstead, fixed, reopened, status_of
from stackaudit.findings.judged import Judged, Status, folded
from stackaudit.findings.waivers import Accepted
from stackaudit.rules.finding import Finding, Open, Results
from stackaudit.rules.severity import Severity

DECIDED_TO_BE_CLEAN: Final = 0.8
"""Below this share of decided checks nothing is called clean."""

DEFAULT_THRESHOLDS: Final[Mapping[str, Severity]] = MappingProxyType({"security": Severity.HIGH})


@dataclass(frozen=True, slots=True)
class Gate:
    """From which severity on new and worse findings gate, by category of rules.

    `fail_on` is one threshold for all categories; a category that neither names does not gate.
    """

    thresholds: Mapping[str, Severity] = field(default_factory=lambda: DEFAULT_THRESHOLDS)
    fail_on: Severity | None = None
    never: bool = False

    def threshold(self, category: str) -> Severity | None:
        """The severity from which findings of the category gate; None if none do."""
        if self.never:
            return None
        return self.fail_on or self.thresholds.get(category)

    def reaches(self, category: str, severity: Severity) -> bool:
        """Whether a finding of the category and the severity is one that can gate."""
        threshold = self.threshold(category)
        return threshold is not None and severity >= threshold

    def stops(self, finding: Finding, status: Status, base: Base | None = None) -> bool:
        """Whether the finding gates.

        With a baseline or a base revision, what the passing of time alone can raise does not gate
        a change that has nothing to do with it. A tool that the change brings along has.
        """
        if status not in ("new", "worse"):
            return False
        if base is not None and finding.time_driven and not base.arrived(finding):
            return False
        return self.reaches(finding.category, finding.severity)

    def stops_reopened(self, now: Open, was: Known) -> bool:
        """Whether a finding of the base gates that is open now: as if it were still there.

        That it was known does not help: somebody took away the fact that proved it.
        """
        return not now.time_driven and self.reaches(now.category, was.severity)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of an audit."""

    passed: bool
    gating: tuple[str, ...]
    """Fingerprints of the findings that gate."""
    checks: int
    """How many rules were asked about how many subjects, all together."""
    decided: int
    """How many of those could be decided."""
    clean: bool
    """Nothing found, and enough decided to say so."""
    gating_open: tuple[str, ...] = ()
    """Fingerprints, in the base, of the findings that gate because they are open now."""

    @property
    def decided_share(self) -> float:
        """The part of the checks that could be decided; 1 if there were none."""
        return self.decided / self.checks if self.checks else 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Findings with their statuses, what became of those of the base, and the verdict."""

    findings: tuple[Judged, ...]
    verdict: Verdict
    open_instead: tuple[OpenInstead, ...] = ()
    fixed: tuple[Known, ...] = ()


def judge(
    results: Results,
    gate: Gate,
    base: Base | None = None,
    waived: Mapping[str, Accepted] | None = None,
) -> Judgement:
    """Statuses, folding and verdict.

    `base` is a baseline, a base revision, or both; `waived` are the waivers of findings and of
    open rules by fingerprint, as :func:`stackaudit.findings.waivers.accepted` gives them.
    """
    causes = folded(results.findings)
    accepted = waived or {}
    judged = tuple(
        _judged(each, gate, base, accepted.get(each.fingerprint), causes.get(each.fingerprint))
        for each in results.findings
    )
    instead = () if base is None else tuple(_instead(results, gate, base, accepted))
    gone = () if base is None else fixed(results, base)
    return Judgement(judged, _verdict(results, judged, instead), instead, gone)


def _judged(
    finding: Finding, gate: Gate, base: Base | None, accepted: Accepted | None, cause: str | None
) -> Judged:
    status = status_of(finding, base, accepted)
    gates = gate.stops(finding, status, base)
    if accepted is None:
        return Judged(finding, status, cause, gates)
    return Judged(finding, status, cause, gates, accepted.waiver, accepted.note)


def _instead(
    results: Results, gate: Gate, base: Base, accepted: Mapping[str, Accepted]
) -> Iterator[OpenInstead]:
    for now, was in reopened(results, base).values():
        found = accepted.get(now.fingerprint)
        waiver = found.waiver if found is not None and found.in_force else None
        yield OpenInstead(now, was, waiver is None and gate.stops_reopened(now, was), waiver)


def _verdict(results: Results, judged: Sequence[Judged], instead: Sequence[OpenInstead]) -> Verdict:
    gating = tuple(each.finding.fingerprint for each in judged if each.gates)
    gating_open = tuple(each.was.fingerprint for each in instead if each.gates)
    share = results.decided / results.checks if results.checks else 0
    clean = not judged and not instead and not results.failures
    return Verdict(
        passed=not gating and not gating_open,
        gating=gating,
        checks=results.checks,
        decided=results.decided,
        clean=clean and share >= DECIDED_TO_BE_CLEAN,
        gating_open=gating_open,
    )


def counted(findings: Iterable[Judged]) -> Mapping[str, int]:
    """How many findings have each status."""
    counts = {"new": 0, "known": 0, "worse": 0, "waived": 0}
    for each in findings:
        counts[each.status] += 1
    return counts
