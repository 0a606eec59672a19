"""The head of the report: the verdict, and which stack it is about."""

from __future__ import annotations

from stackaudit.audit import AuditResult
from stackaudit.figures.summary import Summary
from stackaudit.figures.verdict import verdict_line
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.words import number, total


def write_verdict(page: Page, result: AuditResult) -> None:
    """Whether it passes, and why, in one line."""
    sign, word, style = _sign(result)
    page.write((verdict_line(result), "strong"), lead=page.badge(f"{sign} {word}", style))


def _sign(result: AuditResult) -> tuple[str, str, str]:
    if not result.verdict.passed:
        return "✗", "FAIL", "fail"
    verdict = result.verdict
    if result.failures or not verdict.checks or not (result.findings or verdict.clean):
        return "?", "UNSURE", "unsure"
    return "✓", "PASS", "good"


def write_stack(page: Page, result: AuditResult, summary: Summary) -> None:
    """Whose stack it is, how large, what it costs, on which day."""
    parts: list[list[Part]] = []
    if result.stack.organization:
        parts.append([(result.stack.organization, "strong")])
    in_use = f"{summary.tools_in_use:,} of " if summary.tools_in_use < summary.tools else ""
    parts.append([f"{in_use}{number(summary.tools, 'tool')} in use"])
    parts.append([number(summary.flows, "flow")])
    if not summary.annual_cost.nothing:
        parts.append([f"costs {total(summary.annual_cost, result.stack.currency)} a year"])
    parts.append([f"as of {result.as_of.isoformat()}"])
    page.flow(parts)


def write_failures(page: Page, result: AuditResult) -> None:
    """That rules failed, so that nobody takes the rest for the whole."""
    if result.failures:
        rules = sorted({each.rule for each in result.failures})
        page.write(
            f"{number(len(rules), 'rule')} failed to run, a bug in stackaudit; what is below is "
            f"not the whole: {', '.join(rules)}",
            lead=("! ", "gates"),
        )
