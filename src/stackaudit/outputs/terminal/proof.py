"""One finding with its proof, and what would clear it."""

from __future__ import annotations

from typing import Final

from rich.console import Console

from stackaudit.figures.clears import added_lines
from stackaudit.figures.proof import Proof
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import lead_words, where

LABELS: Final = 11
"""Columns for the labels."""


def report_proof(proof: Proof, console: Console) -> None:
    """Print what the finding says, the facts, the path, what is unknown, what clears it."""
    finding = proof.judged.finding
    with Page(console) as page:
        page.write((finding.title, "strong"), "  ", (finding.rule, "type"))
        page.write(
            (finding.severity.word, of_severity(finding.severity)),
            f" · {proof.judged.status}",
            " · gates" if proof.judged.gates else "",
            f" · {lead_words(finding.lead)}",
            f" · {finding.fingerprint}",
        )
        page.blank()
        page.write(finding.message)
        page.blank()
        for number, each in enumerate(finding.evidence):
            place = f" · {where(each.place)}" if each.place else ""
            _labelled(
                page,
                "facts" if number == 0 else "",
                f"{each.fact} of {each.subject}: {each.shown} ({each.origin}{place})",
            )
        if finding.path:
            _labelled(page, "path", " → ".join(finding.path))
        for number, unknown in enumerate(finding.unknown):
            _labelled(page, "unknown" if number == 0 else "", unknown.missing)
        _labelled(page, "why", finding.why)
        _labelled(page, "fix", finding.fix)
        _write_clears(page, proof)
        _labelled(page, "ask IT", finding.ask_it)
        _labelled(page, "marketing", finding.ask_marketing)


def _labelled(page: Page, label: str, text: str) -> None:
    if not label:
        page.write(text, indent=LABELS)
        return
    lead: Part = (label, "label")
    page.write(text, lead=lead, hang=LABELS)


def _write_clears(page: Page, proof: Proof) -> None:
    for number, statement in enumerate(proof.change):
        _labelled(page, "clears it" if number == 0 else "", statement)
    if proof.adds is not None:
        _labelled(page, "" if proof.change else "clears it", "add to the inventory:")
        for line in added_lines(proof.adds):
            page.whole(line, indent=LABELS + 2)
    words = {
        True: "tried on this stack: after that change the finding is gone",
        False: "tried on this stack: the finding stays after that change",
        None: "it could not be tried on this stack",
    }
    _labelled(page, "checked", words[proof.clears])
