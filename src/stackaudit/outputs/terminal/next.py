"""The last line: the command that helps most now."""

from __future__ import annotations

from collections.abc import Sequence

from stackaudit.audit import AuditResult
from stackaudit.figures.groups import RuleGroup
from stackaudit.figures.unknowns import most_useful
from stackaudit.outputs.terminal.findings import SHOWN
from stackaudit.outputs.terminal.page import Page
from stackaudit.rules.severity import Severity


def write_next(
    page: Page, result: AuditResult, groups: Sequence[RuleGroup], *, show_all: bool
) -> None:
    """One command, and what it is good for."""
    command, purpose = _next(result, groups, show_all=show_all)
    page.blank()
    page.flow([[(command, "type")], [(purpose, "label")]], lead=[("Next  ", "strong")])


def _next(
    result: AuditResult, groups: Sequence[RuleGroup], *, show_all: bool
) -> tuple[str, str]:
    gating = [group for group in groups if group.gating]
    worst = (gating or [g for g in groups if g.severity >= Severity.HIGH] or list(groups))[:1]
    if worst and (gating or not _hides(groups) or show_all):
        return f"stackaudit explain {worst[0].rule}", "why it matters, and what clears it"
    if worst:
        return "stackaudit audit --all", "every finding, however many are alike"
    useful = most_useful(result, 1)
    if useful:
        return f"stackaudit explain {useful[0].rules[0]}", f"why {useful[0].missing} is worth stating"
    return "stackaudit rules", "what was checked"


def _hides(groups: Sequence[RuleGroup]) -> bool:
    return any(len(group.entries) > SHOWN + 1 for group in groups)
