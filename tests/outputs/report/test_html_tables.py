"""What tables of the page leave out, say once, or cut, and how one still sees it."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import html as lxml_html

from stackaudit.figures.report.book import Book, book
from stackaudit.outputs.report.html import render
from stackaudit.outputs.report.html.columns import usual
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from tests.stacks import audited

LONG = "Donaudampfschifffahrtsgesellschaft"
STACK = f"""\
stackaudit: 1
datasets: {{contact: {{privacy: personal, system_of_record: a}}}}
tools:
  a: {{name: {LONG}, capabilities: [crm, bi], holds: [contact], collects: []}}
  b: {{name: Beta, capabilities: [crm, bi], holds: [contact], collects: []}}
  c: {{name: Gamma, capabilities: [email], holds: [contact], collects: []}}
flows:
  - {{id: one, from: a, to: b, data: [contact], method: file, every: 1d}}
  - {{id: two, from: a, to: b, data: [contact], method: file, every: 1d}}
"""
PAID = STACK.replace("collects", "contract: {cost: 100/year, seats: 9, used: 1}, collects")


@cache
def tree(stack: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(render(found(stack), language("en"), Look()))


@cache
def found(stack: str) -> Book:
    return book(audited(stack))


def heads(table: lxml_html.HtmlElement) -> list[str]:
    return [" ".join(each.text_content().split()) for each in table.xpath("thead/tr/th")]


@pytest.mark.parametrize(("stack", "there"), [(STACK, False), (PAID, True)])
def test_overlap_has_columns_of_money_where_some_is_known(stack: str, *, there: bool) -> None:
    (table,) = tree(stack).xpath("//*[@id='overlap']//table")
    assert ("Cost a year" in heads(table)) is there
    for row in table.xpath("tbody/tr"):
        assert len(row) == len(table.xpath("thead/tr/*"))


@pytest.mark.parametrize("chapter", ["matrix", "overlap"])
def test_an_upright_name_that_may_be_cut_is_a_title(chapter: str) -> None:
    titles = tree(STACK).xpath(f"//*[@id='{chapter}']//thead//span[text()='{LONG}']/@title")
    assert titles == [LONG]
    assert not tree(STACK).xpath("//thead//span[text()='Beta']/@title")


def test_proofs_have_no_column_of_owners_whom_nobody_named() -> None:
    tables = tree(STACK).xpath("//table[@class='proofs']")
    assert tables
    for table in tables:
        assert not {"Marketing", "IT"} & set(heads(table))
        for row in table.xpath("tbody/tr"):
            assert len(row) == len(heads(table))


def test_money_that_a_message_names_is_not_said_again() -> None:
    cards = [each for each in found(PAID).register.cards if each.rule == "bloat/idle-seats"]
    assert cards
    for card in cards:
        (line,) = tree(PAID).xpath(f"//*[@id='f{card.number}']")
        saved = language("en").total(card.saves, found(PAID).currency) if card.saves else ""
        assert line.text_content().count(saved) == 1


def test_things_of_one_name_are_asked_about_once() -> None:
    lines = tree(STACK).xpath("//*[@id='questions']//ol[@class='topics']/li/text()[1]")
    abouts = [each.strip().split(", ") for each in lines]
    assert ["a → b"] in abouts
    for about in abouts:
        assert len(about) == len(set(about))


def test_rules_are_parted_by_what_no_name_of_a_rule_has() -> None:
    unlisted = found("stackaudit: 1\ntools: {a: {}}\n").limits.unlisted
    assert any("," in each for each in unlisted)
    text = tree("stackaudit: 1\ntools: {a: {}}\n").xpath("string(//*[@id='limits'])")
    assert "; ".join(unlisted) in text


def test_the_usual_is_what_most_are() -> None:
    assert usual(["none", "personal", "personal"]) == "personal"
    assert usual(["none", "personal"]) == "none"


def test_every_finding_of_a_step_can_be_seen() -> None:
    stack = "stackaudit: 1\ntools:\n" + "".join(f"  t{n}: {{}}\n" for n in range(20))
    numbers = {each.fingerprint: str(each.number) for each in found(stack).register.cards}
    plan = found(stack).roadmap
    steps = [each for each in (*plan.now, *plan.next, *plan.later) if each.findings]
    assert max(len(each.findings) for each in steps) > 12
    lists = tree(stack).xpath("//*[@id='roadmap']//*[@class='refs']")
    said = [sorted(without_summaries(each).replace(",", " ").split()) for each in lists]
    assert said == [sorted(numbers[each] for each in step.findings) for step in steps]


def without_summaries(node: lxml_html.HtmlElement) -> str:
    return " ".join(node.xpath(".//text()[not(ancestor::summary)]"))
