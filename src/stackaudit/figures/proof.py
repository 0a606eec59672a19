"""The proof of one finding: what it rests on, and whether the declared change really clears it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stackaudit.audit import AuditResult, world_of
from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, StackauditError, UsageError, did_you_mean
from stackaudit.findings.judged import Judged
from stackaudit.rules.change import changed, entries_added, waivers_after
from stackaudit.rules.engine import SECOND_PASS, run
from stackaudit.rules.examples import subject_of
from stackaudit.rules.finding import Finding
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import shown
from stackaudit.rules.subjects import Subject


@dataclass(frozen=True, slots=True)
class Proof:
    """A finding with what would clear it on the stack at hand."""

    judged: Judged
    rule: Rule
    change: tuple[str, ...]
    """The change that the rule declares, with the names of the stack, a statement each."""
    adds: Any
    """The entries that it adds to the inventory; None if it adds none."""
    clears: bool | None
    """Whether the finding is gone after the change; None if the change could not be made."""


def prove(result: AuditResult, name: str) -> Proof:
    """The proof of the finding that `name` means.

    `name` is a fingerprint or the beginning of one, or `rule:subject`, where the category of the
    rule may be left out and several ids of one subject are joined by `+`. Raises UsageError if no
    finding, or more than one, has that name.
    """
    judged = finding_named(result, name)
    rule = next(each for each in result.rules if each.id == judged.finding.rule)
    subject = subject_of(rule, judged.finding, result.world)
    return Proof(
        judged=judged,
        rule=rule,
        change=tuple(_statements(rule, subject)),
        adds=entries_added(rule, subject),
        clears=_clears(result, rule, judged.finding, subject),
    )


def finding_named(result: AuditResult, name: str) -> Judged:
    """The finding that a fingerprint, the beginning of one, or `rule:subject` means.

    Raises UsageError if no finding, or more than one, has that name.
    """
    named = {_name(each.finding): each for each in result.findings}
    matching = [
        each
        for label, each in named.items()
        if name.replace(" ", "") in _forms(label.replace(" ", ""))
        or each.finding.fingerprint.startswith(name)
    ]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise UsageError(
            Problem(
                "ambiguous",
                f"{len(matching)} findings begin with `{name}`",
                None,
                "write more of the fingerprint",
            )
        )
    hint = did_you_mean(
        name, named, "write RULE:SUBJECT, or a fingerprint of `stackaudit audit -f json`"
    )
    raise UsageError(Problem("unknown-finding", f"there is no finding `{name}`", None, hint))


def _forms(label: str) -> tuple[str, str]:
    """The name of a finding with the category of its rule, and without."""
    return label, label.partition("/")[2]


def _name(finding: Finding) -> str:
    return f"{finding.rule}:{'+'.join(each.id for each in finding.subjects)}"


def _statements(rule: Rule, subject: Subject) -> Iterator[str]:
    today, currency = subject.world.today, subject.world.stack.currency
    if rule.clears.words is not None:
        yield rule.clears.words.fill(subject, today, currency)
    for owner, fact, value in rule.clears.sets.values():
        of = owner.value(subject, today)
        label = of.label() if isinstance(of, Subject) else "?"
        yield f"{label}: {fact.name} becomes {shown(value.value(subject, today))}"
    if rule.clears.remove is not None:
        yield f"remove {shown(rule.clears.remove.value(subject, today))}"


def _clears(result: AuditResult, rule: Rule, finding: Finding, subject: Subject) -> bool | None:
    try:
        stack = changed(rule, subject)
    except StackauditError:
        return None
    rules = result.rules if rule.subject in SECOND_PASS else (rule,)
    waivers = waivers_after(rule, subject).all
    world = result.world
    after = run(world_of(stack, result.as_of, world.catalog, waivers, world.review_policy), rules)
    still = {each.fingerprint for each in after.findings} | {
        each.fingerprint for each in after.open
    }
    return finding.fingerprint not in still
