"""A small fixed stack and findings made by hand: what the terminal report is laid out from."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from stackaudit.audit import AuditResult, audit
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.errors import Place
from stackaudit.findings.gate import Verdict
from stackaudit.findings.judged import Judged
from stackaudit.inventory.load import load_text
from stackaudit.outputs.terminal import make_console, report_audit
from stackaudit.rules.finding import (
    Evidence,
    Failure,
    Finding,
    Money,
    Open,
    RuleTally,
    SubjectRef,
    Unknown,
)
from stackaudit.rules.severity import Severity

DAY = dt.date(2026, 11, 2)

STACK = """\
stackaudit: 1
organization: Alpine Goods
currency: EUR
datasets:
  contact: {name: Customers, privacy: personal, system_of_record: crm}
tools:
  shop: {name: Shop One, contract: {cost: 12000/year}}
  zaps: {name: Zap Works, contract: {cost: 3000/year}}
  crm: {name: Core CRM, contract: {cost: 60000/year}}
  chat: {name: Tidy Chat, contract: {cost: 2988/year}}
  mail: {name: Mail Bird}
  old: {name: Old Poll, lifecycle: retired}
flows:
  - {from: shop, to: crm, through: zaps, data: [contact], method: ipaas}
  - {from: crm, to: chat, data: [contact], method: native}
"""


def evidence(
    fact: str, subject: str, shown: str, origin: str = "stated", value: object = None
) -> Evidence:
    return Evidence(fact, subject, value, shown, origin, Place("stack.yaml", 1, 1))


def finding(
    rule: str = "security/unreviewed-tool",
    tool: str = "chat",
    label: str = "Tidy Chat",
    severity: Severity = Severity.HIGH,
    **changes: Any,
) -> Finding:
    plain = Finding(
        rule=rule,
        title="In use without a security review",
        severity=severity,
        may_be=None,
        subjects=(SubjectRef("tool", tool),),
        label=label,
        message=f"{label} sees Customers, and nobody has reviewed it",
        why="Nobody has looked at who may get in, where the data is kept and who else processes "
        "it. A review takes an hour; a breach takes months.",
        fix="Have it reviewed, and record the decision under `reviews:`.",
        ask_it="Who could review it this month?",
        ask_marketing="Could you do without it until then?",
        lead="it",
        effort="small",
        evidence=(
            evidence("tool.in_use", label, "yes", "derived", value=True),
            evidence("tool.review_state", label, "none", "derived"),
        ),
        path=(),
        locations=(Place("stack.yaml", 10, 3),),
        fingerprint=f"{rule} {tool}",
    )
    return plain._replace(**changes)


def result_of(
    *judged: Judged,
    open_: Iterable[Open] = (),
    failures: Iterable[Failure] = (),
    checks: int = 120,
    stack: str = STACK,
) -> AuditResult:
    """An audit that found this; the worst first, as audits give it."""
    found = tuple(sorted(judged, key=lambda each: each.finding.sort_key()))
    left_open = tuple(open_)
    gating = tuple(each.finding.fingerprint for each in found if each.gates)
    decided = checks - len(left_open)
    return replace(
        audit(load_text(stack, by_alias(), "stack.yaml"), rules=(), as_of=DAY),
        findings=found,
        open=left_open,
        failures=tuple(failures),
        tallies=(RuleTally("all/rules", checks, len(found), len(left_open)),),
        verdict=Verdict(not gating, gating, checks, decided, clean=not found and not left_open),
    )


def left_open(rule: str, tool: str, severity: Severity, *missing: str) -> Open:
    return Open(
        rule=rule,
        title="",
        severity=severity,
        subjects=(SubjectRef("tool", tool),),
        label=tool,
        unknown=tuple(Unknown("tool.fact", tool, each) for each in missing),
        place=Place("stack.yaml", 11, 3),
        fingerprint=f"{rule} {tool} open",
    )


def sample() -> AuditResult:
    """One of everything that the report can say."""
    unreviewed = finding(
        severity=Severity.HIGH,
        may_be=Severity.CRITICAL,
        path=("shop", "zaps", "crm", "chat"),
        unknown=(Unknown("dataset.privacy", "contact", "datasets.contact.privacy"),),
    )
    downstream = finding("security/unreviewed-downstream")
    exposed = finding(
        "security/wide-exposure",
        "zaps",
        "Zap Works",
        Severity.CRITICAL,
        title="One breach here opens many tools",
        message="A breach of Zap Works gives away personal data of Shop One, Core CRM and Tidy "
        "Chat, and a password is all it takes to get in",
        evidence=(
            evidence("tool.mfa", "Zap Works", "none"),
            evidence("tool.exposes", "Zap Works", "Core CRM, Shop One and Tidy Chat", "derived"),
            evidence("tool.reviewed", "Core CRM", "no", "derived"),
        ),
        effort="medium",
    )
    return result_of(
        Judged(unreviewed, "new", None, gates=True),
        Judged(downstream, "new", unreviewed.fingerprint, gates=True),
        Judged(exposed, "worse", None, gates=True),
        Judged(_idle("crm", "Core CRM", 20_000.0, Severity.HIGH), "known"),
        Judged(_idle("shop", "Shop One", None, Severity.MEDIUM), "new"),
        Judged(_near("crm", "Core CRM", "2026-11-16"), "new"),
        Judged(_near("zaps", "Zap Works", "2027-01-15"), "waived"),
        open_=[
            left_open("security/no-mfa", "mail", Severity.HIGH, "tools.mail.access.mfa"),
            left_open(
                "security/no-dpa", "mail", Severity.MEDIUM, "tools.mail.holds", "tools.mail.dpa"
            ),
            left_open("silo/dead-end", "mail", Severity.MEDIUM, "tools.mail.holds"),
        ],
    )


def _idle(tool: str, label: str, saves: float | None, severity: Severity) -> Finding:
    return finding(
        "bloat/idle-seats", tool, label, severity, title="Paid for and not used",
        message=f"{label} uses 4 of the 12 seats it pays for",
        saves=Money(saves, tool, at_least=saves is None), lead="marketing",
        evidence=(evidence("contract.used", label, "4"), evidence("contract.bought", label, "12")),
    )  # fmt: skip


def _near(tool: str, label: str, day: str) -> Finding:
    return finding(
        "bloat/notice-window", tool, label, Severity.MEDIUM, title="The day to give notice is near",
        message=f"The last day to give notice for {label} is {day}",
        fix=f"Decide before {day} whether to renew.", lead="both",
        costs=Money(60_000.0 if tool == "crm" else 3_000.0, tool),
        evidence=(evidence("contract.notice_deadline", label, day, "derived"),),
        locations=(Place("stack.yaml", 9, 3), Place("contracts.yaml", 2, 3)),
    )  # fmt: skip


def shown(
    result: AuditResult, width: int = 80, *, show_all: bool = False,
    min_severity: Severity | None = None,
) -> str:  # fmt: skip
    """The report as a pipe of this width gets it."""
    stream = io.StringIO()
    console = make_console(stream)
    console.width = width
    report_audit(result, console, show_all=show_all, min_severity=min_severity)
    return stream.getvalue()


def without_color(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
