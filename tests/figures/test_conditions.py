"""Conditions in words: the same calculation, the same order, for people."""

from __future__ import annotations

import pytest

from stackaudit.figures.conditions import dotted, in_words, template_words
from stackaudit.rules.expressions.parse import Scope, parse
from stackaudit.rules.params import read_param
from stackaudit.rules.template import parse_template

PARAMS = {
    "used_below": read_param("used_below", "40%"),
    "regions": read_param("regions", ("eu", "uk")),
}
SCOPE = Scope({"tool": "tool"}, PARAMS, {}, True)

WORDS = {
    "tool.in_use": "in use",
    "not tool.in_use": "not in use",
    "not (tool.in_use or tool.paid)": "not (in use or paid)",
    "tool.in_use and (tool.paid or tool.kept)": "in use and (paid or kept)",
    'tool.mfa != "enforced"': "mfa is not enforced",
    'tool.mfa < "enforced"': "mfa is below enforced",
    "tool.users <= 3": "users is at most 3",
    "tool.admins / tool.users >= params.used_below": "admins / users is at least 40 %",
    "tool.annual_cost > 25000": "annual cost is above 25,000",
    "tool.users - (tool.admins - 1) > 0": "users − (admins − 1) is above 0",
    "tool.users - tool.admins * 2 > 0": "users − admins × 2 is above 0",
    "(tool.users - tool.admins) * 2 > 0": "(users − admins) × 2 is above 0",
    "tool.users / (tool.admins / 2) > 0": "users / (admins / 2) is above 0",
    "tool.last_used < today()": "last used is before the day of the audit",
    "tool.region in params.regions": "region is one of eu and uk",
    "tool.region not in params.regions": "region is not one of eu and uk",
    "days_since(tool.last_used) > 90": "the time since last used is above 90 days",
    "count(tool.capabilities) > 1": "the number of capabilities is above 1",
    "max(tool.users, tool.admins) > 1": "the greatest of users and admins is above 1",
    "known(tool.region)": "region is stated",
    "any(each.personal for each in tool.handles)": ("for at least one of handles: personal of it"),
    "all(data.personal for data in tool.handles if data.has_record)": (
        "for each of handles for which has record of it: personal of it"
    ),
    "count(data for data in tool.handles if data.personal) > 2": (
        "the number of handles for which personal of it is above 2"
    ),
}


@pytest.mark.parametrize(("expression", "words"), WORDS.items(), ids=WORDS.keys())
def test_an_expression_in_words(expression: str, words: str) -> None:
    assert in_words(parse(expression, SCOPE), "tool") == words


def test_placeholders_are_shown_as_their_author_wrote_them() -> None:
    template = parse_template("{tool.name} has {tool.users} users", SCOPE, "tool")
    assert template_words(template) == "{tool.name} has {tool.users} users"


def test_a_fact_keeps_its_dots() -> None:
    assert dotted(parse("tool.annual_cost", SCOPE)) == "tool.annual_cost"
    assert dotted(parse("tool.users - 1", SCOPE)) == "users of the tool − 1"
