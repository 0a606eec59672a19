"""Subjects that cannot be listed leave a rule open only if the rule could find one of them."""

from __future__ import annotations

import pytest

from stackaudit.rules.engine import run
from stackaudit.rules.expressions.parse import Scope, parse_flag
from stackaudit.rules.expressions.ruled_out import ruled_out
from stackaudit.rules.library import load_rules
from tests.rules.portfolio import world


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("holding.held", True),
        ("not holding.held", False),
        ("holding.held and holding.erased", True),
        ("holding.held or holding.erased", False),
        ("not (holding.erased or not holding.held)", True),
        ("holding.held == true", True),
        ("holding.held != true", False),
        ("holding.held == holding.erased", False),
        ("holding.erased", False),
        ("holding.tool.in_use and holding.erased", False),
        ("any(t.in_use for t in holding.dataset.holders)", False),
        ("false", True),
    ],
)
def test_only_what_is_surely_false_is_ruled_out(condition: str, expected: bool) -> None:
    tree = parse_flag(condition, Scope({"holding": "holding"}))
    assert ruled_out(tree, {"held": False}) is expected


def left_open(tool: str, rule: str) -> list[str]:
    text = (
        "stackaudit: 1\ndatasets: {contact: {privacy: personal, system_of_record: crm}}\n"
        f"tools: {{crm: {{holds: [], collects: []}}, a: {{{tool}}}}}\nflows: []\n"
    )
    return [each.label for each in run(world(text), load_rules(select=[rule])).open]


def test_what_a_tool_holds_does_not_matter_to_what_it_collects() -> None:
    assert left_open("collects: []", "silo/hidden-collector") == []
    assert left_open("holds: []", "silo/hidden-collector") == ["a"]
    assert left_open("holds: []", "silo/erasure-gap") == []
    assert left_open("collects: []", "silo/erasure-gap") == ["a"]


def test_a_contract_of_a_tool_that_is_gone_is_asked_for_only_where_it_matters() -> None:
    assert left_open("lifecycle: retired", "bloat/idle-seats") == ["crm"]
    assert left_open("lifecycle: active", "bloat/idle-seats") == ["a", "crm"]
    assert left_open("lifecycle: retired", "bloat/notice-window") == ["a", "crm"]
