"""The words of reports: every language has all of them, and they fit what they are filled with."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, get_args

import pytest
from babel import Locale

from stackaudit.errors import UsageError
from stackaudit.figures.lanes.model import ALL_LANES, Style
from stackaudit.figures.report.decisions import About
from stackaudit.figures.report.exposure import STATES
from stackaudit.figures.report.kpis import KPIS, Outcome, Unit, kpis
from stackaudit.figures.report.overlap import Role as Provides
from stackaudit.figures.report.parts import AUDIENCES, CHAPTERS, Cost, Reason
from stackaudit.figures.report.quadrant import QUARTERS
from stackaudit.figures.report.roadmap import HORIZONS
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.findings.judged import Status
from stackaudit.findings.money import Total
from stackaudit.inventory.model.capabilities import Confidentiality, Privacy
from stackaudit.inventory.model.file import Section
from stackaudit.inventory.model.flows import Method, Protection
from stackaudit.inventory.model.flows import Status as FlowStatus
from stackaudit.inventory.model.tools import Lifecycle
from stackaudit.outputs.report.language import Language, language
from stackaudit.outputs.report.messages import PLACE, MissingWordError, languages, words_of
from stackaudit.outputs.svg.lanes.words import ENGLISH
from stackaudit.rules.asking import ROLES
from stackaudit.rules.finding import Effort, Lead
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.severity import SEVERITIES, Severity
from tests.stacks import UNREVIEWED, audited

DAY = dt.date(2026, 11, 2)
BY_WORD = {
    "chapters": [f"{each}.{word}" for each in CHAPTERS for word in ("title", "about")],
    "empty": get_args(Reason),
    "outcome": get_args(Outcome),
    "kpi": [f"{each}.{word}" for each in KPIS for word in ("title", "how")],
    "unit": [*(each for each in get_args(Unit) if each != "money"), "contracts"],
    "unit_of": [*(each for each in get_args(Unit) if each != "money"), "contracts"],
    "severity": SEVERITIES,
    "severity_letter": SEVERITIES,
    "status": get_args(Status),
    "category": CATEGORIES,
    "lead": get_args(Lead),
    "effort": get_args(Effort),
    "about": get_args(About),
    "lane": ALL_LANES,
    "sensitivity": SENSITIVITIES,
    "style": get_args(Style),
    "lifecycle": get_args(Lifecycle),
    "review": STATES,
    "privacy": get_args(Privacy),
    "confidentiality": get_args(Confidentiality),
    "method": get_args(Method),
    "flow_status": [each for each in get_args(FlowStatus) if each != "absent"],
    "protect": get_args(Protection),
    "origin": ("stated", "catalog", "derived", "default"),
    "role": ROLES,
    "horizon": HORIZONS,
    "horizon_about": HORIZONS,
    "quarter": [f"{each}.{word}" for each in QUARTERS for word in ("title", "about")],
    "provides": get_args(Provides),
    "audience": AUDIENCES,
    "section": get_args(Section),
}
"""Every value that a book has a word for, by the group of its words."""


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("group", BY_WORD)
def test_every_value_has_a_word(code: str, group: str) -> None:
    words = words_of(code)
    assert [each for each in BY_WORD[group] if f"{group}.{each}" not in words] == []


@pytest.mark.parametrize("code", languages())
def test_every_part_of_a_figure_that_is_no_thing_has_a_word(code: str) -> None:
    for figure in kpis(audited(UNREVIEWED)).figures:
        for part in figure.parts:
            assert part.name or language(code).kpi_part(figure.id, part.key)
    parts = [*STATES, "unclear"]
    assert all(f"kpi.unreviewed.parts.{each}" in words_of(code) for each in parts)


@pytest.mark.parametrize("code", [each for each in languages() if each != "en"])
def test_every_language_has_the_same_words_with_the_same_places(code: str) -> None:
    english, other = words_of("en"), words_of(code)
    assert set(other) == set(english)
    for key in sorted(other):
        one, two = english[key], other[key]
        assert isinstance(one, str) == isinstance(two, str), key
        assert _places(one) == _places(two), key


def _places(entry: Any) -> set[str]:
    text = entry if isinstance(entry, str) else " ".join(entry.values())
    return set(PLACE.findall(text))


@pytest.mark.parametrize("code", languages())
def test_plural_forms_are_those_of_the_language(code: str) -> None:
    known = set(Locale(code).plural_form.rules) | {"other"}
    for key, entry in words_of(code).items():
        if not isinstance(entry, str):
            assert set(entry) == known, key


@pytest.mark.parametrize("code", languages())
def test_no_text_has_braces_that_are_no_place_or_is_empty(code: str) -> None:
    for key, entry in words_of(code).items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            assert text.strip() == text != "", key
            assert not re.search("[{}]", PLACE.sub("", text)), key


def test_rules_are_written_in_every_language_of_reports() -> None:
    assert {language(code).wording().code for code in languages()} == set(languages())
    assert language("de-CH").wording().shown(1.5) == "1.50"


def test_a_word_that_is_not_there_and_a_value_that_is_not_given() -> None:
    english = language()
    with pytest.raises(MissingWordError):
        english.word("no.such.word")
    with pytest.raises(MissingWordError, match="date"):
        english.word("report.as_of")
    with pytest.raises(MissingWordError, match="depends on a number"):
        english.word("verdict.tools")
    with pytest.raises(MissingWordError, match="does not depend"):
        english.count("report.title", 1)


def test_what_is_put_into_a_text_is_never_read_as_one() -> None:
    assert language().word("at_least", value="{least} {0} %s") == "at least {least} {0} %s"


@pytest.mark.parametrize(
    ("name", "money", "day", "listed", "share"),
    [
        ("en", "€1,234,568", "2 November 2026", "a, b and c", "88 %"),
        ("de", "1.234.568 €", "2. November 2026", "a, b und c", "88 %"),
        ("en-US", "€1,234,568", "November 2, 2026", "a, b, and c", "88 %"),
        (
            "de_CH",
            "EUR 1\N{RIGHT SINGLE QUOTATION MARK}234\N{RIGHT SINGLE QUOTATION MARK}568",
            "2. November 2026",
            "a, b und c",
            "88 %",
        ),
    ],
)
def test_money_days_and_lists_in_the_writing_of_a_country(
    name: str, money: str, day: str, listed: str, share: str
) -> None:
    found = language(name)
    assert _spaces(found.money(1234567.8, "EUR")) == money
    assert found.date(DAY) == day
    assert found.listed(["a", "b", "c"]) == listed
    assert _spaces(found.share(0.8899)) == share


def _spaces(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_only_all_is_a_hundred_per_cent() -> None:
    shares = [_spaces(language().share(each)) for each in (0.999, 1.0, 0.29, 0.0)]
    assert shares == ["99 %", "100 %", "29 %", "0 %"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (15, "15 Minuten"),
        (90, "1,5 Stunden"),
        (1440, "1 Tag"),
        (1800, "30 Stunden"),
        (1440 * 61, "2 Monate"),
        (0, "0 Minuten"),
    ],
)
def test_lengths_of_time(minutes: float, words: str) -> None:
    assert language("de").length(minutes) == words


def test_plurals() -> None:
    german = language("de")
    assert [german.count("verdict.flows", n) for n in (0, 1, 2)] == [
        "0 Datenflüsse", "1 Datenfluss", "2 Datenflüsse",
    ]  # fmt: skip
    assert language().outcome("gates", 1) == "1 finding blocks."


def test_money_that_is_not_known_to_the_cent() -> None:
    english = language()
    assert english.total(Total(0.0, True), "EUR") == "unknown"
    assert english.total(Total(5.0, True), "EUR") == "at least €5"
    costs = [Cost(None, None), Cost(5, 5), Cost(5, 9), Cost(5, None), Cost(0, None)]
    assert [english.cost(each, "EUR") for each in costs] == [
        "unknown", "€5", "€5 to €9", "at least €5", "unknown",
    ]  # fmt: skip
    assert english.money(5, None) == "5"


@pytest.mark.parametrize("name", ["xx", "de-ZZ", "de-A!", ""])
def test_a_language_that_nobody_knows(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        language(name)
    assert caught.value.problems[0].code == "unknown-language"


def test_the_words_of_the_lane_map() -> None:
    assert language().lane_words() == ENGLISH
    german = language("de").lane_words()
    assert len(set(german.letters.values())) == len(Severity)
    assert all(len(each) == 1 for each in german.letters.values())


def test_flags_owners_and_stated_words() -> None:
    found: Language = language()
    assert [found.flag(each) for each in (True, False, None)] == ["yes", "no", "unknown"]
    assert [found.owner(each) for each in ("pat", "none", None)] == ["pat", "nobody", "unknown"]
    assert (found.stated("method", "etl"), found.stated("method", None)) == ("ETL", "unknown")
