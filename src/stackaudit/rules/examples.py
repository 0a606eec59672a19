"""Runs the examples of rules: what each must find, must leave alone, must leave open.

The test suite runs them for the rules that ship, and anybody for rules of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.errors import StackauditError
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.change import changed
from stackaudit.rules.engine import SECOND_PASS, run
from stackaudit.rules.finding import Finding, Results
from stackaudit.rules.rule import Rule
from stackaudit.rules.rule_file import Finds, Passes
from stackaudit.rules.subjects import Subject, kinds
from stackaudit.rules.world import World

EXAMPLE_DAY: Final = dt.date(2026, 11, 2)
"""The day of the audit in examples that do not state another."""


def world_of(stack: Stack, day: dt.date) -> World:
    """A world to run rules in."""
    from stackaudit.graph.build import build

    return World(stack, build(stack), day)


def check_rule(rule: Rule, among: Sequence[Rule]) -> Iterator[str]:
    """What is wrong with the examples of a rule, in words; nothing if all is right.

    `among` are the rules it runs beside: only rules about results look at them.
    """
    rules = list(among) if rule.subject in SECOND_PASS else [rule]
    for number, finds in enumerate(rule.examples.finds, 1):
        yield from _check(rule, rules, finds, f"finds {number}")
    for number, passes in enumerate(rule.examples.passes, 1):
        yield from _check(rule, rules, passes, f"passes {number}")


def _check(rule: Rule, rules: list[Rule], example: Finds | Passes, name: str) -> Iterator[str]:
    try:
        world = example_world(example)
    except StackauditError as error:
        yield f"{rule.id}: {name}: the stack is invalid: {error}"
        return
    results = run(world, rules)
    for failure in results.failures:
        yield f"{rule.id}: {name}: failed on {failure.subject}: {failure.traceback}"
    found = [each for each in results.findings if each.rule == rule.id]
    if isinstance(example, Finds):
        yield from _check_found(rule, example, found, name)
        for finding in found:
            yield from _check_clears(rule, rules, world, finding, name)
    else:
        yield from _check_silent(rule, example, found, results, name)


def example_world(example: Finds | Passes) -> World:
    """The world of an example; raises StackauditError if its stack is invalid."""
    day = dt.date.fromisoformat(example.as_of) if example.as_of else EXAMPLE_DAY
    return world_of(load_text(example.stack, by_alias(), "example"), day)


def _check_found(rule: Rule, example: Finds, found: list[Finding], name: str) -> Iterator[str]:
    subjects = sorted(_joined(each) for each in found)
    if subjects != sorted(example.subjects):
        yield f"{rule.id}: {name}: finds {subjects}, not {sorted(example.subjects)}"
    for each in found:
        if example.severity and each.severity.word != example.severity:
            yield f"{rule.id}: {name}: {_joined(each)} is {each.severity.word}"
        if not each.evidence:
            yield f"{rule.id}: {name}: {_joined(each)} has no evidence"


def _check_silent(
    rule: Rule, example: Passes, found: list[Finding], results: Results, name: str
) -> Iterator[str]:
    if found:
        yield f"{rule.id}: {name}: finds {[_joined(each) for each in found]}"
    left = sorted(" + ".join(s.id for s in each.subjects) for each in results.open
                  if each.rule == rule.id)  # fmt: skip
    if left != sorted(example.open or ()):
        yield f"{rule.id}: {name}: left open for {left}, not {sorted(example.open or ())}"


def _check_clears(
    rule: Rule, rules: list[Rule], world: World, finding: Finding, name: str
) -> Iterator[str]:
    subject = subject_of(rule, finding, world)
    try:
        after = run(world_of(changed(rule, subject), world.today), rules)
    except StackauditError as error:
        yield f"{rule.id}: {name}: what clears it makes the stack invalid: {error}"
        return
    still = {each.fingerprint for each in (*after.findings, *after.open)}
    if finding.fingerprint in still:
        yield f"{rule.id}: {name}: what clears it does not clear {_joined(finding)}"


def subject_of(rule: Rule, finding: Finding, world: World) -> Subject:
    """The subject of a finding, in a world; raises LookupError if it is not there any more."""
    ids = tuple(each.id for each in finding.subjects)
    for subject in kinds()[rule.subject].members(world):
        if tuple(each for _, each in subject.named()) == ids:
            return subject
    raise LookupError(f"{rule.id} has no subject {ids}")


def _joined(finding: Finding) -> str:
    return " + ".join(each.id for each in finding.subjects)
