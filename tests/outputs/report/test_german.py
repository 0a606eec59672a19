"""A report in German: the same figures as in English, and no English but what people wrote."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stackaudit.audit import AuditResult, audit, read_stack
from stackaudit.figures.anonymous import anonymized, pseudonyms
from stackaudit.figures.questions import interview
from stackaudit.figures.report.book import Book, book
from stackaudit.findings.judged import Judged
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.rules.library import load_rules
from stackaudit.shipped import shipped
from tests.rules.rule_text import RULE

NORTHWIND = shipped("stacks") / "northwind.yaml"
DAY = dt.date(2026, 11, 22)
LANGUAGES = ("en", "de")


@cache
def result(code: str) -> AuditResult:
    wording = language(code).wording()
    rules = load_rules(wording=wording)
    return audit(read_stack(NORTHWIND), rules=rules, as_of=DAY, wording=wording)


@cache
def made(code: str) -> Book:
    return book(result(code), audience="workshop")


def _figures(judged: Judged) -> tuple[Any, ...]:
    """All that is known of a finding but its texts."""
    found = judged.finding
    return (
        found.fingerprint, found.rule, found.severity, found.may_be, found.subjects, found.saves,
        found.costs, found.path, found.locations, found.unknown, judged.status, judged.gates,
        judged.folded_under,
        [(each.fact, each.value, each.origin, each.place) for each in found.evidence],
    )  # fmt: skip


def test_the_language_changes_nothing_but_texts() -> None:
    english, german = result("en"), result("de")
    assert [_figures(each) for each in german.findings] == [
        _figures(each) for each in english.findings
    ]
    assert [(each.fingerprint, each.unknown) for each in german.open] == [
        (each.fingerprint, each.unknown) for each in english.open
    ]
    assert (german.verdict, german.tallies) == (english.verdict, english.tallies)
    assert german.inventory_digest() == english.inventory_digest()
    assert made("de").limits.rules_digest == made("en").limits.rules_digest


def test_the_order_of_chapters_does_not_depend_on_the_language() -> None:
    english, german = made("en"), made("de")
    assert [each.fingerprint for each in german.register.cards] == [
        each.fingerprint for each in english.register.cards
    ]
    for shelves in ("by_rule", "by_tool", "by_owner"):
        ids = [[each.id for each in getattr(one.register, shelves)] for one in (english, german)]
        assert ids[0] == ids[1], shelves
    for part in ("first", "others"):
        pairs = [getattr(one.decisions, part) for one in (english, german)]
        if not isinstance(pairs[0], int):
            assert [each.rule for each in pairs[0]] == [each.rule for each in pairs[1]]
    for horizon in ("now", "next", "later"):
        ids = [[each.id for each in getattr(one.roadmap, horizon)] for one in (english, german)]
        assert ids[0] == ids[1], horizon
    asked = [[each.unknown.missing for each in interview(result(code)).questions]
             for code in LANGUAGES]  # fmt: skip
    assert asked[0] == asked[1]


def test_every_text_of_a_finding_is_in_german() -> None:
    for english, german in zip(result("en").findings, result("de").findings, strict=True):
        one, other = english.finding, german.finding
        for name in ("title", "message", "why", "fix", "ask_it", "ask_marketing"):
            assert getattr(one, name) != getattr(other, name), (one.rule, name)


def test_evidence_is_shown_in_german() -> None:
    shown = {each.shown for judged in result("de").findings for each in judged.finding.evidence}
    assert {"ja", "nein", "nicht vorhanden", "abgelaufen"} <= shown
    assert not {"yes", "no", "none", "unknown", "expired", "retired"} & shown
    assert any(re.fullmatch(r"\d\d\.\d\d\.2026", each) for each in shown)


def test_questions_are_in_german() -> None:
    asked = interview(result("de")).questions
    assert asked
    english = {each.topic.text for each in interview(result("en")).questions}
    assert not english & {each.topic.text for each in asked}


ENGLISH = re.compile(r"\b(the|of|with|has|have|were|since|until|nobody|its|it is|unknown)\b")
"""Words that no German sentence has."""


def _own_words() -> str:
    """All that people wrote in the inventory, which no report translates."""
    return NORTHWIND.read_text("utf-8")


def test_no_english_is_left_but_what_people_wrote() -> None:
    """References name their sources as those are called."""
    text = FORMATS["md"].render(made("de"), language("de"), Look()).decode("utf-8")
    own = _own_words()
    names = ("- **Quellen:**", "- **Regel:**")
    lines = [each for each in text.splitlines() if not each.startswith(names)]
    known = set(re.findall(r"name: \"?([^\",}\n]+)", own))
    titles = set(re.findall(r"title: \"?([^\",}\n]+)", own))
    for each in sorted(known | titles, key=len, reverse=True):
        lines = [line.replace(each.strip(), "…") for line in lines]
    lines = [re.sub(r"[a-z\\_]+[./][a-z\\_-]+", "…", line) for line in lines]  # facts, rules
    left = [line for line in lines if ENGLISH.search(line)]
    assert left == []


# -- a pack without translations


def test_a_report_says_how_many_rules_keep_their_own_language(tmp_path: Path) -> None:
    (tmp_path / "security").mkdir()
    (tmp_path / "security/own.yaml").write_text(RULE)
    wording = language("de").wording()
    rules = load_rules([tmp_path], wording=wording)
    found = book(audit(read_stack(NORTHWIND), rules=rules, as_of=DAY, wording=wording))
    assert found.limits.untranslated == 1
    text = FORMATS["md"].render(found, language("de"), Look()).decode("utf-8")
    assert "1 Regel hat keinen deutschen Text" in text
    assert made("en").limits.untranslated == made("de").limits.untranslated == 0


@pytest.mark.parametrize(("rules", "words"), [(0, None), (3, "3 Regeln haben keinen")])
def test_the_sentence_about_untranslated_rules(rules: int, words: str | None) -> None:
    said = language("de").untranslated(rules)
    assert said is None if words is None else said is not None and said.startswith(words)


def test_pseudonyms_are_in_german_and_change_no_fingerprint() -> None:
    found = {}
    for code in LANGUAGES:
        wording, rules = language(code).wording(), result(code).rules
        stack = anonymized(result(code).stack, pseudonyms(wording))
        found[code] = audit(stack, rules=rules, as_of=DAY, wording=wording)
    prints = [[each.finding.fingerprint for each in one.findings] for one in found.values()]
    assert prints[0] == prints[1]
    labels = {each.finding.label for each in found["de"].findings}
    assert {"E-Mail-Marketing 2", "Personenbezogene Daten 1 in E-Mail-Marketing 2"} & labels
    assert not [each for each in labels if re.search(r"\b(Email|Personal|Contract|Item)\b", each)]
