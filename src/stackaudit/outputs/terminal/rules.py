"""The list of rules, by category."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console

from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import number, spaced
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.rule import Rule


def report_rules(rules: Iterable[Rule], console: Console) -> None:
    """Each rule: how severe, its id, what it finds, what it looks at."""
    found = sorted(rules, key=lambda rule: (_order(rule.category), rule.id))
    with Page(console) as page:
        width = max((page.cells(rule.id) for rule in found), default=0)
        for category, members in groupby(found, key=lambda rule: rule.category):
            of_category = list(members)
            page.write((category, "strong"), f"  {number(len(of_category), 'rule')}")
            for rule in of_category:
                _write_rule(page, rule, width)
            page.blank()
        page.whole((number(len(found), "rule"), "strong"), ("; one in full: ", "label"),
                   ("stackaudit explain RULE", "type"))  # fmt: skip


def _write_rule(page: Page, rule: Rule, width: int) -> None:
    page.listed(
        [
            (page.padded(rule.severity.word, 8), of_severity(rule.severity)),
            "  ",
            (page.padded(rule.id, width), "type"),
            "  ",
        ],
        rule.title,
        (f" ({spaced(rule.subject)})", "label"),
    )


def _order(category: str) -> int:
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
