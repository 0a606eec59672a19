"""What people read in a terminal; the only place that knows rich.

Each name is imported when it is first asked for: to say that an option is misspelt, nobody has
to wait for what an audit needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from stackaudit.outputs.terminal.again import report_again
    from stackaudit.outputs.terminal.audit import render, report_audit
    from stackaudit.outputs.terminal.catalog import (
        report_capabilities,
        report_matches,
        report_product,
        report_products,
        report_stats,
    )
    from stackaudit.outputs.terminal.console import make_console
    from stackaudit.outputs.terminal.explain import explain_rule
    from stackaudit.outputs.terminal.facts import report_facts
    from stackaudit.outputs.terminal.problems import report_failures, report_problems
    from stackaudit.outputs.terminal.proof import report_proof
    from stackaudit.outputs.terminal.rules import report_rules
    from stackaudit.outputs.terminal.settings import report_settings

_MODULES: Final = {
    "explain_rule": "explain",
    "make_console": "console",
    "render": "audit",
    "report_again": "again",
    "report_audit": "audit",
    "report_capabilities": "catalog",
    "report_facts": "facts",
    "report_failures": "problems",
    "report_matches": "catalog",
    "report_problems": "problems",
    "report_product": "catalog",
    "report_products": "catalog",
    "report_proof": "proof",
    "report_rules": "rules",
    "report_settings": "settings",
    "report_stats": "catalog",
}

__all__ = [
    "explain_rule",
    "make_console",
    "render",
    "report_again",
    "report_audit",
    "report_capabilities",
    "report_facts",
    "report_failures",
    "report_matches",
    "report_problems",
    "report_product",
    "report_products",
    "report_proof",
    "report_rules",
    "report_settings",
    "report_stats",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
