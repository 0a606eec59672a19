"""The list of facts that rules can read, by the kind of subject."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console

from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.words import number, spaced
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.subjects import kinds


def report_facts(facts: Iterable[Fact], console: Console) -> None:
    """Each fact: its name in rules, what it means, its type, where it comes from."""
    found = sorted(facts, key=lambda fact: (fact.kind, fact.name))
    with Page(console) as page:
        for kind, members in groupby(found, key=lambda fact: fact.kind):
            _write_kind(page, kind, list(members))
            page.blank()
        page.whole((number(len(found), "fact"), "strong"))


def _write_kind(page: Page, kind: str, facts: list[Fact]) -> None:
    known = kinds().get(kind)
    page.listed([(spaced(kind), "strong"), "  "], known.doc if known else "", indent=0)
    width = max(page.cells(fact.full_name) for fact in facts)
    for fact in facts:
        write_fact(page, fact, width)


def write_fact(page: Page, fact: Fact, width: int, indent: int = 2) -> None:
    """One fact, its name in a column of the given width."""
    page.listed(
        [(page.padded(fact.full_name, width), "type"), "  "],
        fact.doc,
        (f" ({fact.type}; {origin(fact)})", "label"),
        indent=indent,
    )


def origin(fact: Fact) -> str:
    """Where the fact comes from: a key of the inventory, or worked out."""
    if fact.key is None:
        return "derived"
    return f"stated as `{fact.key}`" + (", else assumed" if fact.default else "")
