"""What people read in a terminal; the only place that knows rich."""

from stackaudit.outputs.terminal.audit import render, render_audit, report_audit
from stackaudit.outputs.terminal.console import make_console
from stackaudit.outputs.terminal.explain import explain_rule
from stackaudit.outputs.terminal.facts import report_facts
from stackaudit.outputs.terminal.problems import report_failures, report_problems
from stackaudit.outputs.terminal.rules import report_rules

__all__ = [
    "explain_rule",
    "make_console",
    "render",
    "render_audit",
    "report_audit",
    "report_facts",
    "report_failures",
    "report_problems",
    "report_rules",
]
