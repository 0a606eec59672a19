"""The questions worth asking, by whom to ask."""

from __future__ import annotations

import io

from rich.console import Console

from stackaudit.figures.questions import Entry, Interview, Respondent
from stackaudit.outputs.terminal.console import HEIGHT, PIPE_WIDTH
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import amount, named, number


def render(found: Interview) -> bytes:
    """The questions as plain text, for a file: the same whatever the terminal."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=PIPE_WIDTH,
        height=HEIGHT,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    report_questions(found, console)
    return file.getvalue().encode("utf-8")


def report_questions(found: Interview, console: Console) -> None:
    """The questions of an audit, those that decide the most first."""
    with Page(console) as page:
        if not found.questions:
            page.write("Nothing to ask: every rule could be decided.")
            return
        page.write(
            f"{number(found.open, 'check')} {'waits' if found.open == 1 else 'wait'} for "
            f"{number(found.total, 'fact')} nobody stated. {_how_many(found)}, by whom to ask."
        )
        width = len(str(len(found.entries))) + 2
        for each in found.respondents():
            _write_person(page, each, width, found.currency)
        page.blank()
        command = f"stackaudit questions {named(found.inventory)}"
        page.write(
            f"To have them answered: `{command} -o answers.xlsx` (or .csv), fill it in, "
            f"then `{command} --apply answers.xlsx`."
        )


def _how_many(found: Interview) -> str:
    shown = len(found.entries)
    if shown == found.total_entries:
        return number(shown, "question").capitalize()
    return f"The {shown:,} most useful of {found.total_entries:,} questions"


def _write_person(page: Page, each: Respondent, width: int, currency: str | None) -> None:
    page.blank()
    page.write((each.title, "strong"))
    for entry in each.entries:
        _write_entry(page, entry, width, currency)


def _write_entry(page: Page, each: Entry, width: int, currency: str | None) -> None:
    """A question; where it is about several things they are listed below it."""
    topic = each.best.topic
    lead: list[Part] = [(page.padded(f"{each.number}.", width), "label")]
    page.listed(lead, (each.title, "strong"), f": {topic.text} ", (f"({topic.hint})", "faint"))
    if len(each.questions) > 1:
        page.flow([[label] for label in each.labels], indent=2 + width)
    groups: list[list[Part]] = [[(each.fact, "faint")], *_worth(each, currency)]
    page.flow(groups, indent=2 + width)


def _worth(each: Entry, currency: str | None) -> list[list[Part]]:
    """What an answer is worth, each thing said once."""
    worst = each.unknown.worst
    found: list[list[Part]] = []
    if each.decides:
        found.append([f"decides {number(len(each.decides), 'rule')}"])
    if each.helps:
        found.append([f"helps with {number(len(each.helps), 'rule')}"])
    found.append([(f"up to {worst.word}", of_severity(worst))])
    if each.cost:
        found.append([f"{amount(each.cost, currency)} a year"])
    if each.privacy in ("personal", "special"):
        found.append([f"{each.privacy} data"])
    return found
