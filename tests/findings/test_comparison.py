"""Against what was there before: new, known, worse, fixed, and open instead of found."""

from __future__ import annotations

import datetime as dt

import pytest

from stackaudit.findings.base import Base, Known
from stackaudit.findings.gate import Gate
from stackaudit.rules.severity import Severity
from tests.stacks import audited, base_of, waiver

RULE = "security/unreviewed-tool"
MFA = "security/sensitive-tool-without-mfa"
EXPIRED = "security/expired-review"
ANY = Gate(fail_on=Severity.LOW)

TWO = "stackaudit: 1\ntools: {mailer: {}, crm: {}}\n"
ONE = "stackaudit: 1\ntools: {crm: {}}\n"


def statuses(result: object) -> dict[str, str]:
    return {each.finding.subjects[0].id: each.status for each in result.findings}  # type: ignore[attr-defined]


def test_what_a_change_adds_is_new_and_what_was_there_is_known() -> None:
    result = audited(TWO, RULE, base=base_of(audited(ONE, RULE)))
    assert statuses(result) == {"crm": "known", "mailer": "new"}
    assert [each.finding.subjects[0].id for each in result.findings if each.gates] == ["mailer"]


def test_what_is_gone_is_fixed() -> None:
    result = audited(ONE, RULE, base=base_of(audited(TWO, RULE)))
    assert [(each.rule, each.subjects) for each in result.fixed] == [(RULE, ("mailer",))]
    assert result.verdict.passed


def test_a_rule_that_was_not_asked_says_nothing_of_what_is_fixed() -> None:
    assert audited(ONE, "bloat", base=base_of(audited(TWO, RULE))).fixed == ()


def test_a_renamed_tool_is_known_and_not_fixed() -> None:
    renamed = "stackaudit: 1\ntools: {post: {previously: [mailer]}, crm: {}}\n"
    result = audited(renamed, RULE, base=base_of(audited(TWO, RULE)))
    assert statuses(result) == {"crm": "known", "post": "known"}
    assert result.fixed == ()


def test_tools_that_became_one_are_known_at_the_worst_of_their_severities() -> None:
    merged = "stackaudit: 1\ntools: {post: {previously: [mailer, crm]}}\n"
    before = base_of(audited(TWO, RULE))
    low = {name: Known(name, Severity.LOW, RULE, each.subjects)
           for name, each in before.known.items() if each.subjects == ("crm",)}  # fmt: skip
    result = audited(merged, RULE, base=Base({**before.known, **low}, "b"))
    assert statuses(result) == {"post": "known"}
    assert result.fixed == ()


MFA_NONE = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
tools: {mailer: {holds: [contact], access: {mfa: none, sso: none}}}
"""


def lost(text: str = MFA_NONE) -> str:
    return text.replace("mfa: none, ", "")


def sensitive_rule() -> str:
    """A shipped rule that finds something in MFA_NONE and stays open without the fact."""
    found = {each.finding.rule for each in audited(MFA_NONE, "security").findings}
    left = {each.rule for each in audited(lost(), "security").open}
    both = sorted(found & left)
    assert both, "no rule reads tool.mfa any more"
    return both[0]


def test_a_finding_whose_fact_was_taken_away_gates_as_if_it_were_there() -> None:
    rule = sensitive_rule()
    base = base_of(audited(MFA_NONE, rule))
    assert audited(MFA_NONE, rule, base=base, gate=ANY).verdict.passed
    result = audited(lost(), rule, base=base, gate=ANY)
    assert not result.verdict.passed
    (instead,) = result.open_instead
    assert instead.gates
    assert instead.was.rule == rule
    assert any("mailer.access.mfa" in each for each in instead.missing)
    assert result.verdict.gating == ()
    assert result.verdict.gating_open == (instead.was.fingerprint,)
    assert result.fixed == ()


def test_it_gates_at_the_severity_that_it_had() -> None:
    rule = sensitive_rule()
    found = base_of(audited(MFA_NONE, rule))
    low = {name: Known(name, Severity.LOW, rule, each.subjects)
           for name, each in found.known.items()}  # fmt: skip
    gate = Gate(fail_on=Severity.MEDIUM)
    assert audited(lost(), rule, base=Base(low, "b"), gate=gate).verdict.passed


def test_it_is_found_under_its_former_name_too() -> None:
    rule = sensitive_rule()
    renamed = lost().replace("mailer: {", "post: {previously: [mailer], ")
    result = audited(renamed, rule, base=base_of(audited(MFA_NONE, rule)), gate=ANY)
    assert [each.was.subjects[0] for each in result.open_instead] == ["mailer"]
    assert not result.verdict.passed


def test_a_waiver_accepts_it_as_if_it_were_there() -> None:
    rule = sensitive_rule()
    waivers = [waiver(rule, "mailer")]
    result = audited(lost(), rule, base=base_of(audited(MFA_NONE, rule)), gate=ANY, waivers=waivers)
    assert result.verdict.passed
    assert [each.waiver for each in result.open_instead] == waivers


def test_a_rule_that_time_can_raise_does_not_gate_a_comparison() -> None:
    text = (
        "stackaudit: 1\ntools: {crm: {}}\n"
        "reviews: {crm: {state: approved, on: 2024-01-01, by: it, until: 2025-01-01}}\n"
    )
    alone = audited(text, EXPIRED, gate=ANY)
    assert not alone.verdict.passed
    compared = audited(text, EXPIRED, gate=ANY, base=Base({}, "b"))
    assert statuses(compared) == {"crm": "new"}
    assert compared.verdict.passed


FLOWS = """\
stackaudit: 1
datasets: {contact: {privacy: personal}}
tools: {crm: {}, mailer: {}}
flows:
  - {from: crm, to: mailer, data: [contact], method: manual, every: 1mo, status: active}
"""


def test_a_section_that_is_no_longer_complete_is_no_proof_against_a_revision() -> None:
    base = audited(FLOWS, "integration", "silo", "security")
    flow_rules = {each.finding.rule for each in base.findings
                  if each.finding.subjects[0].kind == "flow"}  # fmt: skip
    assert flow_rules, "no rule finds a manual flow any more"
    without = FLOWS.partition("flows:")[0]
    after = audited(without, "integration", "silo", "security", base=base_of(base), gate=ANY)
    assert flow_rules <= {each.was.rule for each in after.open_instead}
    # what was open in the base already is no fact of this change that was taken away
    standing = Base(base_of(base).known, "b", frozenset(each.fingerprint for each in after.open))
    assert audited(without, *flow_rules, base=standing).open_instead == ()


@pytest.mark.parametrize("kept", [True, False])
def test_who_takes_a_waiver_away_brings_the_finding_back(kept: bool) -> None:
    waivers = [waiver(RULE, "crm")]
    base = base_of(audited(ONE, RULE, waivers=waivers))
    result = audited(ONE, RULE, base=base, waivers=waivers if kept else [])
    assert statuses(result) == {"crm": "waived" if kept else "new"}
    assert result.verdict.passed == kept


def test_a_waiver_that_ran_out_in_the_base_too_does_not_gate_somebody_elses_change() -> None:
    waivers, day = [waiver(RULE, "crm", "2026-10-01")], dt.date(2026, 11, 2)
    base = base_of(audited(ONE, RULE, waivers=waivers, as_of=day))
    result = audited(ONE, RULE, base=base, waivers=waivers, as_of=day)
    assert statuses(result) == {"crm": "known"}
    assert result.verdict.passed


def test_a_base_and_a_baseline_together_know_what_either_knows() -> None:
    low, high = (Known("a", each, RULE) for each in (Severity.LOW, Severity.HIGH))
    other = Known("b", Severity.LOW, RULE)
    both = Base({"a": low}, "baseline.txt").with_(
        Base({"a": high, "b": other}, "revision 1", frozenset("x"))
    )
    assert dict(both.known) == {"a": high, "b": other}
    assert both.words == "baseline.txt and revision 1"
    assert both.open == frozenset("x")
