"""One rule in full: what it finds, on which facts, why, and what clears it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console

from stackaudit.figures.clears import added_lines, change_words
from stackaudit.figures.conditions import in_words, template_words
from stackaudit.figures.examples import example_lines
from stackaudit.outputs.terminal.facts import write_fact
from stackaudit.outputs.terminal.page import Page, Part, joined
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import lead_words, spaced
from stackaudit.rules.help import help_uri
from stackaudit.rules.rule import Expression, Rule
from stackaudit.rules.rule_file import Finds, Passes
from stackaudit.rules.severity import Severity
from stackaudit.rules.subjects import kinds

LABELS: Final = 15
"""Columns for the labels of the sections."""

_TIME: Final = (
    "The passing of time alone can raise it: it does not gate a change that is compared with a "
    "baseline."
)


def explain_rule(rule: Rule, console: Console) -> None:
    """Print everything that the rule's file says, its conditions in words too."""
    with Page(console) as page:
        _write_head(page, rule)
        _write_condition(page, rule)
        _write_severity(page, rule)
        _write_facts(page, rule)
        _write_advice(page, rule)
        _write_standing(page, rule)
        for example in rule.examples.finds:
            _write_finds(page, example)
        for near in rule.examples.passes:
            _write_passes(page, near)


def _section(page: Page, label: str, paragraphs: Iterable[Part | list[Part]]) -> None:
    """Paragraphs beside one label; nothing if there are none."""
    for number, paragraph in enumerate(paragraphs):
        parts = paragraph if isinstance(paragraph, list) else [paragraph]
        lead: Part = (label, "label") if number == 0 else ""
        page.write(*parts, lead=lead, hang=LABELS if number == 0 else 0,
                   indent=0 if number == 0 else LABELS)  # fmt: skip


def _write_head(page: Page, rule: Rule) -> None:
    page.write((rule.title, "strong"), "  ", (rule.id, "type"))
    page.write(
        *joined(
            [
                _severity(rule.severity),
                [lead_words(rule.lead)],
                [f"{rule.effort} effort"],
                [f"since {rule.since}"],
            ]
        )
    )


def _severity(severity: Severity) -> list[Part]:
    return [(severity.word, of_severity(severity))]


def _write_condition(page: Page, rule: Rule) -> None:
    page.blank()
    _section(page, "looks at", [f"{spaced(rule.subject)}: {kinds()[rule.subject].doc}"])
    _section(page, "finds it when", _both(rule.when, rule))
    _section(page, "where", [_defined(*each) for each in rule.values.items()])
    _section(page, "parameters", [_defined(*each) for each in rule.param_texts.items()])
    _section(page, "says", [rule.message_text])


def _both(expression: Expression, rule: Rule) -> list[Part | list[Part]]:
    """A condition in words, then as it is written."""
    return [in_words(expression.tree, rule.subject), (expression.text, "type")]


def _defined(name: str, text: str) -> list[Part]:
    return [(f"{name} = {text}", "type")]


def _write_severity(page: Page, rule: Rule) -> None:
    lines: list[Part | list[Part]] = [_severity(rule.severity)]
    for severity, condition in rule.severity_when:
        words = in_words(condition.tree, rule.subject)
        lines += [[*_severity(severity), f" when {words}"], (condition.text, "type")]
    _section(page, "severity", lines)
    for label, money in (("saves", rule.saves), ("at stake", rule.costs)):
        if money:
            _section(page, label, [[in_words(money.tree, rule.subject), " a year"],
                                   (money.text, "type")])  # fmt: skip


def _write_facts(page: Page, rule: Rule) -> None:
    facts = sorted(rule.facts(), key=lambda fact: fact.full_name)
    page.blank()
    page.write(("reads", "label"))
    width = max((page.cells(fact.full_name) for fact in facts), default=0)
    for fact in facts:
        write_fact(page, fact, width)


def _write_advice(page: Page, rule: Rule) -> None:
    page.blank()
    _section(page, "why", [rule.why])
    _section(page, "fix", [template_words(rule.fix)])
    _section(page, "clears it", list(change_words(rule.clears)))
    if rule.clears.add is not None:
        _section(page, "add", ["to the inventory:"])
        _write_plain(page, added_lines(rule.clears.add), indent=LABELS)
    _section(page, "ask IT", [rule.ask_it])
    _section(page, "ask marketing", [rule.ask_marketing])


def _write_standing(page: Page, rule: Rule) -> None:
    """How it stands to time, to other rules, to the world outside."""
    page.blank()
    if rule.time_driven:
        _section(page, "time", [_TIME])
    if rule.implied_by:
        causes = [[(each, "type")] for each in rule.implied_by]
        _section(page, "follows from", [[*joined(causes, ", "), ": then it is folded under that"]])
    _section(page, "see", list(rule.references))
    address = help_uri(rule)
    if address:  # whole: a terminal opens no half of one
        page.whole((page.padded("page", LABELS), "label"), address)
    _section(page, "written in", [rule.place.file])


def _write_finds(page: Page, example: Finds) -> None:
    page.blank()
    severity = f", as {example.severity}" if example.severity else ""
    page.write(("finds ", "strong"), f"{', '.join(example.subjects)}{severity}{_about(example)}")
    _write_plain(page, example_lines(example))


def _write_passes(page: Page, example: Passes) -> None:
    page.blank()
    left = f", left open for {', '.join(example.open)}" if example.open else ""
    page.write(("finds nothing", "strong"), f"{left}{_about(example)}")
    _write_plain(page, example_lines(example))


def _about(example: Finds | Passes) -> str:
    day = f" (as of {example.as_of})" if example.as_of else ""
    return f"{day}: {example.note}" if example.note else day


def _write_plain(page: Page, lines: Iterable[str], indent: int = 4) -> None:
    """YAML, line for line, so that it can be copied."""
    for line in lines:
        page.whole(line, indent=indent)
