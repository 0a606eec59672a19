"""Every rule that ships: it loads, its examples hold, and nothing but its file knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import stackaudit
from stackaudit.rules.examples import check_rule
from stackaudit.rules.expressions.tree import facts_read
from stackaudit.rules.folders import rule_files
from stackaudit.rules.library import load_rules, shipped_rules
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.rule import Rule

IDS = [name for name, _ in rule_files(shipped_rules())]
SOURCE = Path(stackaudit.__file__).parent


@cache
def rules() -> dict[str, Rule]:
    """All of them; one that does not load fails every test here, with its place."""
    return {each.id: each for each in load_rules()}


def test_there_are_rules() -> None:
    assert list(rules()) == IDS
    assert IDS


@pytest.mark.parametrize("rule_id", IDS)
def test_the_examples_of_a_rule_hold(rule_id: str) -> None:
    rule = rules()[rule_id]
    assert rule.examples.finds
    assert rule.examples.passes
    assert list(check_rule(rule, list(rules().values()))) == []


@pytest.mark.parametrize("rule_id", IDS)
def test_what_a_rule_is_implied_by_exists(rule_id: str) -> None:
    rule = rules()[rule_id]
    assert set(rule.implied_by) <= set(IDS) - {rule_id}


@pytest.mark.parametrize("rule_id", IDS)
def test_a_rule_speaks_in_sentences(rule_id: str) -> None:
    rule = rules()[rule_id]
    assert rule.category in CATEGORIES
    assert "TODO" not in " ".join([rule.title, rule.why, rule.ask_it, rule.ask_marketing])
    assert rule.why.endswith((".", "?"))
    assert rule.ask_it.endswith("?")
    assert rule.ask_marketing.endswith("?")
    assert len(rule.why) > 60


@pytest.mark.parametrize("rule_id", IDS)
def test_the_message_names_the_subject(rule_id: str) -> None:
    rule = rules()[rule_id]
    assert any(facts_read(tree) for tree in rule.message.trees)


@pytest.mark.parametrize("rule_id", IDS)
def test_every_parameter_and_value_is_used(rule_id: str) -> None:
    text = _path(rule_id).read_text(encoding="utf-8")
    rule = rules()[rule_id]
    for name in rule.params:
        assert re.search(rf"\bparams\.{name}\b", text), name
    for name in rule.values:
        assert len(re.findall(rf"\b{name}\b", text)) > 1, name


def _path(rule_id: str) -> Path:
    return (shipped_rules() / rule_id).with_suffix(".yaml")


def test_implications_do_not_go_round_in_circles() -> None:
    def above(rule_id: str, seen: tuple[str, ...]) -> Iterator[str]:
        assert rule_id not in seen, f"{rule_id} implies itself"
        for each in rules()[rule_id].implied_by:
            yield each
            yield from above(each, (*seen, rule_id))

    for rule_id in IDS:
        assert rule_id not in list(above(rule_id, ()))


def test_no_code_names_a_rule() -> None:
    """Deleting a rule is deleting its file: examples in help texts may name one, code may not."""
    named = [
        f"{path.relative_to(SOURCE)}: {rule_id}"
        for path in sorted(SOURCE.rglob("*.py"))
        for rule_id in IDS
        if rule_id in _code(path)
    ]
    assert named == []


def _code(path: Path) -> str:
    """The source without docstrings and comments, and without the epilogs of commands."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"""(?:[^"]|"(?!""))*"""', "", text)
    text = re.sub(r'(?:epilog|help)=\(?"[^"]*"', "", text)
    return re.sub(r"#.*", "", text)
