"""The proof of a finding: the facts that its rule read, on one compact line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.rules.finding import Evidence, Finding

MANY: Final = 6
"""So many facts are listed; the rest is counted."""


def write_evidence(page: Page, finding: Finding, *, whole: bool, indent: int, hang: int) -> None:
    """The facts: those of the finding's own subject first, of each what is stated first."""
    facts = _ordered(finding)
    shown = facts if whole or len(facts) <= MANY + 1 else facts[:MANY]
    parts = list(_listed(finding, shown))
    if len(facts) > len(shown):
        parts += [("; ", "faint"), f"{len(facts) - len(shown)} more facts"]
    if parts:
        page.write(*parts, indent=indent, lead=("proof ", "label"), hang=hang)


def _ordered(finding: Finding) -> list[Evidence]:
    facts = [each for each in finding.evidence if not _trivial(each)]
    subjects = list(dict.fromkeys([finding.label, *(each.subject for each in facts)]))
    return sorted(facts, key=lambda each: (subjects.index(each.subject), each.origin != "stated"))


def _trivial(evidence: Evidence) -> bool:
    """That a subject is in use goes without saying."""
    return evidence.fact.endswith(".in_use") and evidence.value is True


def _listed(finding: Finding, facts: Sequence[Evidence]) -> Iterator[Part]:
    """`auto_renew yes; derived: free no; Salesforce, derived: reviewed no`."""
    separator = ""
    for (subject, origin), members in groupby(facts, key=lambda each: (each.subject, each.origin)):
        head = [subject] if subject != finding.label else []
        head += [origin] if origin != "stated" else []
        yield (f"{separator}{', '.join(head)}{': ' if head else ''}", "label")
        for number, each in enumerate(members):
            yield (f"{', ' if number else ''}{each.fact.partition('.')[2]} ", "label")
            yield each.shown
        separator = "; "
