"""Texts with placeholders: what they show, and which are refused."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from stackaudit.rules.expressions.parse import ExpressionProblem, parse
from stackaudit.rules.expressions.syntax import one_line
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.params import read_param
from stackaudit.rules.show import duration
from stackaudit.rules.template import Template, parse_template
from tests.rules.toys import DAY, Toy, scope

pytestmark = pytest.mark.usefixtures("toys")


def template(text: str) -> Template:
    values = {"use": parse("toy.weight / toy.parts", scope())}
    params = {"limit": read_param("limit", "40%")}
    return parse_template(text, scope(params, values), "toy")


def filled(text: str, currency: str | None = "EUR", /, **facts: object) -> str:
    return template(text).fill(Toy("t", **facts), DAY, currency)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("no placeholder", {}, "no placeholder"),
        ("{toy.name} is red", {"name": "a"}, "a is red"),
        ("{toy.mother.name}", {"mother": Toy("m", name="b")}, "b"),
        ("{toy.mother}", {"mother": Toy("m")}, "m"),
        ("{toy.name}", {}, "unknown"),
        ("{toy.red}{toy.big}", {"red": True, "big": False}, "yesno"),
        ("{use:percent} of {toy.parts}", {"weight": 3, "parts": 20}, "15 % of 20"),
        ("{params.limit}", {}, "40 %"),
        ("{toy.price}", {"price": 12345.4}, "12,345 EUR"),
        ("{toy.price}", {"price": Interval(1, 2500)}, "1 EUR to 2,500 EUR"),
        ("{toy.price}", {"price": Interval(1, math.inf)}, "at least 1 EUR"),
        ("{toy.late}", {"late": Interval(-math.inf, 5)}, "at most 5 days"),
        ("{toy.worn}", {"worn": 0.404}, "40 %"),
        ("{toy.late}", {"late": 1}, "1 day"),
        ("{toy.late}", {"late": -3}, "-3 days"),
        ("{toy.takes}", {"takes": 90}, "1.5 hours"),
        ("{toy.takes:count}", {"takes": 1440}, "1,440"),
        ("{toy.weight}", {"weight": 2.5}, "2.50"),
        ("{toy.weight:count}", {"weight": 2.6}, "3"),
        ("{toy.weight:money}", {"weight": 1000}, "1,000 EUR"),
        ("{toy.born}", {"born": dt.date(2026, 1, 2)}, "2026-01-02"),
        ("{toy.born}", {"born": dt.date.min}, "never"),
        ("{toy.tags}", {"tags": ()}, "none"),
        ("{toy.tags}", {"tags": ("a",)}, "a"),
        ("{toy.tags}", {"tags": ("a", "b", "c")}, "a, b and c"),
        ("{toy.tags}", {"tags": tuple("abcdefg")}, "a, b, c, d, e and 2 more"),
        ("{toy.tags}", {"tags": Some(("a",))}, "a and perhaps more"),
        ("{toy.tags}", {"tags": Some(())}, "unknown"),
        ("{toy.grade}", {"grade": "none"}, "none"),
    ],
)
def test_what_a_placeholder_shows(text: str, facts: dict[str, object], expected: str) -> None:
    assert filled(text, **facts) == expected


def test_money_without_a_currency() -> None:
    assert filled("{toy.price}", None, price=1200) == "1,200"


def test_folded_lines_are_one_line() -> None:
    assert filled("  {toy.name}\n   is   red\n", name="a  b") == "a  b is red"


def test_values_of_facts_are_never_read_as_templates() -> None:
    assert filled("{toy.name}", name="{toy.red} {0.__class__}") == "{toy.red} {0.__class__}"


def test_its_expressions_can_be_listed() -> None:
    assert len(template("{toy.name} {use} and {toy.red}").trees) == 3


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("{tool.name}", "tool", "there is no name `tool` here"),
        ("so {toy.nmae}", "nmae", "there is no fact `toy.nmae`"),
        ("{}", "}", "a placeholder names a fact or a value"),
        ("{toy.__init__}", "toy", "a placeholder names a fact or a value"),
        ("{toy.name.__class__}", "toy", "a placeholder names a fact or a value"),
        ("{toy._x}", "toy", "a placeholder names a fact or a value"),
        ("{0}", "0", "a placeholder names a fact or a value"),
        ("{toy[0]}", "toy", "a placeholder names a fact or a value"),
        ("{toy.name!r}", "toy", "a placeholder names a fact or a value"),
        ("{toy.weight + 1}", "toy", "a placeholder names a fact or a value"),
        ("{today()}", "today", "a placeholder names a fact or a value"),
        ("{ toy.name }", " toy", "a placeholder names a fact or a value"),
        ("{toy.weight:percnt}", "percnt", "there is no format `percnt`"),
        ("{toy.weight:>9999999999}", ">", "there is no format `>9999999999`"),
        ("{toy.name:money}", "toy", "`money` is a format of numbers, this is text"),
        ("{toy.tags:count}", "toy", "`count` is a format of numbers, this is collection of text"),
        ("one {toy.name", "{", "a brace without its partner"),
        ("one toy.name}", "}", "a brace without its partner"),
        ("{{toy.name}}", "{", "a brace without its partner"),
        ("{toy.name} {toy.red", "{toy.red", "a brace without its partner"),
    ],
)
def test_refused(text: str, at: str, message: str) -> None:
    with pytest.raises(ExpressionProblem) as caught:
        template(text)
    assert caught.value.message == message
    assert caught.value.offset == one_line(text).index(at)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, "at once"),
        (1, "1 minute"),
        (15, "15 minutes"),
        (60, "1 hour"),
        (1440, "1 day"),
        (10080, "7 days"),
        (43830, "30.4 days"),
        (100_000, "2.3 months"),
        (math.inf, "without limit"),
    ],
)
def test_durations_in_the_unit_that_suits_them(minutes: float, expected: str) -> None:
    assert duration(minutes) == expected
