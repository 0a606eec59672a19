"""Audit a marketing technology stack: what is bloated, disconnected, siloed or exposed.

The public API, loaded when it is first used so that importing the package costs nothing:
`audit`, `read_stack`, `read_stack_text`, `AuditResult`, `StackauditError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult, audit, read_stack, read_stack_text
    from stackaudit.errors import StackauditError

__all__ = [
    "AuditResult",
    "StackauditError",
    "__version__",
    "audit",
    "read_stack",
    "read_stack_text",
]


def __getattr__(name: str) -> Any:
    if name == "StackauditError":
        from stackaudit.errors import StackauditError

        return StackauditError
    if name in __all__:
        import importlib

        return getattr(importlib.import_module("stackaudit.audit"), name)
    raise AttributeError(f"module 'stackaudit' has no attribute {name!r}")
