"""What the report says of before: statuses, what is known, waived, fixed, open instead of found."""

from __future__ import annotations

from dataclasses import replace

from syrupy.assertion import SnapshotAssertion

from stackaudit.audit import AuditResult
from stackaudit.figures.gate_notes import gate_notes
from stackaudit.figures.verdict import verdict_line
from stackaudit.findings.base import Base
from stackaudit.findings.gate import Gate
from stackaudit.outputs.terminal.audit import render
from stackaudit.rules.severity import Severity
from tests.stacks import audited, base_of, waiver

UNREVIEWED = "security/unreviewed-tool"
BEFORE = """\
stackaudit: 1
organization: Alpine Goods
datasets: {contact: {privacy: personal}}
tools:
  crm: {holds: [contact], access: {shared_login: true}}
  mailer: {holds: [contact]}
  survey: {}
  wiki: {}
"""
AFTER = """\
stackaudit: 1
organization: Alpine Goods
datasets: {contact: {privacy: personal}}
tools:
  crm: {holds: [contact], access: {}}
  mailer: {holds: [contact]}
  shop: {holds: [contact]}
  survey: {}
  chat: {}
"""


def change(**changes: object) -> AuditResult:
    before = audited(BEFORE, "security")
    known = {
        name: replace(each, severity=Severity.LOW)
        if each.rule == UNREVIEWED and each.subjects == ("mailer",)
        else each
        for name, each in base_of(before).known.items()
        if each.subjects != ("chat",)
    }
    waivers = [
        waiver(UNREVIEWED, "survey", "2026-11-09", line=3),
        waiver(UNREVIEWED, "chat", "2026-10-01", line=9),
    ]
    result = audited(
        AFTER, "security", base=Base(known, "baseline.txt"), waivers=waivers,
        gate=Gate(fail_on=Severity.LOW),
    )  # fmt: skip
    return replace(result, **changes)  # type: ignore[arg-type]


def test_a_change_that_is_compared(snapshot: SnapshotAssertion) -> None:
    assert render(change(), show_all=False) == snapshot


def test_everything_of_it(snapshot: SnapshotAssertion) -> None:
    assert render(change(), show_all=True) == snapshot


def test_the_verdict_says_what_gates() -> None:
    line = verdict_line(change())
    assert "findings gate (1 worse than before): " in line
    assert "1 known finding gates, open" in line
    assert " instead of found: " in line


def test_the_notes_name_the_records() -> None:
    notes = gate_notes(change(changed_records=("the review of crm was removed (stack.yaml)",)))
    text = "\n".join(notes)
    assert notes[0].startswith("Compared with baseline.txt: ")
    assert "Open instead of found: " in text
    assert "tools.crm.access.shared_login is not stated" in text
    assert (
        "1 finding is waived by it-crm until 2026-11-09 (stackaudit.yaml:3:5): "
        "security/unreviewed-tool on survey." in text
    )
    assert (
        "The waiver of it-crm ran out on 2026-10-01 (stackaudit.yaml:9:5): 1 finding is back"
        in text
    )
    assert "runs out on 2026-11-09, in 7 days (stackaudit.yaml:3:5)" in text
    assert "In this change: the review of crm was removed (stack.yaml)." in text


def test_without_a_base_or_records_there_is_nothing_to_say() -> None:
    assert gate_notes(audited(BEFORE, UNREVIEWED)) == ()


def test_nothing_that_gates_is_folded_away() -> None:
    result = change()
    gating = [each.finding.label for each in result.findings if each.gates]
    text = render(result, show_all=False)
    assert gating
    assert all(name in text for name in gating)
