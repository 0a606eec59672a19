"""The roadmap: what is planned by its time, what is found by its weight."""

from __future__ import annotations

import datetime as dt

import pytest

from stackaudit.figures.report.decisions import all_decisions
from stackaudit.figures.report.roadmap import HORIZONS, roadmap, span
from tests.stacks import audited

PLANNED = """\
stackaudit: 1
tools: {cdp: {name: The CDP}}
roadmap:
  - {id: now, when: 2027-01, business: cmo, technical: none}
  - {id: late, title: Overdue, when: 2026-03, tools: [cdp], driver: growth}
  - {id: next, when: 2027, depends_on: [late]}
  - {id: later, when: 2028-H1}
  - {id: some-day}
"""


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2027", (2027, 1, 1), (2027, 12, 31)),
        ("2027-H2", (2027, 7, 1), (2027, 12, 31)),
        ("2027-Q1", (2027, 1, 1), (2027, 3, 31)),
        ("2028-02", (2028, 2, 1), (2028, 2, 29)),
        ("2027-03-05", (2027, 3, 5), (2027, 3, 5)),
    ],
)
def test_the_days_of_a_time(
    when: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert span(when) == (dt.date(*first), dt.date(*last))


def test_planned_items_by_when_they_are_due() -> None:
    found = roadmap(audited(PLANNED, "security/no-mfa"))
    assert {each: [step.id for step in found.of(each)] for each in HORIZONS} == {
        "now": ["late", "now"], "next": ["next"], "later": ["later", "some-day"],
    }  # fmt: skip


def test_what_a_planned_item_says() -> None:
    late, now = roadmap(audited(PLANNED, "security/no-mfa")).now
    assert (late.title, late.detail, [each.name for each in late.tools]) == (
        "Overdue", "growth", ["The CDP"],
    )  # fmt: skip
    assert (now.title, now.owners.business, now.owners.technical) == ("now", ("cmo",), ())
    (following,) = roadmap(audited(PLANNED, "security/no-mfa")).next
    assert [each.name for each in following.depends_on] == ["Overdue"]


WEIGHTS = """\
stackaudit: 1
datasets: {contact: {privacy: personal, system_of_record: none}}
tools:
  a: {holds: [contact], collects: [], capabilities: [email],
    contract: {cost: 9/year, seats: 9, used: 1},
    access: {mfa: none, sso: none}, region: us, safeguard: none, dpa: none}
  b: {capabilities: [email], contract: {cost: 9/year}}
flows: []
policy: {regions: [eu]}
"""


def test_found_steps_by_weight_each_decision_once() -> None:
    result = audited(WEIGHTS)
    found = roadmap(result)
    steps = [step for each in HORIZONS for step in found.of(each)]
    decided = [f"{each.about}:{each.subject.id}" for each in all_decisions(result)]
    assert sorted(step.id for step in steps) == sorted(decided)
    gating = {name for each in all_decisions(result) if each.gates for name in each.findings}
    assert gating <= {name for step in found.now for name in step.findings}
    later = {step.severity.word for step in found.later if step.severity}
    assert later <= {"low", "medium"}
    assert {step.severity.word for step in found.now if step.severity} <= {"critical", "high"}


def test_nothing_to_plan() -> None:
    assert roadmap(audited("stackaudit: 1\n", "security")).empty == "no-tools"
    nothing = audited("stackaudit: 1\ntools: {a: {}}\n", "security/no-mfa")
    assert roadmap(nothing).empty == "nothing-to-plan"
