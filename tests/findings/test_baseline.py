"""The baseline file: the same bytes for the same findings, read with care, changed on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.findings.base import Base, Known
from stackaudit.findings.baseline import (
    BaselineError,
    baseline_text,
    created,
    pruned,
    read_baseline,
    states,
    updated,
)
from stackaudit.rules.severity import Severity
from tests.findings.test_comparison import MFA_NONE, lost, sensitive_rule
from tests.stacks import audited, base_of, waiver

RULE = "security/unreviewed-tool"
NAME = "0123456789abcdef0123456789abcdef"
LINE = f"{NAME} high {RULE} mailer"

known = st.builds(
    Known,
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.sampled_from(list(Severity)),
    st.just(RULE),
    st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=3).map(tuple),
)


@given(st.lists(known, max_size=8, unique_by=lambda each: each.fingerprint), st.randoms())
def test_what_is_written_is_read_and_the_order_does_not_matter(
    findings: list[Known], random: object
) -> None:
    text = baseline_text(findings)
    random.shuffle(findings)  # type: ignore[attr-defined]
    assert baseline_text(findings) == text
    assert read_baseline(text.encode(), "b").known == {each.fingerprint: each for each in findings}
    assert text.isprintable() or all(line.isprintable() for line in text.split("\n"))


def test_a_line_can_be_read_by_a_person() -> None:
    text = baseline_text([Known(NAME, Severity.HIGH, "silo/x", ("crm", "a b+c"))])
    assert f"#01\n{NAME} high     silo/x crm+a%20b%2Bc\n#02\n" in text


@pytest.mark.parametrize(
    "text",
    [LINE, f"\ufeff{LINE}\r\n", f"\n# mine\n   {LINE}  \n\n", LINE.replace(" ", "\t")],
)
def test_layout_is_free(text: str) -> None:
    assert read_baseline(text.encode(), "b").known == {
        NAME: Known(NAME, Severity.HIGH, RULE, ("mailer",))
    }


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("what is this", "b:1:1 not-a-finding", "a line is"),
        (f"# x\n{LINE} more of it", "b:2:1 not-a-finding", "a line is"),
        (f"{NAME.upper()} high {RULE} mailer", "b:1:1 not-a-finding", "a line is"),
        (f"{NAME} hihg {RULE} mailer", "b:1:1 not-allowed", "`high`"),
        (f"{NAME} high unreviewed-tool mailer", "b:1:1 bad-rule-id", "<category>"),
        (f"{LINE}\n{LINE}", "b:2:1 repeated", "keep one"),
        (f"{LINE}\n{LINE.replace('high', 'low')}", "b:2:1 repeated", "higher severity"),
        (f"<<<<<<< ours\n{LINE}\n=======\n>>>>>>> theirs", "b:1:1 merge-conflict", "both sides"),
        ("# fingerprints: 2\n", "b:1:1 other-fingerprints", "anew"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_line(text: str, problem: str, hint: str) -> None:
    with pytest.raises(BaselineError) as error:
        read_baseline(text.encode(), "b")
    first = error.value.problems[0]
    assert str(first).startswith(problem)
    assert hint in (first.hint or "")


def test_all_bad_lines_are_named_at_once() -> None:
    with pytest.raises(BaselineError) as error:
        read_baseline(b"one\ntwo\n", "b")
    assert [each.place.line for each in error.value.problems if each.place] == [1, 2]


def test_what_is_not_text_is_refused_with_its_line() -> None:
    with pytest.raises(BaselineError, match="b:2:1 not-utf-8"):
        read_baseline(b"# x\n\xff\xfe", "b")


TWO = "stackaudit: 1\ntools: {mailer: {}, crm: {}}\n"
ONE = "stackaudit: 1\ntools: {crm: {}}\n"


def subjects(found: tuple[Known, ...]) -> set[str]:
    return {each.subjects[0] for each in found}


def test_a_new_one_holds_what_is_found_and_not_waived() -> None:
    result = audited(TWO, RULE, waivers=[waiver(RULE, "crm")])
    assert subjects(created(result.findings)) == {"mailer"}


def test_an_update_says_what_is_now() -> None:
    before, now = audited(TWO, RULE), audited(ONE.replace("crm", "shop"), RULE)
    assert subjects(updated(base_of(before), now.findings, now.results)) == {"shop"}


@pytest.mark.parametrize("severity", [Severity.LOW, Severity.CRITICAL])
def test_an_update_takes_the_severity_of_now_and_a_pruning_that_of_before(
    severity: Severity,
) -> None:
    now = audited(ONE, RULE)
    other = {name: replace(each, severity=severity) for name, each in base_of(now).known.items()}
    (new,) = updated(Base(other, "b"), now.findings, now.results)
    assert new.severity == now.findings[0].finding.severity
    assert pruned(Base(other, "b"), now.results) == tuple(other.values())


def test_a_pruning_takes_out_what_is_gone_and_adds_nothing() -> None:
    result = audited(ONE.replace("crm: {}", "crm: {}, shop: {}"), RULE)
    assert subjects(pruned(base_of(audited(TWO, RULE)), result.results)) == {"crm"}


def test_what_cannot_be_decided_any_more_stays() -> None:
    rule = sensitive_rule()
    base, now = base_of(audited(MFA_NONE, rule)), audited(lost(), rule)
    assert subjects(updated(base, now.findings, now.results)) == {"mailer"}
    assert subjects(pruned(base, now.results)) == {"mailer"}
    assert set(states(base, now.findings, now.results).values()) == {"open"}


def test_what_no_rule_was_asked_about_stays() -> None:
    base, now = base_of(audited(TWO, RULE)), audited(ONE, "bloat")
    assert subjects(updated(base, now.findings, now.results)) == {"mailer", "crm"}
    assert subjects(pruned(base, now.results)) == {"mailer", "crm"}
    assert set(states(base, now.findings, now.results).values()) == {"not asked"}


def test_what_is_waived_now_leaves_it_with_an_update() -> None:
    now = audited(TWO, RULE, waivers=[waiver(RULE, "crm")])
    base = base_of(audited(TWO, RULE))
    assert subjects(updated(base, now.findings, now.results)) == {"mailer"}
    assert sorted(states(base, now.findings, now.results).values()) == ["found", "waived"]


def test_a_renamed_tool_has_one_line_under_its_new_name() -> None:
    now = audited("stackaudit: 1\ntools: {post: {previously: [mailer]}}\n", RULE)
    base = base_of(audited("stackaudit: 1\ntools: {mailer: {}}\n", RULE))
    assert subjects(updated(base, now.findings, now.results)) == {"post"}
    assert subjects(pruned(base, now.results)) == {"mailer"}
