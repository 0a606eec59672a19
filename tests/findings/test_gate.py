"""What gates: new and worse findings, by category and severity, never what is only displayed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stackaudit.findings.base import Base, Known
from stackaudit.findings.comparison import status_of
from stackaudit.findings.gate import Gate, judge
from stackaudit.findings.judged import folded
from stackaudit.rules.finding import Failure, Results, RuleTally, SubjectRef
from stackaudit.rules.severity import Severity
from tests.findings.test_money import PLAIN
from tests.stacks import UNREVIEWED, audited, base_of

UNREVIEWED_TOOL = PLAIN._replace(
    rule="security/unreviewed-tool", severity=Severity.HIGH, fingerprint="a",
    subjects=(SubjectRef("tool", "mailer"),),
)  # fmt: skip
IDLE = PLAIN._replace(rule="bloat/idle-seats", severity=Severity.HIGH, fingerprint="b")


def base(known: dict[str, Severity]) -> Base:
    """What was known before, by fingerprint."""
    return Base({name: Known(name, each, "security/x") for name, each in known.items()}, "base")


def results(*findings: object, checks: int = 10, open_: int = 0) -> Results:
    tally = RuleTally("security/unreviewed-tool", checks, len(findings), open_)
    return Results(findings, (), (), (tally,))  # type: ignore[arg-type]


def test_by_default_security_gates_at_high() -> None:
    judgement = judge(results(UNREVIEWED_TOOL, IDLE), Gate())
    assert judgement.verdict.gating == ("a",)
    assert not judgement.verdict.passed
    assert [each.gates for each in judgement.findings] == [True, False]


def test_medium_security_does_not_gate_by_default() -> None:
    verdict = judge(results(UNREVIEWED_TOOL._replace(severity=Severity.MEDIUM)), Gate()).verdict
    assert verdict.passed


def test_fail_on_is_one_threshold_for_all_categories() -> None:
    verdict = judge(results(IDLE), Gate(fail_on=Severity.HIGH)).verdict
    assert verdict.gating == ("b",)
    verdict = judge(results(UNREVIEWED_TOOL), Gate(fail_on=Severity.CRITICAL)).verdict
    assert verdict.passed


def test_never_gates_nothing() -> None:
    assert judge(results(UNREVIEWED_TOOL), Gate(never=True)).verdict.passed


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, "new"),
        ({"a": Severity.HIGH}, "known"),
        ({"a": Severity.CRITICAL}, "known"),
        ({"a": Severity.MEDIUM}, "worse"),
        ({"former": Severity.HIGH}, "known"),
    ],
)
def test_status(known: dict[str, Severity], status: str) -> None:
    finding = UNREVIEWED_TOOL._replace(former_fingerprints=("former",))
    assert status_of(finding, base(known)) == status


def test_known_findings_do_not_gate_and_worse_ones_do() -> None:
    assert judge(results(UNREVIEWED_TOOL), Gate(), base({"a": Severity.HIGH})).verdict.passed
    assert not judge(results(UNREVIEWED_TOOL), Gate(), base({"a": Severity.LOW})).verdict.passed


def test_what_time_alone_raises_does_not_gate_a_comparison() -> None:
    expired = UNREVIEWED_TOOL._replace(time_driven=True)
    assert not judge(results(expired), Gate()).verdict.passed
    assert judge(results(expired), Gate(), base({})).verdict.passed


def test_nothing_is_clean_below_80_percent_decided() -> None:
    assert judge(results(checks=10, open_=2), Gate()).verdict.clean
    assert not judge(results(checks=10, open_=3), Gate()).verdict.clean


def test_where_nothing_was_checked_nothing_is_clean() -> None:
    assert not judge(results(checks=0), Gate()).verdict.clean


def test_a_failed_rule_is_never_clean() -> None:
    failed = replace(results(), failures=(Failure("bloat/x", "drift", "KeyError", ""),))
    assert not judge(failed, Gate()).verdict.clean


def test_consequences_are_folded_under_their_root() -> None:
    tool = (SubjectRef("tool", "bird"),)
    root = PLAIN._replace(rule="bloat/paying-for-retired", subjects=tool, fingerprint="1")
    middle = PLAIN._replace(
        rule="bloat/dormant-tool", subjects=tool, fingerprint="2",
        implied_by=("bloat/paying-for-retired",),
    )  # fmt: skip
    leaf = PLAIN._replace(
        rule="bloat/idle-seats", subjects=(SubjectRef("contract", "bird"),),
        fingerprint="3", implied_by=("bloat/dormant-tool",),
    )  # fmt: skip
    elsewhere = leaf._replace(subjects=(SubjectRef("contract", "drift"),), fingerprint="4")
    assert folded([root, middle, leaf, elsewhere]) == {"2": "1", "3": "1"}


def test_causes_that_go_in_a_circle_fold_nothing() -> None:
    tool = (SubjectRef("tool", "bird"),)
    one = PLAIN._replace(rule="bloat/a", subjects=tool, fingerprint="1", implied_by=("bloat/b",))
    two = PLAIN._replace(rule="bloat/b", subjects=tool, fingerprint="2", implied_by=("bloat/a",))
    assert folded([one, two]) == {}


def test_folded_findings_still_gate() -> None:
    cause = IDLE._replace(rule="bloat/paying-for-retired", subjects=UNREVIEWED_TOOL.subjects)
    consequence = UNREVIEWED_TOOL._replace(implied_by=("bloat/paying-for-retired",))
    judgement = judge(results(cause, consequence), Gate())
    assert judgement.findings[1].folded_under == "b"
    assert judgement.verdict.gating == ("a",)


def test_the_gate_on_a_real_audit() -> None:
    result = audited(UNREVIEWED, "security/unreviewed-tool")
    assert [each.finding.subjects[0].id for each in result.findings] == ["mailer"]
    assert not result.verdict.passed
    base = base_of(result)
    assert audited(UNREVIEWED, "security/unreviewed-tool", base=base).verdict.passed
