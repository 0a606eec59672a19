"""A finding in its context: is it new, and is it a consequence of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from stackaudit.dataclass import dataclass
from stackaudit.rules.finding import Finding
from stackaudit.rules.waiver import Waiver

Status = Literal["new", "known", "worse", "waived"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, its status, and the finding it is folded under, if it is a consequence."""

    finding: Finding
    status: Status
    folded_under: str | None = None
    """The fingerprint of the finding that is the cause."""
    gates: bool = False
    waiver: Waiver | None = None
    """Who accepts it; for a finding that is not `waived`, the waiver that has run out."""
    note: str | None = None
    """What to know about its waiver: that it has run out, or soon will."""

    @property
    def settled(self) -> bool:
        """Whether it was known before, or is waived."""
        return self.status in {"known", "waived"}


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
