"""What a rule says would clear its finding does clear it: in every stack, not only in examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.change import changed
from stackaudit.rules.engine import run
from stackaudit.rules.examples import subject_of, world_of
from stackaudit.rules.finding import Finding, Open
from stackaudit.rules.library import load_rules
from stackaudit.rules.world import World
from tests.rules.random_stacks import stacks
from tests.stacks import DAY

RULES: Final = {rule.id: rule for rule in load_rules()}


def not_cleared(stack: Stack) -> list[str]:
    world = world_of(stack, DAY)
    found = run(world, list(RULES.values())).findings
    return [f"{each.rule}: {each.message}" for each in found if is_left(world, each)]


def is_left(world: World, finding: Finding) -> bool:
    """Whether the finding is there or open after the change that is to clear it."""
    rule = RULES[finding.rule]
    among = list(RULES.values()) if rule.subject == "entry" else [rule]
    after = run(world_of(changed(rule, subject_of(rule, finding, world)), DAY), among)
    left: list[Finding | Open] = [*after.findings, *filter(is_decidable, after.open)]
    return finding.fingerprint in {each.fingerprint for each in left}


def is_decidable(left: Open) -> bool:
    """Whether it waits for more than flows that are known not to be listed."""
    return not all(each.missing.endswith(".incomplete") for each in left.unknown)


@pytest.mark.parametrize("name", ["northwind", "sourcegraph"])
def test_in_the_stacks_that_ship(name: str) -> None:
    text = Path(f"stacks/{name}.yaml").read_text("utf-8")
    assert not_cleared(load_text(text, by_alias())) == []


def all_running(plain: dict[str, Any]) -> dict[str, Any]:
    """The same with every tool in use: no flow leads away from a system of record that is gone."""
    for tool in plain["tools"].values():
        tool.pop("lifecycle", None)
    return plain


@given(stacks().map(all_running))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_any_stack(plain: dict[str, Any]) -> None:
    assert not_cleared(load_text(json.dumps(plain), by_alias())) == []
