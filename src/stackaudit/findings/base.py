"""What a change is compared with: the findings that were there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from stackaudit.dataclass import dataclass
from stackaudit.findings.judged import Judged
from stackaudit.rules.finding import Finding, Open
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class Known:
    """One finding that was there before."""

    fingerprint: str
    severity: Severity
    rule: str
    subjects: tuple[str, ...] = ()
    """The ids of its subjects, in the order of the finding."""
    waived: bool = False
    """Whether it was accepted there: then it is known only as long as it is waived, so that
    whoever takes the waiver away brings the finding back."""


@dataclass(frozen=True, slots=True)
class Base:
    """A baseline file, the audit of a base revision, or both together."""

    known: Mapping[str, Known]
    """By fingerprint."""
    words: str
    """How messages name it: `baseline.txt`, `revision 1a2b3c4 (main)`."""
    open: frozenset[str] | None = None
    """The fingerprints of what was open there; None where that was not recorded."""
    tools: frozenset[str] | None = None
    """The tools that were there; None where that was not recorded."""

    @classmethod
    def of(
        cls,
        findings: Iterable[Judged],
        words: str,
        open_: Iterable[Open] | None = None,
        tools: Iterable[str] | None = None,
    ) -> Base:
        """The base that an audit makes: what it found and left open, and which tools it saw."""
        known = {each.finding.fingerprint: known_of(each) for each in findings}
        still = None if open_ is None else frozenset(each.fingerprint for each in open_)
        there = None if tools is None else frozenset(tools)
        return cls(MappingProxyType(known), words, still, there)

    def arrived(self, finding: Finding) -> bool:
        """Whether a tool that the finding is about surely was not there, under any id.

        Then it is not the passing of time that raised it.
        """
        if self.tools is None or finding.former_fingerprints:
            return False
        return any(ref.kind == "tool" and ref.id not in self.tools for ref in finding.subjects)

    def before(self, result: Finding | Open) -> Known | None:
        """The same finding, as it was before, under its fingerprint or a former one.

        Of several (tools that were merged into one) the worst counts.
        """
        names = (result.fingerprint, *result.former_fingerprints)
        found = [self.known[name] for name in names if name in self.known]
        return max(found, key=_weight, default=None)

    def with_(self, other: Base) -> Base:
        """Both together: known is what either knows, at the worse of two severities."""
        known = dict(self.known)
        for name, each in other.known.items():
            known[name] = max(known.get(name, each), each, key=_weight)
        return replace(
            self,
            known=MappingProxyType(known),
            words=f"{self.words} and {other.words}",
            open=self.open if other.open is None else other.open | (self.open or frozenset()),
            tools=self.tools if other.tools is None else other.tools | (self.tools or frozenset()),
        )


def known_of(judged: Judged) -> Known:
    """What is kept of a finding."""
    finding = judged.finding
    ids = tuple(ref.id for ref in finding.subjects)
    waived = judged.status == "waived"
    return Known(finding.fingerprint, finding.severity, finding.rule, ids, waived)


def _weight(known: Known) -> tuple[bool, Severity, str]:
    return (not known.waived, known.severity, known.fingerprint)
