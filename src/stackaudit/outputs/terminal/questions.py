"""The questions worth asking, by whom to ask."""

from __future__ import annotations

import io

from rich.console import Console

from stackaudit.figures.questions import Entry, Interview, Respondent
from stackaudit.outputs.asked_words import AskedWords
from stackaudit.outputs.terminal.console import HEIGHT, PIPE_WIDTH
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import named


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
        words = AskedWords.of(found)
        if not found.questions:
            page.write(words.text("nothing_to_ask"))
            return
        facts = words.count("facts", found.total)
        page.write(words.count("waits", found.open, facts=facts, shown=_how_many(found, words)))
        width = len(str(len(found.entries))) + 2
        for each in found.respondents():
            _write_person(page, each, width, found.currency, words)
        page.blank()
        command = f"stackaudit questions {named(found.inventory)}"
        page.write(words.text("apply", command=command))


def _how_many(found: Interview, words: AskedWords) -> str:
    shown = len(found.entries)
    if shown == found.total_entries:
        return words.count("all", shown)
    return words.text("most", shown=shown, all=found.total_entries)


def _write_person(
    page: Page, each: Respondent, width: int, currency: str | None, words: AskedWords
) -> None:
    page.blank()
    page.write((each.title, "strong"))
    for entry in each.entries:
        _write_entry(page, entry, width, currency, words)


def _write_entry(
    page: Page, each: Entry, width: int, currency: str | None, words: AskedWords
) -> None:
    """A question; where it is about several things they are listed below it."""
    topic = each.best.topic
    lead: list[Part] = [(page.padded(f"{each.number}.", width), "label")]
    page.listed(lead, (each.title, "strong"), f": {topic.text} ", (f"({topic.hint})", "faint"))
    if len(each.questions) > 1:
        page.flow([[label] for label in each.labels], indent=2 + width)
    groups: list[list[Part]] = [[(each.fact, "faint")], *_worth(each, currency, words)]
    page.flow(groups, indent=2 + width)


def _worth(each: Entry, currency: str | None, words: AskedWords) -> list[list[Part]]:
    """What an answer is worth, each thing said once."""
    worst = each.unknown.worst
    found: list[list[Part]] = []
    if each.decides:
        found.append([words.count("decides", len(each.decides))])
    if each.helps:
        found.append([words.count("helps", len(each.helps))])
    up_to = words.text("up_to", severity=words.word("severities", worst.word))
    found.append([(up_to, of_severity(worst))])
    if each.cost:
        amount = words.wording.shown(each.cost, "money", currency)
        found.append([words.text("a_year", amount=amount)])
    if each.privacy in ("personal", "special"):
        found.append([words.word("data", each.privacy)])
    return found
