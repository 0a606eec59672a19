"""What answers were written into an inventory, and what was left."""

from __future__ import annotations

from rich.console import Console

from stackaudit.inventory.edit.render import inline
from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.words import number
from stackaudit.sources.answers.apply import Applied
from stackaudit.sources.answers.read import Answer


def report_answers(applied: Applied, console: Console, *, dry_run: bool = False) -> None:
    """Each fact that was stated, those that had been stated before, and how many are unknown.

    `dry_run`: nothing was written, this is what would be.
    """
    with Page(console) as page:
        names = ", ".join(path.as_posix() for path in applied.files)
        if applied.written:
            verb = "to write" if dry_run else "written"
            count = number(len(applied.written), "answer")
            page.write((f"{count} {verb} into {names}", "strong"))
        else:
            page.write(("Nothing to write.", "strong"))
        for each in applied.written:
            page.whole((_path(each), "type"), f": {inline(each.value)}", indent=2)
        if applied.kept:
            page.blank()
            page.write(f"{number(len(applied.kept), 'answer')} left out: the inventory says it.")
        for each in applied.kept:
            page.whole((_path(each), "faint"), indent=2)
        page.blank()
        page.write(f"{number(applied.empty, 'question')} of the sheet without an answer: unknown.")


def _path(answer: Answer) -> str:
    path = answer.path
    return ".".join(part for part in (path.section, path.entry, path.key) if part)
