"""Stacks in a few lines, for tests of everything above the inventory."""

from __future__ import annotations

import datetime as dt

from stackaudit.audit import AuditResult, audit, read_stack_text
from stackaudit.findings.gate import Gate
from stackaudit.rules.library import load_rules
from stackaudit.rules.severity import Severity

DAY = dt.date(2026, 11, 2)

UNREVIEWED = """\
stackaudit: 1
currency: EUR
datasets:
  contact: {privacy: personal, system_of_record: crm}
tools:
  crm: {capabilities: [crm], holds: [contact], collects: []}
  mailer: {capabilities: [email], holds: [contact], collects: []}
flows:
  - {from: crm, to: mailer, data: [contact], method: native, every: 1d, status: active}
reviews:
  crm: {state: approved, on: 2026-03-02, by: security}
"""


def audited(
    text: str,
    *select: str,
    gate: Gate | None = None,
    known: dict[str, Severity] | None = None,
    as_of: dt.date = DAY,
) -> AuditResult:
    """The audit of an inventory given as text, by the named rules or categories."""
    return audit(
        read_stack_text(text), rules=load_rules(select=select), as_of=as_of, gate=gate, known=known
    )


def found(result: AuditResult) -> list[tuple[str, tuple[str, ...]]]:
    """(rule, subject ids) of every finding."""
    return [
        (each.finding.rule, tuple(ref.id for ref in each.finding.subjects))
        for each in result.findings
    ]
