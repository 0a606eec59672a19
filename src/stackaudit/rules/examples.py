"""Runs the examples of rules: what each must find, must leave alone, must leave open.

The test suite runs them for the rules that ship, and anybody for rules of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.errors import Place, StackauditError
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.change import changed, waivers_after
from stackaudit.rules.engine import SECOND_PASS, run
from stackaudit.rules.finding import Finding, Open, Results
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule
from stackaudit.rules.rule_file import Finds, Passes
from stackaudit.rules.subjects import Subject, kinds
from stackaudit.rules.waiver import Waiver, Waivers
from stackaudit.rules.world import World

EXAMPLE_DAY: Final = dt.date(2026, 11, 2)
"""The day of the audit in examples that do not state another."""


def world_of(
    stack: Stack,
    day: dt.date,
    waivers: Waivers | None = None,
    policy: ReviewPolicy | None = None,
) -> World:
    """A world to run rules in, with what is accepted there and what is asked of reviews."""
    from stackaudit.graph.build import build

    return World(stack, build(stack), day, waivers=waivers, review_policy=policy)


def check_rule(rule: Rule, among: Sequence[Rule]) -> Iterator[str]:
    """What is wrong with the examples of a rule, in words; nothing if all is right.

    `among` are the rules it runs beside: only rules about results look at them.
    """
    rules = list(among) if rule.subject in SECOND_PASS else [rule]
    for number, finds in enumerate(rule.examples.finds, 1):
        yield from _named(f"{rule.id}: finds {number}", _wrong(rule, rules, finds))
    for number, passes in enumerate(rule.examples.passes, 1):
        yield from _named(f"{rule.id}: passes {number}", _wrong(rule, rules, passes))


def _named(name: str, wrong: Iterable[str]) -> Iterator[str]:
    return (f"{name}: {each}" for each in wrong)


def _wrong(rule: Rule, rules: list[Rule], example: Finds | Passes) -> Iterator[str]:
    try:
        world = example_world(example)
    except StackauditError as error:
        yield f"the stack is invalid: {error}"
        return
    results = run(world, rules)
    yield from _failed(rule, results)
    found = [each for each in results.findings if each.rule == rule.id]
    if isinstance(example, Passes):
        yield from _not_silent(rule, example, found, results)
        return
    yield from _not_found(example, found)
    for finding in found:
        yield from _not_cleared(rule, rules, world, finding)


def _failed(rule: Rule, results: Results) -> Iterator[str]:
    for failure in results.failures:
        if failure.rule == rule.id:
            yield f"failed on {failure.subject}: {failure.traceback}"


def example_world(example: Finds | Passes) -> World:
    """The world of an example; raises StackauditError if its stack is invalid."""
    stack = load_text(example.stack, by_alias(), "example")
    asked = example.policy
    policy = ReviewPolicy.of(asked.reviews, asked.require) if asked else None
    return world_of(stack, example.as_of or EXAMPLE_DAY, Waivers(_accepted(example)), policy)


def _accepted(example: Finds | Passes) -> Iterator[Waiver]:
    for number, each in enumerate(example.waivers or (), 1):
        place = Place("example", number, 1)
        yield Waiver(each.rule, each.subject, "an example", "nobody", each.expires, place)


def _not_found(example: Finds, found: list[Finding]) -> Iterator[str]:
    subjects = sorted(_joined(each) for each in found)
    if subjects != sorted(example.subjects):
        yield f"finds {subjects}, not {sorted(example.subjects)}"
    for each in found:
        if example.severity and each.severity.word != example.severity:
            yield f"{_joined(each)} is {each.severity.word}, not {example.severity}"
        if not each.evidence:
            yield f"{_joined(each)} has no evidence"


def _not_silent(
    rule: Rule, example: Passes, found: list[Finding], results: Results
) -> Iterator[str]:
    if found:
        yield f"finds {[_joined(each) for each in found]}"
    left = sorted(_joined(each) for each in results.open if each.rule == rule.id)
    if left != sorted(example.open or ()):
        yield f"left open for {left}, not {sorted(example.open or ())}"


def _not_cleared(rule: Rule, rules: list[Rule], world: World, finding: Finding) -> Iterator[str]:
    try:
        subject = subject_of(rule, finding, world)
        stack, waivers = changed(rule, subject), waivers_after(rule, subject)
        after = run(world_of(stack, world.today, waivers, world.review_policy), rules)
    except StackauditError as error:
        yield f"what clears {_joined(finding)} cannot be done: {error}"
        return
    yield from _failed(rule, after)
    results: list[Finding | Open] = [*after.findings, *after.open]
    if finding.fingerprint in {each.fingerprint for each in results}:
        yield f"what clears it does not clear {_joined(finding)}"


def subject_of(rule: Rule, finding: Finding, world: World) -> Subject:
    """The subject of a finding, in a world; raises LookupError if it is not there any more."""
    ids = tuple(each.id for each in finding.subjects)
    for subject in kinds()[rule.subject].members(world):
        if tuple(each for _, each in subject.named()) == ids:
            return subject
    raise LookupError(f"{rule.id} has no subject {ids}")


def _joined(result: Finding | Open) -> str:
    return " + ".join(each.id for each in result.subjects)
