"""Names that want to break an output, for the tests of every format.

Each is put everywhere a name from a file can stand; the output must have the same structure as
with a harmless name of the same length.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from stackaudit.outputs.document import (
    Ask,
    Before,
    CategoryFigures,
    Evidence,
    Failure,
    Finding,
    Location,
    Money,
    Open,
    Report,
    RuleRun,
    Stop,
    Subject,
    Total,
    Unknown,
    Waiver,
)
from stackaudit.outputs.json_report import document
from stackaudit.outputs.report_file import report_of
from stackaudit.outputs.sanitize import visible
from tests.stacks import UNREVIEWED, audited

HOSTILE: Final = (
    # terminals
    "[red]", "[/]", "[link=https://evil.example]x[/link]", ":smile:",
    "\x1b[31m", "\x1b]8;;https://evil.example\x07x", "\x1b]52;c;eA==\x07", "\x9b2J",
    "\u202eabc\u202c", "a\nb\rc\td", "\u2028\u2029\x85", "\x00\x01\x0b\x0c", "\ufffe\uffff",
    "\U0001f600", "株式会社", "e\u0301\u200b\u200d", "{0}%s$HOME`x`",
    # workflow and logging commands
    "x\n::error file=a.py,line=1::owned", "::set-output name=a::b", "::stop-commands::x",
    "%0A::error::x", "%250A", "##[error]x", "##vso[task.setvariable variable=a]b", "a]b;c=d",
    "x\r\n##vso[task.complete result=Succeeded;]", "a,line=9,col::b",
    # XML and HTML
    "<script>alert(1)</script>", "]]>", "<!-- x -->", "--><img src=x onerror=alert(1)>",
    "&amp;&#10;&lt;", "\"' onload='x", "<![CDATA[x]]>", "<failure/>", "</testcase>",
    # Markdown and Mermaid
    "| a | b |", "``` x", "`x`", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)",
    "https://evil.example/?a=b", "www.evil.example", "a@evil.example", "@team/owners", "#123",
    "!123", "owner/repo#1", "~~x~~", "$x^2$", "- x", "1. x", "1) x", "# x", "> x", "***", "---",
    "=== x", "\\", "\\|", "/close", "[ ] x", "[^1]", "<https://evil.example>",
    '"]; click t0 "https://evil.example"', "end", "%%{init: {}}%%", "t0-->t1", "#quot;",
    # spreadsheets
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1", '"x",y', "=cmd|' /C calc'!A0",
    # addresses and templates
    "../../etc/passwd", "/etc/passwd", "C:\\x\\y.yaml", "a b%20c?d#e", "javascript:alert(1)",
    "data:text/html,x", "${TOKEN}", "{{ x }}", "\\[x\\](1)", "[x](1)", "x" * 300,
)  # fmt: skip


def twin_of(name: str) -> str:
    """A harmless name that is as long as the hostile one where it is shown."""
    return "x" * len(visible(name))


@cache
def _plain() -> Report:
    return report_of(document(audited(UNREVIEWED, "security", "silo")))


def report_with(name: str) -> Report:
    """A report with one of everything, in which all that can come from a file is called so."""
    place = Location(file=name, line=3, column=5)
    past = Before(rule=f"security/{name}", fingerprint=name, severity="high", subjects=[name, name])
    figures = replace(
        _plain().figures,
        categories=[_figures(name)],
        saves=Total(amount=100.0, at_least=True),
        at_stake=Total(amount=0.0, at_least=True),
    )
    return replace(
        _plain(),
        organization=name,
        currency=name,
        compared_with=name,
        inventory=name,
        figures=figures,
        verdict=replace(_plain().verdict, notes=[name, name]),
        findings=findings(name, place),
        open=[left_open(name, place, past), replace(left_open(name, place, past), before=[])],
        fixed=[past],
        failures=[Failure(rule=f"security/{name}", subject=name, error=name)],
        rules=[_run(name), replace(_run(name), rule="security/quiet")],
    )


def findings(name: str, place: Location) -> list[Finding]:
    """One that gates, one of each status, one that follows from the first."""
    first = finding(name, place)
    waiver = Waiver(reason=name, owner=name, expires="2027-01-01", ticket=name)
    return [
        first,
        replace(first, status="new", gates=False, severity="low", fingerprint="2"),
        replace(first, status="worse", gates=False, fingerprint="3", note=name),
        replace(first, status="known", gates=False, fingerprint="4"),
        replace(first, status="waived", gates=False, fingerprint="5", waiver=waiver, note=name),
        replace(first, status="new", gates=True, fingerprint="6", folded_under=first.fingerprint),
    ]


def finding(name: str, place: Location) -> Finding:
    return Finding(
        rule=f"security/{name}", title=name, category="security", severity="high",
        may_be="critical", status="new", gates=True,
        subjects=[Subject(kind="tool", id=name)], label=name,
        message=f"{name} is shared", why=name, fix=name, ask=Ask(it=name, marketing=name),
        lead="both", effort="small", path=["crm", name],
        evidence=[
            Evidence(fact=name, subject=name, value=name, shown=name, origin="stated", place=place)
        ],
        stops=[Stop(tool="crm", name=name, place=place), Stop(tool="x", name=name, place=None)],
        locations=[place, replace(place, line=4)],
        saves=Money(amount=5.0, at_least=False, contract=name), costs=None,
        fingerprint="1", folded_under=None, time_driven=False,
        unknown=[Unknown(fact=name, subject=name, missing=name)], references=[name],
    )  # fmt: skip


def left_open(name: str, place: Location, past: Before) -> Open:
    unknown = [Unknown(fact=name, subject=name, missing=name)]
    return Open(
        rule=f"security/{name}", severity="high", subjects=[Subject(kind="tool", id=name)],
        unknown=unknown,
        location=place, title=name, label=name, fingerprint="7", gates=True, was="high",
        before=[past],
    )  # fmt: skip


def _run(name: str) -> RuleRun:
    return RuleRun(
        rule=f"security/{name}", digest="0", checks=3, found=1, open=1, title=name,
        category="security", severity="high", why=name, fix=name, references=[name],
        ask=Ask(it=name, marketing=name), lead="both", effort="small",
    )  # fmt: skip


def _figures(name: str) -> CategoryFigures:
    none = Total(amount=0.0, at_least=False)
    return CategoryFigures(
        category=name, findings={"high": 3, "low": 1}, folded=1, open=1, gating=2,
        saves=none, at_stake=none,
    )  # fmt: skip
