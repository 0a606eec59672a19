"""A waiver names a rule and subjects, counts from a day to a day, and says when it is over."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.findings.judged import Judged
from tests.stacks import audited, waiver

RULE = "security/unreviewed-tool"
TOOLS = "stackaudit: 1\ntools: {mailer: {}, crm: {}}\n"


def judged(*waivers: object, text: str = TOOLS, day: str = "2026-11-02") -> dict[str, Judged]:
    result = audited(text, RULE, waivers=waivers, as_of=dt.date.fromisoformat(day))  # type: ignore[arg-type]
    return {each.finding.subjects[0].id: each for each in result.findings
            if each.finding.rule == RULE}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "subject", "waived"),
    [
        (RULE, "mailer", {"mailer"}),
        (RULE, "m*", {"mailer"}),
        (RULE, "*", {"mailer", "crm"}),
        ("security/*", "crm", {"crm"}),
        ("bloat/*", "*", set()),
        (RULE, "mail", set()),
        (RULE, "MAILER", set()),
        (RULE, "m?iler", set()),
        (RULE, "mailer+contact", set()),
    ],
)
def test_what_it_names(rule: str, subject: str, waived: set[str]) -> None:
    found = judged(waiver(rule, subject))
    assert {name for name, each in found.items() if each.status == "waived"} == waived
    assert {name for name, each in found.items() if not each.gates} == waived


def test_a_finding_about_two_things_is_named_by_both() -> None:
    text = "stackaudit: 1\ntools: {a: {capabilities: [email]}, b: {capabilities: [email]}}\n"
    rule = "bloat/overlapping-tools"
    pairs = {
        tuple(ref.id for ref in each.finding.subjects) for each in audited(text, rule).findings
    }
    assert pairs == {("a", "b")}
    for subject in ("a+b", "a+*", "*"):
        result = audited(text, rule, waivers=[waiver(rule, subject)])
        assert [each.status for each in result.findings] == ["waived"], subject
    assert audited(text, rule, waivers=[waiver(rule, "a")]).findings[0].status == "new"


def test_flows_are_named_by_their_ids() -> None:
    text = (
        "stackaudit: 1\ntools: {crm: {}, mailer: {}}\nflows:\n"
        "  - {id: letters, from: crm, to: mailer, method: manual, every: 1mo}\n"
    )
    flow = [each.finding for each in audited(text).findings
            if each.finding.subjects[0].kind == "flow"]  # fmt: skip
    assert flow
    result = audited(text, flow[0].rule, waivers=[waiver(flow[0].rule, "letters")])
    assert [each.status for each in result.findings] == ["waived"]


def test_it_holds_under_a_new_id_of_its_tool() -> None:
    renamed = "stackaudit: 1\ntools: {post: {previously: [mailer]}}\n"
    assert judged(waiver(RULE, "mailer"), text=renamed)["post"].status == "waived"


@pytest.mark.parametrize(
    ("day", "status", "note"),
    [
        ("2026-10-31", "new", None),  # it is given a day later
        ("2026-11-01", "waived", None),
        ("2027-02-14", "waived", None),
        ("2027-02-15", "waived", "runs out on 2027-03-01, in 14 days"),
        ("2027-02-28", "waived", "in 1 day "),
        ("2027-03-01", "waived", "today"),
        ("2027-03-02", "new", "ran out on 2027-03-01 (stackaudit.yaml:1:5)"),
    ],
)
def test_from_when_to_when_it_counts(day: str, status: str, note: str | None) -> None:
    found = judged(waiver(RULE, "crm", on="2026-11-01"), day=day)["crm"]
    assert found.status == status
    assert (note is None) == (found.note is None)
    assert (note or "") in (found.note or "")
    assert found.gates == (status == "new")


def test_of_several_the_one_that_counts_longest_is_named() -> None:
    long, short = waiver("security/*", "crm", "2027-06-01", line=9), waiver(RULE, "crm")
    past = waiver(RULE, "c*", "2026-01-01", line=3)
    assert judged(short, past, long)["crm"].waiver == long
    assert judged(short, past)["crm"].waiver == short
    assert judged(past)["crm"].waiver == past


def unused(*waivers: object, text: str = TOOLS, select: str = RULE) -> list[str]:
    result = audited(text, select, "inventory/unused-waiver", waivers=waivers)  # type: ignore[arg-type]
    return [each.finding.subjects[0].id for each in result.findings
            if each.finding.rule == "inventory/unused-waiver"]  # fmt: skip


def test_one_that_names_nothing_is_a_finding() -> None:
    assert unused(waiver(RULE, "crm"), waiver(RULE, "gone")) == [f"{RULE} gone"]
    assert unused(waiver(RULE, "gone", "2026-01-01")) == [f"{RULE} gone"]
    assert unused(waiver(RULE, "crm", "2026-01-01")) == []


def test_nobody_knows_of_one_whose_rule_was_not_asked() -> None:
    assert unused(waiver(RULE, "gone"), select="bloat") == []


def test_one_for_a_rule_about_entries_is_judged_after_it() -> None:
    result = audited(
        TOOLS, "inventory", "security", waivers=[waiver("inventory/thin-entry", "crm")]
    )
    rules = [(each.finding.rule, each.status) for each in result.findings]
    assert ("inventory/thin-entry", "waived") in rules
    assert "inventory/unused-waiver" not in dict(rules)


def test_its_place_is_where_it_is_written() -> None:
    result = audited(TOOLS, RULE, "inventory/unused-waiver", waivers=[waiver(RULE, "x", line=7)])
    (found,) = [each.finding for each in result.findings if each.finding.rule.startswith("inv")]
    assert str(found.locations[0]) == "stackaudit.yaml:7:5"


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_a_pattern_is_what_the_shell_makes_of_a_star(pattern: str, name: str) -> None:
    assert waiver(RULE, pattern).names(name) == fnmatch.fnmatchcase(name, pattern)


@given(st.text(max_size=8), st.text(max_size=8))
def test_no_other_sign_has_a_meaning(pattern: str, name: str) -> None:
    meant = ".*".join(map(re.escape, pattern.split("*")))
    assert waiver(RULE, pattern).names(name) == bool(re.fullmatch(meant, name, re.DOTALL))


def test_no_pattern_is_slow() -> None:
    hostile = waiver(RULE, "*a" * 200 + "b")
    start = time.monotonic()
    assert not hostile.names("a" * 2_000)
    assert time.monotonic() - start < 2
