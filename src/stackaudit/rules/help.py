"""The page about a rule, made by docs/generate.py from the rule's own file."""

from __future__ import annotations

from functools import cache

from stackaudit.project import DOCS
from stackaudit.rules.folders import rule_files
from stackaudit.rules.rule import Rule
from stackaudit.shipped import shipped


def help_uri(rule: Rule) -> str | None:
    """The address of the page; None for a rule of another pack, of which there is no page."""
    return f"{DOCS}/rules/{rule.id}.md" if rule.id in _shipped_ids() else None


@cache
def _shipped_ids() -> frozenset[str]:
    return frozenset(id_ for id_, _ in rule_files(shipped("rules")))
