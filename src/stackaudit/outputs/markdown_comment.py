"""The comment on a pull request: short, for people who have a change to decide about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.outputs import markdown_parts as parts
from stackaudit.outputs.document import Report
from stackaudit.outputs.encode import markdown
from stackaudit.outputs.encode.uri import relative
from stackaudit.outputs.items import Item, items

SHOWN: Final = 10
FIXED: Final = 10


def render(report: Report) -> str:
    """The comment; its first line, which nobody sees, tells a bot which comment to replace."""
    return "\n".join(_lines(report)) + "\n"


def marker(report: Report) -> str:
    """The hidden first line: the same for each audit of the same inventory."""
    return f"<!-- stackaudit {relative(report.inventory)[0].replace('--', '%2D%2D')} -->"


def _lines(report: Report) -> Iterator[str]:
    found = items(report)
    fresh = [each for each in found if _is_fresh(each)]
    yield marker(report)
    yield from parts.heading(report)
    if fresh:
        yield from parts.table(fresh, SHOWN)
    yield from parts.section("What to do", _fixes(fresh))
    yield from parts.section("Fixed", parts.gone(report.fixed, FIXED))
    yield from parts.section("Also", _also(report, found))
    yield from parts.section("The flows concerned", parts.picture(fresh))


def _is_fresh(item: Item) -> bool:
    """What the change is about: all that gates, and what is new or worse for itself."""
    return item.gates or (item.state in ("new", "worse", "open") and not item.folded)


def _fixes(fresh: list[Item]) -> Iterator[str]:
    """How to clear what gates, or else what is new: each way once."""
    gating = [each for each in fresh if each.gates] or fresh
    fixes = dict.fromkeys(each.fix for each in gating[:SHOWN] if each.fix)
    yield from (f"- {markdown.text(each)}" for each in list(fixes)[:5])


def _also(report: Report, found: tuple[Item, ...]) -> Iterator[str]:
    notes = report.verdict.notes
    listed = [markdown.text(each) for each in notes[:SHOWN]]
    if len(notes) > SHOWN:
        listed.append(f"and {len(notes) - SHOWN:,} more notes")
    for each in (*listed, parts.money(report), parts.standing(report, found)):
        if each:
            yield f"- {each}"
