"""Workflow commands: annotations at the lines of a change on GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.outputs.annotations import Annotation, chosen, verdict_words
from stackaudit.outputs.document import Report
from stackaudit.outputs.encode.github import command, shown

LONGEST: Final = 1_000
"""Characters of a line of a message; GitHub cuts annotations at 64 KB."""


def render(report: Report) -> str:
    """A command a line: what gates as errors, what is new as warnings and notices, the verdict."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    pointed_out, left_out = chosen(report, ("error", "warning", "notice"))
    for each in report.failures:
        yield command("error", {"title": "stackaudit"}, shown(f"{each.rule} failed", LONGEST))
    for annotation in pointed_out:
        yield _annotation(annotation)
    last = [verdict_words(report), *report.verdict.notes, *([left_out] if left_out else [])]
    yield command("notice", {"title": "stackaudit"}, "\n".join(shown(x, LONGEST) for x in last))


def _annotation(annotation: Annotation) -> str:
    item = annotation.item
    place = item.place
    properties = {
        "file": shown(place.file, LONGEST),
        "line": str(place.line),
        "col": str(place.column),
        "title": shown(f"{item.title or item.rule} ({item.severity})", 200),
    }
    words = [item.headline, f"Fix: {item.fix}" if item.fix else "", item.note or "", item.rule]
    text = "\n".join(shown(each, LONGEST) for each in words if each)
    return command(annotation.level, properties, text)
