"""Findings by rule: the order they are read in, consequences with their cause, filters."""

from __future__ import annotations

from dataclasses import replace

from stackaudit.figures.groups import grouped, left_out
from stackaudit.findings.judged import Judged
from stackaudit.findings.money import Total
from stackaudit.rules.finding import Money
from stackaudit.rules.severity import Severity
from tests.outputs.terminal_sample import finding, result_of, sample


def judged(rule: str, tool: str, severity: Severity, **changes: object) -> Judged:
    return Judged(finding(rule, tool, tool, severity, **changes), "new")


def labels(*found: Judged) -> list[str]:
    (group,) = grouped(result_of(*found))
    return [entry.finding.label for entry in group.entries]


def test_the_most_severe_rule_comes_first() -> None:
    groups = grouped(
        result_of(
            judged("a/low", "x", Severity.LOW),
            judged("b/high", "x", Severity.HIGH),
            replace(judged("c/high", "x", Severity.HIGH), gates=True),
        )
    )
    assert [group.rule for group in groups] == ["c/high", "b/high", "a/low"]


def test_in_a_rule_what_gates_comes_first_then_the_worst_then_the_most_expensive() -> None:
    found = [
        judged("a/b", "cheap", Severity.HIGH, saves=Money(10, "cheap")),
        judged("a/b", "dear", Severity.HIGH, costs=Money(99, "dear")),
        judged("a/b", "low", Severity.LOW, saves=Money(1_000, "low")),
        replace(judged("a/b", "waived", Severity.CRITICAL), status="waived"),
        replace(judged("a/b", "gates", Severity.LOW), gates=True),
    ]
    assert labels(*found) == ["gates", "dear", "cheap", "low", "waived"]


def test_of_equals_the_order_does_not_depend_on_the_input() -> None:
    found = [judged("a/b", name, Severity.LOW) for name in "abc"]
    assert labels(*found) == labels(*reversed(found)) == ["a", "b", "c"]


def test_consequences_stand_under_their_cause() -> None:
    by_rule = {group.rule: group for group in grouped(sample())}
    assert "security/unreviewed-downstream" not in by_rule
    (entry,) = by_rule["security/unreviewed-tool"].entries
    assert [each.finding.rule for each in entry.consequences] == ["security/unreviewed-downstream"]


def test_a_cause_gates_with_its_consequence() -> None:
    cause = judged("a/cause", "x", Severity.LOW)
    effect = judged("a/effect", "x", Severity.CRITICAL)
    effect = replace(effect, folded_under=cause.finding.fingerprint, gates=True)
    (group,) = grouped(result_of(cause, effect), Severity.HIGH)
    assert (group.gating, group.severity) == (1, Severity.LOW)
    assert group.entries[0].worst is Severity.CRITICAL


def test_rules_that_imply_each_other_hide_nothing() -> None:
    a, b = judged("a/a", "x", Severity.LOW), judged("a/b", "x", Severity.LOW)
    a = replace(a, folded_under=b.finding.fingerprint)
    b = replace(b, folded_under=a.finding.fingerprint)
    assert [group.rule for group in grouped(result_of(a, b))] == ["a/a", "a/b"]


def test_a_filter_keeps_what_gates_and_counts_what_it_leaves_out() -> None:
    result = sample()
    groups = grouped(result, Severity.CRITICAL)
    assert [group.rule for group in groups] == [
        "security/wide-exposure",
        "security/unreviewed-tool",
    ]
    assert left_out(result, groups) == 4
    assert left_out(result, grouped(result)) == 0


def test_money_counts_a_contract_once_and_nothing_that_is_waived() -> None:
    one = judged("a/b", "shop", Severity.LOW, saves=Money(9_000, "shop"))
    two = replace(one, finding=one.finding._replace(fingerprint="2", saves=Money(5_000, "shop")))
    waived = replace(judged("a/b", "crm", Severity.LOW, saves=Money(1_000, "crm")), status="waived")
    (group,) = grouped(result_of(one, two, waived))
    assert group.saves == Total(9_000, at_least=False)


def test_the_fix_is_the_rules_if_it_is_the_same_for_all() -> None:
    one, two = judged("a/b", "x", Severity.LOW), judged("a/b", "y", Severity.LOW, fix="Another.")
    (group,) = grouped(result_of(one, two))
    assert group.fix is None
    (group,) = grouped(result_of(one))
    assert group.fix == one.finding.fix
