"""The difference of two stacks as Markdown, for a comment or a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stackaudit.figures.diff.difference import Difference, FindingChange
from stackaudit.figures.diff.entries import EntryChange
from stackaudit.figures.diff.words import (
    HEADS,
    cost_row,
    lines,
    missing_side,
    money_words,
    named,
    outline,
    title,
)
from stackaudit.outputs.encode.markdown import code, text

MAX_ENTRIES: Final = 50
"""Entries of one section that are listed; a comment has an end."""


def render(found: Difference) -> str:
    """A heading for each section, a list below it, a table of what the contracts cost."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    yield f"## {text(title(found))}"
    yield ""
    yield text(outline(found))
    if (words := missing_side(found)) is not None:
        yield ""
        yield text(words)
    for section, head in HEADS.items():
        if entries := found.sections[section]:
            yield ""
            yield f"### {head}"
            yield ""
            for each in entries[:MAX_ENTRIES]:
                yield from _entry(section, each)
            yield from _more(len(entries))
    yield from _money(found)
    yield from _findings(found)


def _entry(section: str, entry: EntryChange) -> Iterator[str]:
    yield f"- {entry.kind} **{text(named(section, entry))}**"
    for words in entry.widened:
        yield f"  - wider: {text(words)}"
    for words in entry.narrowed:
        yield f"  - less: {text(words)}"
    for words in lines(section, entry):
        yield f"  - {text(words)}"


def _more(count: int) -> Iterator[str]:
    if count > MAX_ENTRIES:
        yield f"- … and {count - MAX_ENTRIES:,} more"


def _money(found: Difference) -> Iterator[str]:
    words = money_words(found.money)
    if words is None:
        return
    yield ""
    yield "### Cost"
    yield ""
    yield text(words)
    if found.money.contracts:
        yield ""
        yield "| contract | before | after | difference |"
        yield "|---|---:|---:|---:|"
        for each in found.money.contracts[:MAX_ENTRIES]:
            yield f"| {' | '.join(map(text, cost_row(each, found.money)))} |"
        if len(found.money.contracts) > MAX_ENTRIES:
            yield f"| … and {len(found.money.contracts) - MAX_ENTRIES:,} more | | | |"


def _findings(found: Difference) -> Iterator[str]:
    findings = found.findings
    yield ""
    yield "### Findings"
    yield ""
    yield f"{findings.same:,} as before."
    for head, changes in (
        ("New", findings.new),
        ("Worse", findings.worse),
        ("Open instead of found", findings.open),
        ("Cleared", findings.cleared),
    ):
        if changes:
            yield ""
            yield f"**{head}**"
            yield ""
            yield from _changes(changes)


def _changes(findings: Sequence[FindingChange]) -> Iterator[str]:
    for each in findings[:MAX_ENTRIES]:
        missing = f" Not stated now: {', '.join(each.missing)}." if each.missing else ""
        yield f"- {each.severity.word} {code(each.rule)} {text(each.message + missing)}"
    yield from _more(len(findings))
