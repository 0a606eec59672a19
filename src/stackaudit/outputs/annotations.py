"""Which findings CI servers are to point out in a change, for they show only a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.outputs.document import Report
from stackaudit.outputs.items import Item, counted, items

Level = Literal["error", "warning", "notice"]

SHOWN: Final = 10
"""GitHub shows so many errors, warnings and notices of a step, Azure's agent so many of a task."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding to point out."""

    level: Level
    item: Item


def level_of(item: Item) -> Level | None:
    """What gates is an error; of the rest what is new, from medium on a warning; nothing else."""
    if item.gates:
        return "error"
    if item.state in ("known", "waived"):
        return None
    return "notice" if item.severity == "low" else "warning"


def chosen(report: Report, levels: Iterable[Level]) -> tuple[list[Annotation], str]:
    """Those that are shown, at most ten of a level and one fewer of the last level.

    With them, in words, how many are not; empty if all are.
    """
    found = [Annotation(level, item) for item in items(report) if (level := level_of(item))]
    shown: list[Annotation] = []
    *first, last = levels
    for level, most in [*((each, SHOWN) for each in first), (last, SHOWN - 1)]:
        shown += [each for each in found if each.level == level][:most]
    return shown, _left_out(found, shown)


def _left_out(found: list[Annotation], shown: list[Annotation]) -> str:
    parts = list(_counts(found, shown))
    if not parts:
        return ""
    return f"not shown here: {', '.join(parts)}; the other formats have all of them"


def _counts(found: list[Annotation], shown: list[Annotation]) -> Iterator[str]:
    words: dict[Level, str] = {
        "error": "finding that gates",
        "warning": "new finding that does not gate",
        "notice": "new low finding",
    }
    plural = {
        "error": "findings that gate",
        "warning": "new findings that do not gate",
        "notice": "new low findings",
    }
    for level, word in words.items():
        left = sum(each.level == level for each in found)
        left -= sum(each.level == level for each in shown)
        if left:
            yield f"{left:,} {word if left == 1 else plural[level]}"


def verdict_words(report: Report) -> str:
    """The outcome for a log: one line."""
    notes = f" {counted(len(report.verdict.notes), 'note')}." if report.verdict.notes else ""
    return f"stackaudit: {report.verdict.words}{notes}"
