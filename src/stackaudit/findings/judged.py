"""A finding in its context: is it new, and is it a consequence of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from stackaudit.rules.finding import Finding
from stackaudit.rules.severity import Severity

Status = Literal["new", "known", "worse", "waived"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, its status, and the finding it is folded under, if it is a consequence."""

    finding: Finding
    status: Status
    folded_under: str | None = None
    """The fingerprint of the finding that is the cause."""
    gates: bool = False


def status_of(finding: Finding, known: Mapping[str, Severity]) -> Status:
    """`known` at its severity, `worse` if it was known at a lower one, else `new`.

    `known` maps the fingerprints of the baseline or of the base revision to their severities;
    a finding whose subjects were renamed is found under its former fingerprints.
    """
    for each in (finding.fingerprint, *finding.former_fingerprints):
        if each in known:
            return "known" if finding.severity <= known[each] else "worse"
    return "new"


def folded(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Fingerprint of each consequence → fingerprint of its root cause.

    A rule names its causes in `implied_by`; the cause has to be found on the same subject.
    Consequences of consequences go to the root.
    """
    found = list(findings)
    by_rule: dict[tuple[str, str], str] = {}
    for finding in found:
        for ref in finding.subjects:
            by_rule.setdefault((finding.rule, ref.id), finding.fingerprint)
    under = {
        finding.fingerprint: cause
        for finding in found
        if (cause := _cause(finding, by_rule)) is not None
    }
    roots = {name: _root(name, under) for name in under}
    return {name: root for name, root in roots.items() if root is not None}


def _cause(finding: Finding, by_rule: Mapping[tuple[str, str], str]) -> str | None:
    for rule in finding.implied_by:
        for ref in finding.subjects:
            cause = by_rule.get((rule, ref.id))
            if cause is not None and cause != finding.fingerprint:
                return cause
    return None


def _root(name: str, under: Mapping[str, str]) -> str | None:
    """The cause of all causes; None where causes go in a circle: then none of them is first."""
    seen = {name}
    here = under[name]
    while here in under:
        if here in seen:
            return None
        seen.add(here)
        here = under[here]
    return here
