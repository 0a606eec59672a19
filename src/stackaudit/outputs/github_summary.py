"""The summary of a step on GitHub, in Markdown: what a reader of the run sees first.

Written into the file that `$GITHUB_STEP_SUMMARY` names; GitHub takes up to 1 MiB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.outputs import markdown_parts as parts
from stackaudit.outputs.document import CategoryFigures, Report
from stackaudit.outputs.encode import markdown
from stackaudit.outputs.items import SEVERITIES, Item, items

SHOWN: Final = 100
FIXED: Final = 100


def render(report: Report) -> str:
    """Verdict, figures, what gates, what is new, what was fixed, and what it all rests on."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    found = items(report)
    gating = [each for each in found if each.gates]
    fresh = [each for each in found if not each.gates and each.state in ("new", "worse", "open")]
    yield from parts.heading(report)
    yield from _figures(report)
    yield from parts.section("What gates", _findings(gating))
    yield from parts.section("New, and does not gate", _findings(fresh))
    yield from parts.section("Fixed", parts.gone(report.fixed, FIXED))
    yield from parts.section("Also", _also(report, found))
    yield from parts.section("The flows concerned", parts.picture([*gating, *fresh]))


def _figures(report: Report) -> Iterator[str]:
    if report.figures.categories:
        yield from ("", f"| category | {' | '.join(SEVERITIES)} | gates | open |")
        yield "|---|---:|---:|---:|---:|---:|---:|"
        yield from (_row(each) for each in report.figures.categories)


def _row(each: CategoryFigures) -> str:
    counts = [f"{each.findings.get(severity, 0):,}" for severity in SEVERITIES]
    cells = [markdown.text(each.category), *counts, f"{each.gating:,}", f"{each.open:,}"]
    return f"| {' | '.join(cells)} |"


def _findings(found: list[Item]) -> Iterator[str]:
    if found:
        yield from list(parts.table(found, SHOWN))[1:]


def _also(report: Report, found: tuple[Item, ...]) -> Iterator[str]:
    lines = [markdown.text(each) for each in report.verdict.notes[:SHOWN]]
    for each in (*lines, parts.money(report), parts.standing(report, found)):
        if each:
            yield f"- {each}"
