"""What makes an audit fail: which findings gate, and the verdict in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from stackaudit.findings.judged import Judged, Status, folded, status_of
from stackaudit.rules.finding import Finding, Results
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

    def stops(self, finding: Finding, status: Status, *, compared: bool) -> bool:
        """Whether the finding gates.

        `compared` says that there is a baseline or a base revision: then what the passing of
        time alone can raise does not gate a change that has nothing to do with it.
        """
        threshold = self.threshold(finding.category)
        if threshold is None or status not in ("new", "worse") or finding.severity < threshold:
            return False
        return not (compared and finding.time_driven)


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

    @property
    def decided_share(self) -> float:
        """The part of the checks that could be decided; 1 if there were none."""
        return self.decided / self.checks if self.checks else 1.0


def judge(
    results: Results, gate: Gate, known: Mapping[str, Severity] | None = None
) -> tuple[tuple[Judged, ...], Verdict]:
    """Statuses, folding and verdict; `known` is the baseline or base revision, if there is one."""
    causes = folded(results.findings)
    judged = tuple(
        _judged(finding, gate, known, causes.get(finding.fingerprint))
        for finding in results.findings
    )
    gating = tuple(each.finding.fingerprint for each in judged if each.gates)
    verdict = Verdict(
        passed=not gating,
        gating=gating,
        checks=results.checks,
        decided=results.decided,
        clean=False,
    )
    enough = verdict.decided_share >= DECIDED_TO_BE_CLEAN
    clean = bool(results.checks) and not judged and enough and not results.failures
    return judged, replace(verdict, clean=clean)


def _judged(
    finding: Finding, gate: Gate, known: Mapping[str, Severity] | None, cause: str | None
) -> Judged:
    status = status_of(finding, known or {})
    return Judged(finding, status, cause, gate.stops(finding, status, compared=known is not None))


def counted(findings: Iterable[Judged]) -> Mapping[str, int]:
    """How many findings have each status."""
    counts = {"new": 0, "known": 0, "worse": 0, "waived": 0}
    for each in findings:
        counts[each.status] += 1
    return counts
