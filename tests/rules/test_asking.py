"""The questions behind the facts, in every language, and answers in German."""

from __future__ import annotations

from typing import Any

import pytest

from stackaudit.audit import read_stack_text
from stackaudit.rules.asking import Path, topic_of, topics
from stackaudit.rules.wording import wordings
from stackaudit.sources.answers.cells import read_answer

STACK = read_stack_text("stackaudit: 1\ncurrency: EUR\ntools: {crm: {}}\n")


@pytest.mark.parametrize("code", wordings())
def test_every_question_is_in_every_language(code: str) -> None:
    english, other = topics(), topics(code)
    assert list(other) == list(english)
    for name, topic in other.items():
        original = english[name]
        assert topic.text.endswith("?"), name
        assert topic.text != original.text, name
        assert (topic.role, topic.kind, topic.words) == (
            original.role,
            original.kind,
            original.words,
        )
        assert len(topic.answers) == len(topic.words), name
        assert topic.hint != original.hint, name


def test_a_language_without_questions_asks_in_english() -> None:
    assert topics("nl") is topics("en")
    assert topic_of(Path.of("reviews.crm"), "nl") == topic_of(Path.of("reviews.crm"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("reviews.crm", "Hat die Sicherheit es geprüft: wann, durch wen, mit welchem Ergebnis?"),
        ("tools.crm.access.mfa", "Wird bei der Anmeldung ein zweiter Faktor verlangt?"),
        ("tools.crm.own_key", "Was ist dafür unter „own_key“ anzugeben?"),
        ("stack.own_section", "Was ist unter „own_section“ anzugeben?"),
    ],
)
def test_questions_in_german(path: str, text: str) -> None:
    topic = topic_of(Path.of(path), "de")
    assert topic.text == text
    assert topic.hint


@pytest.mark.parametrize("code", wordings())
def test_every_answer_in_fixed_words_is_understood(code: str) -> None:
    for name, topic in topics(code).items():
        for word, answer in zip(topic.words, topic.answers, strict=True):
            meant = {"yes": "true", "no": "false"}.get(word, word)
            assert read_answer(topic, answer, STACK).value == meant, (name, answer)
            assert read_answer(topic, answer.upper(), STACK).value == meant, (name, answer)


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("tools.bought", "31.10.2026", "2026-10-31"),
        ("tools.last_used", "nie", "never"),
        ("tools.contract.cost", "48000/Jahr", "48000/year"),
        ("tools.contract.cost", "4000/Monat", "4000/month"),
        ("tools.contract", "keiner", "none"),
        ("tools.contract.notice", "60 Tage", "60d"),
        ("tools.contract.notice", "3 Monate", "3mo"),
        ("tools.owner.business", "niemand", "none"),
        ("tools.subprocessors", "keine", []),
        ("tools.certifications", "soc2 30.06.2027", {"soc2": "2027-06-30"}),
        ("tools.pilot", "31.12.2026", {"ends": "2026-12-31"}),
        ("tools.product", "keines", "none"),
        ("datasets.system_of_record", "keines", "none"),
        ("tools.users", "1.200", "1200"),
    ],
)
def test_the_hints_in_german_hold(name: str, answer: str, value: Any) -> None:
    assert read_answer(topics("de")[name], answer, STACK).value == value
