"""The proof of a finding: the facts that its rule read, on one compact line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.rules.finding import Evidence, Finding

MANY: Final = 6
"""So many facts are listed; the rest is counted."""


def write_evidence(page: Page, finding: Finding, *, whole: bool, indent: int) -> None:
    """The facts of the finding's own subject, then those of others with their names."""
    facts = [each for each in finding.evidence if not _trivial(each)]
    shown = facts if whole or len(facts) <= MANY + 1 else facts[:MANY]
    parts = _listed(finding, shown)
    if len(facts) > len(shown):
        parts += [("; ", "faint"), f"{len(facts) - len(shown)} more facts"]
    if parts:
        page.write(*parts, indent=indent, lead=("proof ", "label"), hang=6)


def _trivial(evidence: Evidence) -> bool:
    """That a subject is in use goes without saying."""
    return evidence.fact.endswith(".in_use") and evidence.value is True


def _listed(finding: Finding, facts: Sequence[Evidence]) -> list[Part]:
    parts: list[Part] = []
    before = finding.label
    for each in facts:
        if parts:
            parts.append((", " if each.subject == before else "; ", "faint"))
        if each.subject != before:
            parts.append(f"{each.subject}: ")
            before = each.subject
        parts += [(f"{each.fact.partition('.')[2]} ", "label"), each.shown]
        if each.origin != "stated":
            parts.append((f" ({each.origin})", "label"))
    return parts
