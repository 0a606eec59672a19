"""Logging commands: issues of a task in Azure Pipelines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.outputs.annotations import Annotation, chosen, verdict_words
from stackaudit.outputs.document import Report
from stackaudit.outputs.encode.azure import command, plain
from stackaudit.outputs.encode.text import cut

LONGEST: Final = 1_000
ISSUE: Final = "task.logissue"


def render(report: Report) -> str:
    """A command a line: what gates as errors, what is new as warnings, then the verdict.

    Whether the task fails is left to the exit code.
    """
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    pointed_out, left_out = chosen(report, ("error", "warning"))
    for each in report.failures:
        yield command(ISSUE, {"type": "error"}, cut(f"{each.rule} failed", LONGEST))
    for annotation in pointed_out:
        yield _issue(annotation)
    if left_out:
        yield command(ISSUE, {"type": "warning"}, cut(left_out, LONGEST))
    yield plain(cut("; ".join([verdict_words(report), *report.verdict.notes]), LONGEST))


def _issue(annotation: Annotation) -> str:
    item = annotation.item
    properties = {
        "type": annotation.level,
        "sourcepath": cut(item.place.file, LONGEST),
        "linenumber": str(item.place.line),
        "columnnumber": str(item.place.column),
        "code": cut(item.rule, 200),
    }
    fix = f" Fix: {item.fix}" if item.fix else ""
    return command(ISSUE, properties, cut(f"{item.headline}.{fix} ({item.severity})", LONGEST))
