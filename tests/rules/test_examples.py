"""The checker of examples finds what is wrong with them: a rule's proof must not be empty."""

from __future__ import annotations

import pytest

from stackaudit.rules.examples import EXAMPLE_DAY, check_rule, example_world, subject_of
from stackaudit.rules.library import load_rules
from tests.rules.rule_text import RULE, loaded, problems, with_parts

FOUND = '"{stackaudit: 1, tools: {canva: {access: {shared_login: true}}}}"'
SILENT = '"{stackaudit: 1, tools: {canva: {access: {shared_login: false}}}}"'
OPEN = '"{stackaudit: 1, tools: {canva: {users: 3}}}"'


def examples(finds: str, passes: str = f"{{stack: {SILENT}}}") -> str:
    return f"examples:\n  finds:\n    - {finds}\n  passes:\n    - {passes}"


def wrong(**parts: str | None) -> list[str]:
    rule = loaded(with_parts(**parts))
    return list(check_rule(rule, [rule]))


def test_right_examples_have_nothing_wrong() -> None:
    rule = loaded(RULE)
    assert list(check_rule(rule, [rule])) == []


@pytest.mark.parametrize(
    ("finds", "passes", "expected"),
    [
        (f"{{stack: {FOUND}, subjects: [figma]}}", None, "finds 1: finds ['canva'], not ['figma']"),
        (f"{{stack: {FOUND}, subjects: [canva, figma]}}", None, "finds 1: finds ['canva'], not"),
        (f"{{stack: {SILENT}, subjects: [canva]}}", None, "finds 1: finds [], not ['canva']"),
        (f"{{stack: {OPEN}, subjects: [canva]}}", None, "finds 1: finds [], not ['canva']"),
        (f"{{stack: {FOUND}, subjects: [canva], severity: high}}", None,
         "finds 1: canva is medium, not high"),
        ('{stack: "stackaudit: 2", subjects: [canva]}', None, "finds 1: the stack is invalid: "),
        (f"{{stack: {FOUND}, subjects: [canva]}}", f"{{stack: {FOUND}}}",
         "passes 1: finds ['canva']"),
        (f"{{stack: {FOUND}, subjects: [canva]}}", f"{{stack: {OPEN}}}",
         "passes 1: left open for ['canva'], not []"),
        (f"{{stack: {FOUND}, subjects: [canva]}}", f"{{stack: {SILENT}, open: [canva]}}",
         "passes 1: left open for [], not ['canva']"),
    ],
)  # fmt: skip
def test_wrong_examples_are_found(finds: str, passes: str | None, expected: str) -> None:
    text = examples(finds, passes) if passes else examples(finds)
    (only,) = wrong(examples=text)
    assert only.startswith(f"security/sample: {expected}")


def test_an_example_may_be_open_where_it_says_so() -> None:
    text = examples(f"{{stack: {FOUND}, subjects: [canva]}}", f"{{stack: {OPEN}, open: [canva]}}")
    assert wrong(examples=text) == []


@pytest.mark.parametrize(
    ("clears", "expected"),
    [
        ("{set: {tool.mfa: '\"enforced\"'}}", "what clears it does not clear canva"),
        ("{set: {tool.shared_login: tool.roles}}", "what clears canva cannot be done"),
        ("{add: {tools: {canva: {users: x}}}}", "what clears canva cannot be done"),
        ("{add: {tools: {canva: {access: }}}}", "what clears it does not clear canva"),
    ],
)
def test_what_clears_is_tried(clears: str, expected: str) -> None:
    (only,) = wrong(clears=f"clears: {clears}")
    assert only.startswith(f"security/sample: finds 1: {expected}")


def test_a_finding_that_turns_into_a_question_is_not_cleared() -> None:
    (only,) = wrong(
        when="when: tool.mfa == 'none' or (tool.sso == 'none' and tool.shared_login)",
        examples=examples(
            '{stack: "{stackaudit: 1, tools: {a: {access: {mfa: none, sso: none}}}}",'
            " subjects: [a]}",
            '{stack: "{stackaudit: 1, tools: {a: {access: {mfa: enforced, sso: enforced}}}}"}',
        ),
        clears="clears: {set: {tool.mfa: '\"enforced\"'}}",
    )
    assert "what clears it does not clear a" in only


def test_a_rule_without_evidence_proves_nothing() -> None:
    found = wrong(when="when: true", clears="clears: {remove: tool}")
    assert "security/sample: finds 1: canva has no evidence" in found


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("examples:\n  finds: []\n  passes: []", "bad-value"),
        (f"examples:\n  passes:\n    - {{stack: {SILENT}}}", "missing-key"),
        (f"examples:\n  finds:\n    - {{stack: {FOUND}, subjects: [canva]}}", "missing-key"),
        (examples(f"{{stack: {FOUND}, subjects: []}}"), "bad-value"),
        (examples(f"{{stack: {FOUND}, subjects: [canva], as_of: tomorrow}}"), "bad-value"),
        (examples(f"{{stack: {FOUND}, subjects: [canva], as_of: 2026-02-30}}"), "bad-value"),
    ],
)
def test_a_rule_without_both_kinds_of_examples_is_invalid(parts: str, code: str) -> None:
    assert code in [each.code for each in problems(with_parts(examples=parts))]


def test_an_example_has_its_day() -> None:
    text = examples(f"{{stack: {FOUND}, subjects: [canva], as_of: 2027-01-31}}")
    rule = loaded(with_parts(examples=text))
    assert example_world(rule.examples.finds[0]).today.isoformat() == "2027-01-31"
    assert example_world(rule.examples.passes[0]).today == EXAMPLE_DAY


def test_a_subject_that_is_gone_is_an_error() -> None:
    rule = loaded()
    found = example_world(rule.examples.finds[0])
    from stackaudit.rules.engine import run

    (finding,) = run(found, [rule]).findings
    assert subject_of(rule, finding, found).id == "canva"
    elsewhere = example_world(rule.examples.passes[0])
    del elsewhere.tools["canva"]
    with pytest.raises(LookupError):
        subject_of(rule, finding, elsewhere)


def test_rules_about_results_run_beside_the_others() -> None:
    about_results = [each for each in load_rules() if each.subject in ("entry", "waiver")]
    for each in about_results:
        assert list(check_rule(each, load_rules())) == []
