"""The book: all chapters of stacks that ship, of stacks that lack something, and of change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from stackaudit.audit import AuditResult, audit
from stackaudit.figures.report.book import Book, book
from stackaudit.figures.report.changes import changes
from stackaudit.figures.report.parts import CHAPTERS, Item
from stackaudit.figures.summary import summarize
from tests.stacks import DAY, audited

STACKS = Path(__file__).parents[3] / "stacks"


@pytest.fixture(scope="module")
def northwind() -> AuditResult:
    return audit(STACKS / "northwind.yaml", as_of=DAY)


@pytest.fixture(scope="module")
def shown(northwind: AuditResult) -> Book:
    return book(northwind)


def test_every_chapter_of_northwind_has_something_to_show(shown: Book) -> None:
    assert {each: shown.empty(each) for each in shown.chapters} == dict.fromkeys(shown.chapters)
    assert shown.chapters == tuple(each for each in CHAPTERS if each != "changes")


def test_northwind_in_figures_that_agree_with_one_another(
    northwind: AuditResult, shown: Book
) -> None:
    summary, figure = summarize(northwind), shown.kpis.figure
    assert figure("cost").value == summary.annual_cost.amount == shown.spend.total.amount
    assert figure("savings").value == summary.saves.amount
    assert sum(each.cost for each in shown.spend.tiles) == pytest.approx(figure("cost").value)
    lone = sum(each.sure for each in shown.silos.lone)
    islands = sum(len(each.tools) for each in shown.silos.components if each.island)
    assert figure("apart").value == lone + islands
    squares = shown.exposure.squares
    sensitive = [e for e in squares if e.sensitivity in ("special", "restricted", "personal")]
    assert figure("unreviewed").of == sum(len(each.tools) for each in sensitive)
    assert shown.kpis.verdict.findings == len(shown.register.cards)
    assert len(shown.inventory.tools) == shown.kpis.verdict.tools


def test_every_fingerprint_that_a_chapter_names_is_in_the_register(shown: Book) -> None:
    named = [
        *(name for each in shown.decisions.first for name in each.findings),
        *(name for each in shown.roadmap.now + shown.roadmap.later for name in each.findings),
        *(name for each in shown.matrix.cells for name in each.missing),
        *(name for each in shown.overlap.rows for name in each.findings),
        *(name for each in shown.renewals.soon for name in each.findings),
        *(name for each in shown.inventory.tools for name in each.fingerprints),
        *shown.silos.findings,
        *shown.exposure.findings,
    ]
    assert set(named) <= shown.register.by_fingerprint.keys()


def test_what_is_known_of_sourcegraph_is_little_and_the_book_says_so() -> None:
    found = book(audit(STACKS / "sourcegraph.yaml", as_of=DAY))
    assert {each: found.empty(each) for each in found.chapters if found.empty(each)} == {
        "spend": "no-contracts", "quadrant": "no-fit", "renewals": "no-contracts",
    }  # fmt: skip
    assert found.kpis.figure("cost").empty == "no-contracts"
    assert found.kpis.figure("unreviewed").empty == "too-little-known"


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("stackaudit: 1\n", dict.fromkeys(CHAPTERS, "no-tools") | {
            "changes": "nothing-to-compare", "lineage": "no-datasets", "limits": None,
            "questions": None, "roadmap": "no-tools",
        }),
        ("stackaudit: 1\ntools: {a: {}, b: {}}\n", {
            "lanes": None, "matrix": "flows-unknown", "silos": "flows-unknown",
            "lineage": "no-datasets", "overlap": "no-capabilities", "spend": "no-contracts",
            "quadrant": "no-fit", "renewals": "no-contracts", "exposure": None,
            "inventory": None,
        }),
    ],
)  # fmt: skip
def test_a_stack_that_lacks_something_says_what(text: str, empty: dict[str, str | None]) -> None:
    found = book(audited(text))
    assert {each: found.empty(each) for each in CHAPTERS if each in empty} == empty


def test_an_executive_sees_less_than_a_workshop(northwind: AuditResult, shown: Book) -> None:
    short = book(northwind, audience="executive")
    deep = book(northwind, audience="technical")
    assert set(short.chapters) < set(shown.chapters)
    assert {"decisions", "spend", "roadmap", "limits"} <= set(short.chapters)
    assert {"matrix", "lineage", "register"} <= set(deep.chapters)
    assert "quadrant" not in deep.chapters
    assert (short.proofs, deep.proofs) == (False, True)
    assert short.register == shown.register


def test_the_same_audit_gives_the_same_book(shown: Book) -> None:
    assert repr(book(audit(STACKS / "northwind.yaml", as_of=DAY))) == repr(shown)


BEFORE = """\
stackaudit: 1
currency: EUR
tools:
  crm: {access: {shared_login: true, mfa: none}, contract: {cost: 100/year}}
  old: {}
flows:
  - {from: crm, to: old}
"""
AFTER = """\
stackaudit: 1
currency: EUR
tools:
  crm: {access: {shared_login: false}, contract: {cost: 300/year}}
  new: {name: The new one, access: {shared_login: true}}
flows:
  - {from: new, to: crm}
"""


def test_what_changed_since_an_older_audit() -> None:
    rules = ("security/shared-login", "security/no-mfa")
    older = audited(BEFORE, *rules, as_of=dt.date(2026, 6, 1))
    found = changes(audited(AFTER, *rules), older, dt.date(2026, 6, 1))
    assert (found.since, found.empty) == (dt.date(2026, 6, 1), None)
    assert found.tools_added == (Item("new", "The new one"),)
    assert [each.id for each in found.tools_removed] == ["old"]
    assert (found.flows_added, found.flows_removed) == (("new-to-crm",), ("crm-to-old",))
    assert [(each.rule, each.label) for each in found.new] == [
        ("security/shared-login", "The new one")
    ]
    assert [(each.rule, each.label) for each in found.cleared] == [("security/shared-login", "crm")]
    cost = found.kpis[0]
    assert (cost.id, cost.before, cost.after, cost.comparable) == ("cost", 100, 300, True)


def test_a_fact_that_was_taken_away_reopens_a_finding() -> None:
    text = "stackaudit: 1\ntools: {a: {access: {shared_login: true}}}\n"
    without = text.replace("access: {shared_login: true}", "")
    now, then = (audited(each, "security/shared-login") for each in (without, text))
    found = changes(now, then)
    assert [each.label for each in found.reopened] == ["a"]


def test_nothing_changed_and_nothing_to_compare() -> None:
    result = audited(BEFORE, "security")
    same = changes(result, audited(BEFORE, "security"))
    assert (same.empty, same.since) == ("nothing-changed", None)  # no day but that of the audit
    assert changes(result, None).empty == "nothing-to-compare"
    assert "changes" in book(result, compare=result).chapters
    other = audited(BEFORE.replace("EUR", "USD"), "security")
    assert not changes(result, other).kpis[0].comparable
