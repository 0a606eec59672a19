"""The last line: the command that helps most now."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.figures.groups import RuleGroup
from stackaudit.figures.unknowns import most_useful
from stackaudit.outputs.terminal.findings import SHOWN
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.words import asked, named
from stackaudit.rules.severity import Severity

_LEAD: Final = "Next  "


def write_next(
    page: Page, result: AuditResult, groups: Sequence[RuleGroup], *, show_all: bool
) -> None:
    """One command, and what it is good for."""
    command, purpose = _next(result, groups, show_all=show_all)
    page.blank()
    if page.cells(f"{_LEAD}{command}  {purpose}") <= page.width:
        page.whole((_LEAD, "strong"), (command, "type"), (f"  {purpose}", "label"))
    else:
        page.whole((_LEAD, "strong"), (command, "type"))
        page.write((purpose, "label"), indent=len(_LEAD))


def _next(result: AuditResult, groups: Sequence[RuleGroup], *, show_all: bool) -> tuple[str, str]:
    gating = [group for group in groups if group.gating]
    worst = (gating or [g for g in groups if g.severity >= Severity.HIGH] or list(groups))[:1]
    if worst and (gating or not _hides(groups) or show_all):
        return _explain(worst[0].rule), "why, and what clears it"
    if worst:
        return _audit_all(result), "every finding, however many are alike"
    useful = most_useful(result, 1)
    if useful:
        return (
            _explain(useful[0].rules[0]),
            f"why to state {asked(useful[0].missing)}",
        )
    return "stackaudit rules", "what was checked"


def _explain(rule: str) -> str:
    return f"stackaudit explain {shlex.quote(rule)}"


def _audit_all(result: AuditResult) -> str:
    return f"stackaudit audit {named(result.stack.origins.main_file)} --all"


def _hides(groups: Sequence[RuleGroup]) -> bool:
    return any(len(group.entries) > SHOWN + 1 for group in groups)
