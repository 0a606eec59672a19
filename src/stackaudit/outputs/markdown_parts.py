"""What the Markdown formats have in common: headings, tables, money, the picture of the flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from stackaudit.errors import ExitCode
from stackaudit.outputs.document import Before, Report, Total
from stackaudit.outputs.encode import markdown, mermaid
from stackaudit.outputs.items import Item, counted, exit_code

SIGNS: Final = {ExitCode.OK: "✅", ExitCode.FINDINGS: "❌", ExitCode.BUG: "⚠️"}
NODES: Final = 12
"""A picture of more tools is not one that is taken in at a glance."""


def heading(report: Report) -> Iterator[str]:
    """The verdict, and of which stack on which day."""
    yield f"## {SIGNS[exit_code(report)]} stackaudit: {markdown.text(report.verdict.words)}"
    about = [report.organization or "", report.inventory, f"as of {report.as_of}"]
    if report.compared_with:
        about.append(f"compared with {report.compared_with}")
    # no name begins the line: some programs take `/close` there for an order
    yield from ("", "Audit of " + " · ".join(markdown.text(each) for each in about if each))
    for each in sorted({failure.rule for failure in report.failures}):
        yield from ("", f"**{markdown.text(each)} failed to run, a bug: this is not the whole.**")


def table(found: Sequence[Item], most: int) -> Iterator[str]:
    """The findings, one a row; how many there are no rows for."""
    yield from ("", "| | finding | where | rule |", "|---|---|---|---|")
    for item in found[:most]:
        yield _row(item)
    if len(found) > most:
        yield from ("", f"and {len(found) - most:,} more")


def _row(item: Item) -> str:
    mark = "**gates**" if item.gates else ""
    words = " ".join(each for each in (item.severity, mark) if each)
    note = f" ({markdown.text(item.note)})" if item.note else ""
    where = markdown.code(f"{item.place.file}:{item.place.line}", 120)
    rule = markdown.link(item.rule, item.help_uri)
    return f"| {words} | {markdown.text(item.headline)}{note} | {where} | {rule} |"


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A part with a heading; nothing where it has no lines."""
    found = list(lines)
    if found:
        yield from ("", f"### {title}", "", *found)


def gone(before: Sequence[Before], most: int) -> Iterator[str]:
    """What was fixed, an entry each."""
    for each in before[:most]:
        subjects = markdown.text(" + ".join(each.subjects))
        yield f"- {markdown.code(each.rule)} {subjects}".rstrip()
    if len(before) > most:
        yield f"- and {len(before) - most:,} more"


def money(report: Report) -> str:
    """What could be saved and what is at stake, in a line; empty where nothing is known."""
    figures = report.figures
    parts = [
        f"saves {_total(figures.saves, report)} a year" if _says(figures.saves) else "",
        f"{_total(figures.at_stake, report)} a year at stake" if _says(figures.at_stake) else "",
    ]
    return "; ".join(each for each in parts if each)


def _says(total: Total) -> bool:
    return total.amount > 0 or total.at_least


def _total(total: Total, report: Report) -> str:
    if not total.amount:
        return "an unknown amount"
    least = "at least " if total.at_least else ""
    return f"{least}{total.amount:,.0f} {markdown.text(report.currency or '')}".rstrip()


def picture(found: Iterable[Item]) -> Iterator[str]:
    """The paths of the findings as a Mermaid picture, the first ones until it is full."""
    names: dict[str, str] = {}
    edges: dict[tuple[str, str], None] = {}
    for item in found:
        tools = {each.tool: each.name for each in item.stops}
        if len(tools) > 1 and len(names | tools) <= NODES:
            names |= tools
            ids = [each.tool for each in item.stops]
            edges |= dict.fromkeys(pairwise(ids))
    if edges:
        yield from ("```mermaid", "flowchart LR", *_drawn(names, edges), "```")


def _drawn(names: dict[str, str], edges: Iterable[tuple[str, str]]) -> Iterator[str]:
    numbers = {tool: f"t{number}" for number, tool in enumerate(names)}
    for tool, name in names.items():
        yield f"  {numbers[tool]}[{mermaid.label(name or tool)}]"
    for source, target in edges:
        yield f"  {numbers[source]} --> {numbers[target]}"


def standing(report: Report, found: Sequence[Item]) -> str:
    """What is not listed: known and waived findings, and what waits for facts."""
    counts = [(word, sum(item.state == word for item in found)) for word in ("known", "waived")]
    parts = [f"{count:,} {word}" for word, count in counts if count]
    waiting = len(report.open)
    if waiting:
        parts.append(f"{counted(waiting, 'check')} open for facts that nobody stated")
    return " · ".join(parts)
