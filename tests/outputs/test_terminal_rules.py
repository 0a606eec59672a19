"""The lists of rules and facts, and one rule in full."""

from __future__ import annotations

import io
from textwrap import dedent

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from stackaudit.outputs.terminal import explain_rule, make_console, report_facts, report_rules
from stackaudit.rules.facts.registry import Fact, all_facts
from stackaudit.rules.library import load_rules
from stackaudit.rules.load import load_rule
from stackaudit.rules.rule import Rule
from stackaudit.rules.types import COUNT, LEVEL

RULE = """\
title: Paid for and not used
subject: tool
params: {most: 40%, high_above: 25000}
values:
  part: tool.admins / tool.users
when: tool.in_use and part > params.most
severity: medium
severity_when:
  high: tool.annual_cost * (1 - part) > params.high_above
message: "{tool.name} uses {part:percent} of what it pays for"
saves: tool.annual_cost * (1 - part)
why: Seats are bought for the plan.
fix: Return what is idle.
clears:
  set: {tool.admins: tool.users}
  add: {reviews: {"{tool.id}": {state: approved, evidence: [none]}}}
  words: Fewer seats for {tool.name}
ask: {it: Do logs confirm it?, marketing: Who stopped?}
lead: marketing
effort: small
time_driven: true
implied_by: [bloat/dormant-tool]
references: [A source]
since: "0.1"
examples:
  finds:
    - note: Three of twenty.
      severity: high
      stack: |
        stackaudit: 1
        tools:
          drift: {name: "[red]", contract: {cost: 12000/year, seats: 20, used: 3}}
      subjects: [drift]
  passes:
    - stack: |
        stackaudit: 1
      open: [mail]
      as_of: 2026-01-01
"""


def rule(rule_id: str = "bloat/idle-seats", **changes: str) -> Rule:
    text = RULE
    for key, value in changes.items():
        text = text.replace(f"{key}: ", f"{key}: {value} #", 1)
    return load_rule(text.encode(), rule_id, f"rules/{rule_id}.yaml")


def fact(name: str, doc: str, key: str | None = None, *, default: bool = False) -> Fact:
    type_ = LEVEL if key else COUNT
    return Fact("tool", name, type_, doc, lambda subject: None, key=key, default=default)


def terminal(width: int) -> Console:
    return Console(
        file=io.StringIO(), width=width, height=25, force_terminal=True, color_system=None,
        legacy_windows=False,
    )  # fmt: skip


def text_of(console: Console) -> str:
    stream = console.file
    assert isinstance(stream, io.StringIO)
    return stream.getvalue()


RULES = [
    rule("security/no-mfa", title="A password is all it takes, which is less than elsewhere"),
    rule("bloat/idle-seats"),
    rule("bloat/dormant-tool", severity="high"),
]  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_list_of_rules(width: int, snapshot: SnapshotAssertion) -> None:
    console = terminal(width)
    report_rules(RULES, console)
    assert text_of(console) == snapshot


def test_in_a_pipe_each_rule_is_one_line() -> None:
    stream = io.StringIO()
    report_rules(RULES, make_console(stream))
    lines = stream.getvalue().splitlines()
    assert sum("security/no-mfa" in line and "less than elsewhere" in line for line in lines) == 1
    assert [line.split()[1] for line in lines if line.startswith("  ")] == [
        "bloat/dormant-tool", "bloat/idle-seats", "security/no-mfa",
    ]  # fmt: skip


def test_a_rule_in_full() -> None:
    console = terminal(80)
    explain_rule(rule(), console)
    text = text_of(console)
    wanted = """\
        Paid for and not used  bloat/idle-seats
        medium · marketing leads · small effort · since 0.1
        finds it when  in use and admins / users is above 40 %
                       tool.in_use and part > params.most
        where          part = tool.admins / tool.users
        parameters     most = 40%
        says           {tool.name} uses {part:percent} of what it pays for
        severity       medium
                       high when annual cost × (1 − admins / users) is above 25,000
        saves          annual cost × (1 − admins / users) a year
        why            Seats are bought for the plan.
        fix            Return what is idle.
        clears it      Fewer seats for {tool.name}
                       set tool.admins to tool.users
        add            to the inventory:
                       reviews:
                         {tool.id}:
                           state: approved
                           evidence:
                             - none
        ask IT         Do logs confirm it?
        ask marketing  Who stopped?
        time           The passing of time alone can raise it: it does not gate a change
        follows from   bloat/dormant-tool: then it is folded under that
        see            A source
        written in     rules/bloat/idle-seats.yaml
        finds drift, as high: Three of twenty.
            stackaudit: 1
            tools:
              drift: {name: "[red]", contract: {cost: 12000/year, seats: 20, used: 3}}
        finds nothing, left open for mail (as of 2026-01-01)
            stackaudit: 1"""
    lines = iter(text.splitlines())
    for line in dedent(wanted).splitlines():
        assert line in lines, line  # in this order, from where the last one was found


def test_a_rule_in_full_documents_each_fact_it_reads() -> None:
    console = terminal(140)
    explain_rule(rule(), console)
    text = " ".join(text_of(console).split())
    assert {each.full_name for each in rule().facts()} >= {"tool.users", "tool.annual_cost"}
    for each in rule().facts():
        assert f"{each.full_name} {each.doc}" in text


@pytest.mark.parametrize("width", [40, 80, 140])
def test_all_shipped_rules_can_be_explained(width: int) -> None:
    """Words for every expression that is in use; only YAML to copy is wider than the terminal."""
    for each in load_rules():
        console = terminal(width)
        explain_rule(each, console)
        prose = text_of(console).split("\nfinds ")[0].split("\nadd ")[0]
        assert max(map(len, prose.splitlines())) <= width


def test_the_list_of_facts(snapshot: SnapshotAssertion) -> None:
    console = terminal(80)
    facts = [
        fact("mfa", "A second factor: none, optional or enforced.", "access.mfa"),
        fact("lifecycle", "Where it is in its life here.", "lifecycle", default=True),
        fact(
            "exposed_tools", "How many tools' personal data a breach here gives away, itself too."
        ),
    ]
    report_facts(facts, console)
    assert text_of(console) == snapshot


def test_every_fact_is_listed_once() -> None:
    stream = io.StringIO()
    report_facts(all_facts(), make_console(stream))
    listed = [line.split()[0] for line in stream.getvalue().splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(each.full_name for each in all_facts())
