"""What the gate says of before: comparison, waivers, what was known, what is fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from stackaudit.audit import AuditResult
from stackaudit.figures.gate_notes import gate_notes
from stackaudit.figures.groups import RuleGroup
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity


def write_notes(page: Page, result: AuditResult) -> None:
    """The sentences beside the verdict, a line each."""
    for note in gate_notes(result):
        page.write(note, indent=2, lead=("• ", "faint"))


def write_settled(page: Page, every: Sequence[RuleGroup], shown: Iterable[RuleGroup]) -> None:
    """How many findings were known before or are waived, and therefore not listed."""
    counts = _statuses(every)
    counts.subtract(_statuses(shown))
    parts = [f"{counts[each]:,} {each}" for each in ("known", "waived") if counts[each]]
    if parts:
        page.blank()
        page.write(f"Counted above and not listed: {', '.join(parts)} (--all lists them)")


def _statuses(groups: Iterable[RuleGroup]) -> Counter[str]:
    return Counter(
        each.status for group in groups for entry in group.entries for each in entry.together
    )


def write_fixed(page: Page, result: AuditResult) -> None:
    """What was found before and is gone."""
    if not result.fixed:
        return
    page.blank()
    page.write((f"Fixed since {result.base.words if result.base else 'before'}", "strong"))
    for known in result.fixed:
        severity: Part = (known.severity.word, of_severity(known.severity))
        subjects = " + ".join(known.subjects)
        page.write(severity, " ", (known.rule, "type"), f" {subjects}", indent=2)
