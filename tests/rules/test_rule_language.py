"""The page about the language of rules is true: what it shows loads, and holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stackaudit.rules.examples import check_rule
from stackaudit.rules.expressions.functions import FUNCTIONS
from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse
from stackaudit.rules.expressions.syntax import MAX_COMPREHENSIONS, MAX_DEPTH, MAX_LENGTH, MAX_NODES
from stackaudit.rules.load import load_rule
from stackaudit.rules.rule_file import RuleFile
from stackaudit.rules.show import FORMATS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rule-language.md"
TEXT = PAGE.read_text(encoding="utf-8")


def blocks(mark: str, path: Path = PAGE) -> list[tuple[str, str]]:
    """What is marked, and the block of code below the mark."""
    pattern = rf"<!-- {mark}: (\S+) -->\n```\w+\n(.*?)```"
    return re.findall(pattern, path.read_text(encoding="utf-8"), flags=re.DOTALL)


def lines(mark: str) -> list[tuple[str, str]]:
    return [(kind, line) for kind, block in blocks(mark) for line in block.splitlines() if line]


@pytest.mark.parametrize("path", [PAGE, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_the_rules_on_the_page_hold(path: Path) -> None:
    found = blocks("rule", path)
    assert found
    for rule_id, text in found:
        rule = load_rule(text.encode(), rule_id, path.name)
        assert list(check_rule(rule, [rule])) == []


@pytest.mark.parametrize(("kind", "text"), lines("expressions"))
def test_what_is_shown_as_allowed_is(kind: str, text: str) -> None:
    assert parse(text, Scope({kind: kind})).type.base == "flag"


@pytest.mark.parametrize(("kind", "text"), lines("refused"))
def test_what_is_shown_as_refused_is(kind: str, text: str) -> None:
    with pytest.raises(ExpressionProblem):
        parse(text, Scope({kind: kind}))


def test_every_function_is_listed_with_its_meaning() -> None:
    takes = r"(?:date|number, …|collection|fact|collection, collection)?"
    listed = re.findall(rf"^\| `(\w+)\({takes}\)` \| (.*) \|$", TEXT, flags=re.MULTILINE)
    assert listed == [(name, each.doc) for name, each in FUNCTIONS.items()]


def test_every_key_of_a_rule_is_named() -> None:
    for key in RuleFile.__dataclass_fields__:
        assert re.search(rf"\b{key}\b", TEXT), key


def test_every_format_is_named() -> None:
    for each in FORMATS:
        assert f":{each}`" in TEXT or f":{each}}}`" in TEXT


def test_the_limits_are_those_of_the_code() -> None:
    assert f"at most {MAX_LENGTH:,} characters and {MAX_DEPTH} levels" in TEXT
    assert f"at most {MAX_NODES:,} parts" in TEXT
    assert MAX_COMPREHENSIONS == 2
    assert "Two may be inside each other" in TEXT
