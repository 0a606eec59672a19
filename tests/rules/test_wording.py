"""How other languages write values: German, in the writing of its countries."""

from __future__ import annotations

import ast
import datetime as dt
import math
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import stackaudit
from stackaudit.catalog.taxonomy import taxonomy
from stackaudit.inventory.values import parse_duration
from stackaudit.phrase import AND, Phrase, counted, in_a_row, phrase, word
from stackaudit.rules.engine import run
from stackaudit.rules.examples import example_world
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.facts.review import length_words
from stackaudit.rules.facts.words import NEVER_YET
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.library import load_rules
from stackaudit.rules.show import ENGLISH, MAX_NAMES, listing, shown
from stackaudit.rules.subjects import kinds
from stackaudit.rules.types import CONFIDENTIALITY, LIFECYCLE, PRIVACY, TEXT, Type, many
from stackaudit.rules.wording import LocalWording, answers_in, meant, wording, wordings, words_of

GERMAN = LocalWording("de", "de_DE")
SWISS = LocalWording("de", "de_CH")
SOURCE = Path(stackaudit.__file__).parent
_PLACE = re.compile(r"\{([a-z_]+)\}")


def german(value: Any, style: str | None = None, type_: Type | None = None) -> str:
    return GERMAN.shown(value, style, "EUR", type_).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (1234.5, None, "1.234,50"),
        (1234567, None, "1.234.567"),
        (7, None, "7"),
        (48000.4, "money", "48.000 €"),
        (0.254, "percent", "25 %"),
        (1, "days", "1 Tag"),
        (3, "days", "3 Tage"),
        (1200, "days", "1.200 Tage"),
        (12000, "count", "12.000"),
        (0, "duration", "sofort"),
        (90, "duration", "1,5 Stunden"),
        (60 * 24 * 5, "duration", "5 Tage"),
        (1440 * 61, "duration", "2 Monate"),
        (math.inf, "duration", "ohne Grenze"),
        (math.inf, None, "ohne Ende"),
        (Interval(3, math.inf), "days", "mindestens 3 Tage"),
        (Interval(-math.inf, 3000), "money", "höchstens 3.000 €"),
        (Interval(1000, 2000), None, "1.000 bis 2.000"),
        (dt.date(2026, 10, 31), None, "31.10.2026"),
        (NEVER_YET, None, "nie"),
        (None, None, "unbekannt"),
        (True, None, "ja"),
        (False, None, "nein"),
        ((), None, "keine"),
        (("a",), None, "a"),
        (("a", "b", "c"), None, "a, b und c"),
        (tuple("abcdef"), None, "a, b, c, d, e und 1 weiterer Eintrag"),
        (tuple("abcdefg"), None, "a, b, c, d, e und 2 weitere"),
        (Some(("a", "b")), None, "a und b und vielleicht noch mehr"),
        (Some(()), None, "unbekannt"),
        ("unknown", None, "unknown"),
    ],
)
def test_values_in_german(value: Any, style: str | None, words: str) -> None:
    assert german(value, style) == words


def test_english_reports_write_money_as_their_country_does() -> None:
    british = wording("en", "en_GB")
    assert british.shown(48000.4, "money", "EUR") == "€48,000"
    assert british.shown(Interval(1000, math.inf), "money", "EUR") == "at least €1,000"
    assert british.shown(Interval(1000, 2000), "money", "EUR") == "€1,000 to €2,000"
    assert british.shown(48000, "money", "CHF") == "CHF\N{NO-BREAK SPACE}48,000"
    assert british.shown(48000, "money") == "48,000"
    assert british.shown(math.inf, "money", "EUR") == "without end"
    assert british.shown(0.4, "percent", "EUR") == "40 %"
    assert wording("en").shown(48000, "money", "EUR") == "48,000 EUR"


def test_numbers_and_days_as_a_country_writes_them() -> None:
    assert SWISS.shown(48000, "money", "CHF") == (
        "CHF\N{NO-BREAK SPACE}48\N{RIGHT SINGLE QUOTATION MARK}000"
    )
    assert SWISS.shown(1.5) == "1.50"
    assert LocalWording("de", "de_AT").shown(dt.date(2026, 1, 2)) == "02.01.2026"


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    for value, style in ((3, "days"), (90, "duration"), (5, "money"), (0.2, "percent")):
        assert " " not in GERMAN.shown(value, style, "EUR")


@pytest.mark.parametrize(
    ("value", "type_", "words"),
    [
        ("retired", LIFECYCLE, "abgeschaltet"),
        ("none", PRIVACY, "ohne Personenbezug"),
        ("restricted", CONFIDENTIALITY, "streng vertraulich"),
        ("retired", TEXT, "retired"),
        ("retired", None, "retired"),
        ("none", TEXT, "none"),
        (("public", "internal"), many(CONFIDENTIALITY), "öffentlich und intern"),
    ],
)
def test_only_a_word_of_a_list_is_translated(value: Any, type_: Type | None, words: str) -> None:
    assert german(value, type_=type_) == words


# -- phrases


def test_a_phrase_is_its_english_text() -> None:
    day = dt.date(2026, 10, 31)
    found = phrase("{who} did it on {day}", who="{day}", day=day)
    assert (found, str(found), type(str(found))) == ("{day} did it on 2026-10-31",) * 2 + (str,)
    assert shown(found) == ENGLISH.shown(found) == "{day} did it on 2026-10-31"
    assert hash(found) == hash(str(found))
    copy = pickle.loads(pickle.dumps(found))
    assert (copy, copy.pattern, copy.values) == (found, found.pattern, found.values)


def test_a_phrase_in_german_has_its_values_in_german() -> None:
    inner = phrase("its lifecycle is {stage}", stage=word("lifecycle", "retired"))
    outer = phrase("{first} and {last}", first=inner, last="{first}")
    assert str(outer) == "its lifecycle is retired and {first}"
    assert german(outer) == "es ist als abgeschaltet angegeben und {first}"
    day = dt.date(2026, 10, 31)
    days = [
        german(
            counted(n, "ran out on {day}, one day ago", "ran out on {day}, {n} days ago", day=day)
        )
        for n in (1, 1234)
    ]
    assert days == [
        "ist am 31.10.2026 abgelaufen, vor einem Tag",
        "ist am 31.10.2026 abgelaufen, vor 1.234 Tagen",
    ]


def test_what_a_language_lacks_stays_english_and_is_remembered() -> None:
    fresh = LocalWording("de", "de_DE")
    assert fresh.shown(phrase("nobody ever wrote {this}", this="that")) == "nobody ever wrote that"
    assert fresh.missing == {"nobody ever wrote {this}"}


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=9))
def test_a_listing_for_a_phrase_is_what_a_list_is_shown_as(names: list[str]) -> None:
    assert listing(names) == shown(tuple(names))
    if len(names) <= MAX_NAMES:
        assert in_a_row(names, AND) == shown(tuple(names))
    assert GERMAN.shown(listing(names)) == GERMAN.shown(tuple(names))


# -- every language has everything


@pytest.mark.parametrize("code", wordings())
def test_every_word_that_a_fact_may_have_is_in_the_language(code: str) -> None:
    types = [fact.type for kind in kinds() for fact in facts_of(kind).values()]
    single = [each.of or each for each in types]
    lists = {each for each in single if each.base == "word"}
    groups = words_of(code).groups
    assert [str(each) for each in lists if frozenset(each.words) not in groups] == []
    capabilities = {f"capability:{each.name}" for each in taxonomy().values()}
    assert capabilities <= set(words_of(code).phrases)


@pytest.mark.parametrize("code", wordings())
def test_every_phrase_of_the_code_is_in_the_language_with_its_places(code: str) -> None:
    phrases = words_of(code).phrases
    assert sorted(set(_patterns()) - set(phrases)) == []
    for pattern, text in phrases.items():
        if ":" in pattern and not _PLACE.search(pattern):
            continue  # a word of a list
        forms = [text] if isinstance(text, str) else list(text.values())
        for form in forms:
            spared = {"n"} if "{n}" not in form else set()
            assert set(_PLACE.findall(form)) | spared >= set(_PLACE.findall(pattern)), pattern
            assert set(_PLACE.findall(form)) <= set(_PLACE.findall(pattern)), pattern
            assert form.strip(" ") == form.strip(), pattern


@pytest.mark.parametrize("code", wordings())
def test_forms_by_number_are_those_of_the_language(code: str) -> None:
    known = set(Locale(code).plural_form.rules) | {"other"}
    words = words_of(code)
    for key, text in (*words.values.items(), *words.phrases.items()):
        assert isinstance(text, str) or set(text) == known, key


def _patterns() -> Iterator[str]:
    """The patterns that the code writes out where it makes a phrase."""
    for file in SOURCE.rglob("*.py"):
        text = file.read_text("utf-8")
        if "from stackaudit.phrase import" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                skipped = {"phrase": 0, "counted": 1}.get(node.func.id)
                if skipped is not None:
                    for each in node.args[skipped : skipped + 2]:
                        if isinstance(each, ast.Constant) and isinstance(each.value, str):
                            yield each.value


@pytest.mark.parametrize("text", ["1min", "5min", "1h", "2h", "1d", "30d", "1w", "2w", "1mo", "3mo",
                                  "1y", "2y"])  # fmt: skip
def test_lengths_of_time_are_in_german(text: str) -> None:
    fresh = LocalWording("de", "de_DE")
    assert fresh.shown(length_words(parse_duration(text)))
    assert not fresh.missing


def test_all_that_the_examples_of_the_rules_say_is_in_german() -> None:
    """Messages, labels and evidence of every example that finds something."""
    fresh = LocalWording("de", "de_DE")
    english = re.compile(r"\b(the|with|has|have|was a|were|since|ago|until|nobody|its)\b")
    for rule in load_rules(wording=fresh):
        for example in rule.examples.finds:
            world = example_world(example)
            world.wording = fresh
            for found in run(world, [rule]).findings:
                said = " ".join((found.message, found.fix))
                assert not english.search(said), (rule.id, said)
    assert sorted(fresh.missing) == []


# -- answers


def test_the_words_that_answer_a_question_are_understood_in_every_language() -> None:
    level = ("none", "optional", "enforced")
    assert answers_in("de", level) == ("nicht vorhanden", "freiwillig", "verpflichtend")
    assert [meant(each, level) for each in answers_in("de", level)] == list(level)
    assert answers_in("de", ("yes", "no")) == ("ja", "nein")
    assert meant("Vielleicht", level) is None


def test_a_phrase_is_a_text() -> None:
    assert isinstance(phrase("a"), str)
    assert type(phrase("a")) is Phrase
