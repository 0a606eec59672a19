"""A baseline in words: what was known, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from rich.console import Console

from stackaudit.findings.base import Base, Known
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import number

_STYLES: Final = {"gone": "label", "open": "gates", "worse": "gates"}


def report_baseline(
    base: Base, states: Mapping[str, str], titles: Mapping[str, str], console: Console
) -> None:
    """Every finding of a baseline, the worst first, rule by rule.

    `states` says in a word what became of each, by fingerprint; `titles` are those of the rules.
    """
    with Page(console) as page:
        counts = Counter(states.values())
        order = ("found", "worse", "waived", "open", "gone", "not asked")
        parts: list[list[Part]] = [[f"{each} {counts[each]:,}"] for each in order if counts[each]]
        page.flow([[(base.words, "strong")], [number(len(base.known), "finding")], *parts])
        rule = None
        for known in sorted(base.known.values(), key=_order):
            if known.rule != rule:
                rule = known.rule
                page.blank()
                page.write(
                    (titles.get(rule, "no such rule any more"), "strong"), " ", (rule, "type")
                )
            _write(page, known, states[known.fingerprint])


def _write(page: Page, known: Known, state: str) -> None:
    severity: Part = (known.severity.word, of_severity(known.severity))
    subjects = " + ".join(known.subjects)
    page.flow(
        [[subjects or "the stack"], [severity], [(state, _STYLES.get(state, "plain"))],
         [(known.fingerprint[:12], "label")]],
        indent=2,
    )  # fmt: skip


def _order(known: Known) -> tuple[str, int, tuple[str, ...], str]:
    return (known.rule, -known.severity, known.subjects, known.fingerprint)
