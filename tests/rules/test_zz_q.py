"""An open rule names what nobody stated: something, and nothing that is stated already."""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import HealthCheck, given, settings

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.engine import run
from stackaudit.rules.examples import world_of
from stackaudit.rules.library import load_rules
from tests.rules.random_stacks import stacks
from tests.stacks import DAY

RULES: Final = load_rules()


def is_stated(stack: Stack, missing: str) -> bool:
    """Whether the inventory says something at the path already.

    Not so where it is said that something is incomplete: the answer is to complete it. At which
    end of a flow its data is protected cannot be said, but is asked at `protect`.
    """
    section, _, rest = missing.partition(".")
    entry, _, key = rest.partition(".")
    if section == "stack" or key in ("incomplete", "protect"):
        return False
    keys = (int(each) if each.isdigit() else each for each in key.split(".") if each)
    return stack.origins.states(section, entry, *keys)


@given(stacks())
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_question_is_one(plain: dict[str, Any]) -> None:
    stack = load_text(json.dumps(plain), by_alias())
    for each in run(world_of(stack, DAY), RULES).open:
        paths = [unknown.missing for unknown in each.unknown]
        assert paths, (each.rule, each.label)
        assert not [path for path in paths if is_stated(stack, path)], (each.rule, each.label)
