"""The verdict in words: one line that a person and a log can both use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stackaudit.audit import AuditResult
from stackaudit.findings.judged import Judged
from stackaudit.rules.severity import Severity


def verdict_line(result: AuditResult) -> str:
    """What gates, or that nothing does, and the share of checks that could be decided."""
    return f"{_outcome(result)} {decided_words(result)}"


def _outcome(result: AuditResult) -> str:
    verdict = result.verdict
    if not verdict.passed:
        return " ".join(_reasons(result))
    if verdict.clean:
        return "Clean: nothing found."
    if not result.verdict.checks:
        return "Nothing found."
    if not result.findings:
        return "Nothing found, but too little is known to call it clean."
    number = len(result.findings)
    return f"Nothing gates; {number} finding{'' if number == 1 else 's'} to look at."


def _reasons(result: AuditResult) -> Iterator[str]:
    """What gates: findings, those that are worse than before, those that no fact proves now."""
    gating = [each for each in result.findings if each.gates]
    if gating:
        verb = "finding gates" if len(gating) == 1 else "findings gate"
        words = _by_severity([each.finding.severity for each in gating])
        yield f"{len(gating)} {verb}{_worse(gating)}: {words}."
    lost = [each for each in result.open_instead if each.gates]
    if lost:
        verb = "known finding gates, open" if len(lost) == 1 else "known findings gate, open"
        words = _by_severity([each.was.severity for each in lost])
        yield f"{len(lost)} {verb} instead of found: {words}."


def _worse(gating: list[Judged]) -> str:
    """How many of them were there at a lower severity; the others are new."""
    count = sum(each.status == "worse" for each in gating)
    if not count:
        return ""
    return f" ({count} worse than before)"


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
