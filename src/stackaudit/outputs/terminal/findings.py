"""The findings, rule by rule: what is wrong, the proof, the place; then the fix and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.figures.groups import Entry, RuleGroup
from stackaudit.findings.judged import Judged
from stackaudit.outputs.terminal.evidence import write_evidence
from stackaudit.outputs.terminal.page import Page, Part, joined
from stackaudit.outputs.terminal.styles import of_severity
from stackaudit.outputs.terminal.words import lead_words, money, number, total, where
from stackaudit.rules.finding import Finding, Unknown

SHOWN: Final = 5
"""So many findings of one rule are listed; one more is listed too, for counting it is as long."""

MANY_PLACES: Final = 3
MANY_UNKNOWN: Final = 3


@dataclass(frozen=True, slots=True)
class FindingsView:
    """Lists findings on a page."""

    page: Page
    result: AuditResult
    show_all: bool

    def write(self, group: RuleGroup) -> None:
        """All that is said of one rule."""
        self._heading(group)
        shown = self._shown(group)
        for entry in shown:
            self._entry(group, entry)
        self._rest(group.entries[len(shown) :])
        self._advice(group)

    def _shown(self, group: RuleGroup) -> Sequence[Entry]:
        few = self.show_all or len(group.entries) <= SHOWN + 1
        return group.entries if few else group.entries[:SHOWN]

    def _heading(self, group: RuleGroup) -> None:
        parts: list[Part] = [(group.title, "strong"), "  ", (group.rule, "type")]
        if len(group.entries) > 1:
            parts.append(f"  {number(len(group.entries), 'finding')}")
            if group.gating:
                gate = "all" if group.gating == len(group.entries) else f"{group.gating:,}"
                parts += [", ", (f"{gate} gate", "gates")]
            if not group.saves.nothing:
                saved = total(group.saves, self.result.stack.currency)
                parts += [", ", (f"saves {saved} a year", "money")]
        word = f" {group.severity.word.upper()} "
        self.page.write(*parts, lead=(word, of_severity(group.severity)), hang=len(word) + 1)

    def _entry(self, group: RuleGroup, entry: Entry) -> None:
        sign: Part = ("✗ ", "gates") if entry.gates else ("• ", "faint")
        finding = entry.finding
        self.page.write(*_message(finding), indent=2, lead=sign)
        if finding.path:
            self._labelled("path", " → ".join(self._name(each) for each in finding.path))
        write_evidence(self.page, finding, whole=self.show_all, indent=4)
        if finding.may_be:
            unknown = _unknowns(finding.unknown)
            self._labelled("may be", (finding.may_be.word, of_severity(finding.may_be)), f": {unknown}")
        if entry.consequences:
            self._labelled("also", *joined((_consequence(e) for e in entry.consequences), ", "))
        if group.fix is None:
            self._labelled("fix", finding.fix)
        self.page.write(*joined(self._facts(group, entry)), indent=4, lead=("at ", "label"), hang=6)

    def _labelled(self, label: str, *parts: Part) -> None:
        self.page.write(*parts, indent=4, lead=(f"{label} ", "label"), hang=6)

    def _name(self, tool: str) -> str:
        found = self.result.world.tools.get(tool)
        return found.label() if found else tool

    def _facts(self, group: RuleGroup, entry: Entry) -> Iterator[list[Part]]:
        """The last line of a finding: its place, its severity if not the rule's, money, status."""
        finding = entry.finding
        places = dict.fromkeys(where(each) for each in finding.locations)
        more = len(places) - MANY_PLACES
        yield [", ".join(list(places)[:MANY_PLACES]) + (f" and {more} more" if more > 0 else "")]
        if finding.severity != group.severity:
            yield [(finding.severity.word, of_severity(finding.severity))]
        currency = self.result.stack.currency
        if finding.saves:
            yield [(f"saves {money(finding.saves, currency)} a year", "money")]
        if finding.costs:
            yield [(f"{money(finding.costs, currency)} a year at stake", "money")]
        if entry.judged.status != "new":
            yield [entry.judged.status]
        if entry.judged.gates:
            yield [("gates", "gates")]

    def _rest(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        gating = sum(each.gates for each in entries)
        gates = f", {'all' if gating == len(entries) else f'{gating:,}'} gate" if gating else ""
        text = f"… and {len(entries):,} more{gates} (--all shows them)"
        self.page.write((text, "strong"), indent=4)

    def _advice(self, group: RuleGroup) -> None:
        work = f"{lead_words(group.lead)}, {group.effort} effort"
        if group.fix is not None:
            self._advise("fix", group.fix, f" ({work})")
        else:
            self._advise("who", work)
        self._advise("why", group.why)

    def _advise(self, label: str, *parts: Part) -> None:
        self.page.write(*parts, indent=2, lead=(label, "strong"), hang=5)


def _message(finding: Finding) -> list[Part]:
    """The message; the subject stands out at its beginning, and is put there if it is not."""
    if finding.message.startswith(finding.label):
        return [(finding.label, "strong"), finding.message[len(finding.label) :]]
    return [(finding.label, "strong"), f": {finding.message}"]


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
