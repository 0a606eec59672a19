"""Deleting a fact never makes a stack look safer.

Precisely: take a stack, and of its tools, flows and datasets one stated value: a scalar, or a
list of scalars, which is one statement. Set it to null, so that nobody has said it. Then every
finding of the stack is still there, under the same fingerprint and no less severe (or it says
that it may be as severe), or the same rule is open for its subjects, or for one of them: what a
tool collects cannot be listed where nobody says what it collects, and the rule is then open for
the tool.

What this does not promise, because there silence is itself a statement:

- a tool is in use, and a flow runs, unless somebody says otherwise (`lifecycle`, `status`): to
  delete `planned` or `broken` is to say that data moves. A stated `active` is in turn somebody's
  word that the flow runs, and does for a `last_success`;
- a flow that names no tool in between goes straight from one end to the other (`through`), and
  one that says nothing of how often it runs is not rare;
- without a word on whom a tool is for it is for everybody (`used_for`), and without a reason to
  keep it there is none (`keep`).

Names and ids state nothing that a rule could find; keys that an entry cannot be without have no
null.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.rules.engine import run
from stackaudit.rules.examples import world_of
from stackaudit.rules.finding import Finding, Results
from stackaudit.rules.library import load_rules
from stackaudit.rules.severity import Severity
from tests.rules.random_stacks import stacks
from tests.stacks import DAY

STACK: Final = Path("stacks/northwind.yaml")
SAMPLE: Final = 25
"""So many of the some 1,700 deletions are tried in a run of the test suite."""

Plain = dict[str, Any]
Keys = tuple[str | int, ...]

SECTIONS: Final = ("tools", "flows", "datasets")
SILENCE_SAYS: Final = frozenset({"lifecycle", "status", "through", "used_for", "keep"})
NAMES: Final = frozenset({"id", "name", "previously", "notes"})
CANNOT_BE_WITHOUT: Final = frozenset({"from", "to", "on", "metric", "amount", "period", "currency"})

RULES: Final = load_rules()


def statements(node: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Where each stated value is that can be deleted and is not exempt."""
    if isinstance(node, dict):
        for key in node.keys() - SILENCE_SAYS - NAMES - CANNOT_BE_WITHOUT:
            yield from statements(node[key], (*keys, key))
    elif isinstance(node, list) and any(isinstance(each, dict) for each in node):
        for number, each in enumerate(node):
            yield from statements(each, (*keys, number))
    elif node is not None:
        yield keys


def all_statements(plain: Plain) -> list[Keys]:
    return sorted(
        (
            keys
            for section in SECTIONS
            for number, entry in _entries(plain.get(section, {}))
            for keys in statements(entry, (section, number))
        ),
        key=str,
    )


def _entries(section: Any) -> list[tuple[str | int, Any]]:
    return list(enumerate(section)) if isinstance(section, list) else list(section.items())


def without(plain: Plain, keys: Keys) -> Plain:
    changed = copy.deepcopy(plain)
    node: Any = changed
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = None
    return changed


def named_flows(plain: Plain) -> Plain:
    """The same with an id for every flow, so that a flow stays itself whatever it loses."""
    for number, flow in enumerate(plain["flows"]):
        flow.setdefault("id", f"flow-{number}")
    return plain


def results(plain: Plain) -> Results:
    found = run(world_of(load_text(json.dumps(plain), by_alias()), DAY), RULES)
    assert not found.failures, found.failures[0].traceback
    return found


def vanished(before: Results, after: Results) -> list[str]:
    """The findings that are neither there nor open any more, or lost severity without a word."""
    worst = {each.fingerprint: worst_of(each) for each in after.findings}
    left_open = {(each.rule, frozenset(each.subjects)) for each in after.open}
    return [
        f"{each.rule} {[ref.id for ref in each.subjects]}"
        for each in before.findings
        if worst.get(each.fingerprint, Severity.LOW) < each.severity
        or each.fingerprint not in worst
        if each.fingerprint in worst or not is_open(each, left_open)
    ]


def worst_of(finding: Finding) -> Severity:
    return max(finding.severity, finding.may_be or finding.severity)


def is_open(finding: Finding, left_open: set[tuple[str, frozenset[Any]]]) -> bool:
    own = frozenset(finding.subjects)
    return any((finding.rule, subjects) in left_open for subjects in _parts(own))


def _parts(own: frozenset[Any]) -> Iterator[frozenset[Any]]:
    yield own
    for each in own:
        yield frozenset({each})


NORTHWIND: Final = named_flows(yaml.load(STACK.read_text("utf-8"), Loader=yaml.BaseLoader))
CHOSEN: Final = random.Random(7).sample(all_statements(NORTHWIND), SAMPLE)


@pytest.fixture(scope="module")
def untouched() -> Results:
    return results(NORTHWIND)


@pytest.mark.parametrize("keys", CHOSEN, ids=lambda keys: ".".join(map(str, keys)))
def test_of_a_real_stack(keys: Keys, untouched: Results) -> None:
    assert vanished(untouched, results(without(NORTHWIND, keys))) == []


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        (("tools", "tidio", "holds"), "security/no-mfa"),
        (("tools", "tidio", "grants"), "security/stored-token-reach"),
        (("tools", "tidio", "access", "mfa"), "security/no-mfa"),
        (("tools", "tidio", "dpa"), "security/no-dpa"),
        (("tools", "surveymonkey", "collects"), "silo/hidden-collector"),
        (("datasets", "contact", "system_of_record"), "silo/island"),
        (("datasets", "contact", "privacy"), "silo/dead-end"),
        (("datasets", "store-purchase", "identity"), "integration/unjoined-data"),
        (("datasets", "preference", "system_of_record"), "integration/no-system-of-record"),
    ],
)
def test_of_what_findings_rest_on(keys: Keys, rule: str, untouched: Results) -> None:
    assert any(each.rule == rule for each in untouched.findings)
    assert vanished(untouched, results(without(NORTHWIND, keys))) == []


@given(stacks(), st.data())
@settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_any_stack(plain: Plain, data: st.DataObject) -> None:
    stated = all_statements(plain)
    assume(stated)
    keys = data.draw(st.sampled_from(stated))
    assert vanished(results(plain), results(without(plain, keys))) == []


def test_the_test_can_fail(untouched: Results) -> None:
    """Stating the opposite makes findings vanish, and the comparison says so."""
    signed = copy.deepcopy(NORTHWIND)
    signed["tools"]["tidio"]["dpa"] = "signed"
    assert vanished(untouched, results(signed)) == ["security/no-dpa ['tidio']"]
