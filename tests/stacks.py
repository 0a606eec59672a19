"""Stacks in a few lines, for tests of everything above the inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from stackaudit.audit import AuditResult, audit, read_stack_text
from stackaudit.errors import Place
from stackaudit.findings.base import Base
from stackaudit.findings.gate import Gate
from stackaudit.rules.library import load_rules
from stackaudit.rules.waiver import Waiver

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
    base: Base | None = None,
    waivers: Sequence[Waiver] = (),
    as_of: dt.date = DAY,
) -> AuditResult:
    """The audit of an inventory given as text, by the named rules or categories."""
    return audit(
        read_stack_text(text),
        rules=load_rules(select=select),
        as_of=as_of,
        gate=gate,
        base=base,
        waivers=waivers,
    )


def base_of(result: AuditResult, words: str = "baseline.txt") -> Base:
    """An audit as the base of the next one."""
    return Base.of(result.findings, words, result.open)


def waiver(
    rule: str, subject: str, expires: str = "2027-03-01", *, on: str | None = None, line: int = 1
) -> Waiver:
    """An accepted finding."""
    return Waiver(
        rule=rule,
        subject=subject,
        reason="the vendor fixes it",
        owner="it-crm",
        expires=dt.date.fromisoformat(expires),
        place=Place("stackaudit.yaml", line, 5),
        on=dt.date.fromisoformat(on) if on else None,
    )


def found(result: AuditResult) -> list[tuple[str, tuple[str, ...]]]:
    """(rule, subject ids) of every finding."""
    return [
        (each.finding.rule, tuple(ref.id for ref in each.finding.subjects))
        for each in result.findings
    ]
