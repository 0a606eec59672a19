"""The verdict in words: one line that a person and a log can both use."""

from __future__ import annotations

from collections import Counter

from stackaudit.audit import AuditResult
from stackaudit.rules.severity import Severity


def verdict_line(result: AuditResult) -> str:
    """What gates, or that nothing does, and the share of checks that could be decided."""
    return f"{_outcome(result)} {decided_words(result)}"


def _outcome(result: AuditResult) -> str:
    verdict = result.verdict
    if not verdict.passed:
        gating = [each.finding.severity for each in result.findings if each.gates]
        verb = "finding gates" if len(gating) == 1 else "findings gate"
        return f"{len(gating)} {verb}: {_by_severity(gating)}."
    if verdict.clean:
        return "Clean: nothing found."
    if not result.verdict.checks:
        return "Nothing found."
    if not result.findings:
        return "Nothing found, but too little is known to call it clean."
    number = len(result.findings)
    return f"Nothing gates; {number} finding{'' if number == 1 else 's'} to look at."


def _by_severity(severities: list[Severity]) -> str:
    counts = Counter(severities)
    return ", ".join(f"{counts[each]} {each.word}" for each in sorted(counts, reverse=True))


def decided_words(result: AuditResult) -> str:
    """How much of what was asked could be decided."""
    verdict = result.verdict
    if not verdict.checks:
        return "There was nothing to check."
    share = int(verdict.decided_share * 100)
    return f"{share} % of {verdict.checks:,} checks decided."
