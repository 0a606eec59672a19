"""The findings, rule by rule: what is wrong, the proof, the place; then the fix and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.groups import Entry, RuleGroup
from stackaudit.findings.judged import Judged
from stackaudit.outputs.terminal.evidence import write_evidence
from stackaudit.outputs.terminal.names import name_of, tool_name
from stackaudit.outputs.terminal.page import Page, Part, joined
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import lead_words, money, number, total, where
from stackaudit.rules.finding import Finding, Unknown

SHOWN: Final = 5
"""So many findings of one rule are listed; one more is listed too, for counting it is as long."""

GIST: Final = 60
"""Characters from which on a sentence of the reason says enough."""

MANY_PLACES: Final = 3
MANY_UNKNOWN: Final = 3

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Lists findings on a page."""

    page: Page
    result: AuditResult
    show_all: bool

    def write(self, group: RuleGroup) -> None:
        """All that is said of one rule."""
        self._heading(group)
        shown = self.shown(group)
        for entry in shown:
            self._entry(group, entry)
        self._rest(group.entries[len(shown) :])
        self._advice(group)

    def shown(self, group: RuleGroup) -> Sequence[Entry]:
        """The entries that are listed: all, or the first few."""
        few = self.show_all or len(group.entries) <= SHOWN + 1
        return group.entries if few else group.entries[:SHOWN]

    def _heading(self, group: RuleGroup) -> None:
        about: list[list[Part]] = [[(group.title, "strong")], [(group.rule, "type")]]
        if len(group.entries) > 1:
            about.append([number(len(group.entries), "finding"), *_gating(group.entries)])
            if not group.saves.nothing:
                about.append([f"saves {total(group.saves, self._currency)} a year"])
        word = self.page.badge(group.severity.word.upper(), of_severity(group.severity))
        self.page.flow(about, lead=word)

    @property
    def _currency(self) -> str | None:
        return self.result.stack.currency

    def _entry(self, group: RuleGroup, entry: Entry) -> None:
        finding = entry.finding
        sign: Part = ("✗ ", "gates") if entry.gates else ("• ", "faint")
        self.page.write(*self._message(finding), indent=2, lead=sign)
        if finding.path:
            names = (tool_name(self.result.world, each) for each in finding.path)
            self._labelled("path", " → ".join(names))
        write_evidence(self.page, finding, whole=self.show_all, indent=4, hang=6)
        if finding.may_be:
            word = (f"may be {finding.may_be.word}", of_severity(finding.may_be))
            self.page.write(word, f": {_unknowns(finding.unknown)}", indent=4, hang=6)
        if entry.consequences:
            self._labelled("also", *joined((_consequence(e) for e in entry.consequences), ", "))
        if group.fix is None and self.show_all:
            self._labelled("fix", finding.fix)
        if entry.judged.note:
            self._labelled("note", entry.judged.note)
        self.page.flow(self._facts(group, entry), indent=4, lead=[("at ", "label")], hang=6)

    def _message(self, finding: Finding) -> list[Part]:
        """The message; its subject stands out at its beginning, and is put there if it is not."""
        world = self.result.world
        names = [finding.label, *(name_of(world, ref) for ref in finding.subjects)]
        for name in names:
            if name and finding.message.startswith(name):
                return [(name, "strong"), finding.message[len(name) :]]
        return [(finding.label, "strong"), f": {finding.message}"]

    def _labelled(self, label: str, *parts: Part) -> None:
        self.page.write(*parts, indent=4, lead=(f"{label} ", "label"), hang=6)

    def _facts(self, group: RuleGroup, entry: Entry) -> Iterator[list[Part]]:
        """The last line of a finding: its place, its severity if not the rule's, money, status."""
        finding = entry.finding
        places = list(dict.fromkeys(where(each) for each in finding.locations))
        more = len(places) - MANY_PLACES
        yield [", ".join(places[:MANY_PLACES]) + (f" and {more} more" if more > 0 else "")]
        if finding.severity != group.severity:
            yield [(finding.severity.word, of_severity(finding.severity))]
        if saves := money(finding.saves, self._currency):
            yield [f"saves {saves} a year"]
        if costs := money(finding.costs, self._currency):
            yield [f"{costs} a year at stake"]
        if entry.judged.status != "new":
            yield [entry.judged.status]
        if entry.judged.gates:
            yield [("gates", "gates")]

    def _rest(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        more = (f"… and {len(entries):,} more", "strong")
        self.page.write(more, *_gating(entries), " (--all shows them)", indent=4)

    def _advice(self, group: RuleGroup) -> None:
        work = f"{lead_words(group.lead)}, {group.effort} effort"
        if group.fix is not None:
            self._advise("fix", group.fix, (f" ({work})", "label"))
        elif self.show_all:  # each finding has its own
            self._advise("who", work)
        else:
            self._advise(
                "fix", group.first.fix, (f" (as for {group.first.label}; {work})", "label")
            )
        self._advise("why", group.why if self.show_all else _gist(group.why))

    def _advise(self, label: str, *parts: Part) -> None:
        self.page.write(*parts, indent=2, lead=(label, "strong"), hang=5)


def _gating(entries: Sequence[Entry]) -> list[Part]:
    """How many of several entries gate, if any do."""
    count = sum(each.gates for each in entries)
    if not count:
        return []
    return [", ", ("all gate" if count == len(entries) else f"{count:,} gate", "gates")]


def _gist(text: str) -> str:
    """The first sentence, or more where that is short; the rest is in `stackaudit explain`."""
    sentences = _SENTENCE_END.split(text)
    gist = sentences.pop(0)
    while sentences and len(gist) < GIST:
        gist = f"{gist} {sentences.pop(0)}"
    return gist


def _unknowns(unknown: Sequence[Unknown]) -> str:
    names = list(dict.fromkeys(each.missing for each in unknown))
    more = len(names) - MANY_UNKNOWN
    listed = ", ".join(names[:MANY_UNKNOWN]) + (f" and {more} more" if more > 0 else "")
    return f"{listed} not stated" if names else "something is not stated"


def _consequence(judged: Judged) -> list[Part]:
    parts: list[Part] = [(judged.finding.rule, "type")]
    if judged.gates:
        parts += [" ", ("gates", "gates")]
    return parts
