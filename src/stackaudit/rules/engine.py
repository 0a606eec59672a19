"""Runs the rules over a world: findings, open questions, failures; nothing else.

A first, compiled pass decides each rule for each subject. Only where something was found or
left open does a second, recording evaluation say why.
"""

from __future__ import annotations

import itertools
import math
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.rules.completeness import Completeness
from stackaudit.rules.evidence import evidence, unknowns, witness_path
from stackaudit.rules.expressions.record import evaluate as recorded
from stackaudit.rules.finding import (
    Failure,
    Finding,
    Money,
    Open,
    Results,
    RuleTally,
    SubjectRef,
    Unknown,
    fingerprint,
)
from stackaudit.rules.kleene import Interval
from stackaudit.rules.rule import Expression, Rule
from stackaudit.rules.severity import Severity
from stackaudit.rules.subjects import Kind, Subject, Undecided, kinds
from stackaudit.rules.world import World

SECOND_PASS: Final = ("entry", "waiver")
"""Kinds of subjects that look at what the first pass gave."""

MAX_FORMER: Final = 16
"""So many combinations of former ids are kept for one finding."""


def run(world: World, rules: Sequence[Rule]) -> Results:
    """Evaluate every rule for every subject of its kind; the order of `rules` does not matter."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    engine = _Engine(world)
    for rule in ordered:
        if rule.subject not in SECOND_PASS:
            engine.apply(rule)
    world.completeness = Completeness.of(world, ordered, engine.open)
    for rule in ordered:
        if rule.subject in SECOND_PASS:
            engine.apply(rule)
    return engine.results()


@dataclass(slots=True)
class _Engine:
    world: World
    findings: list[Finding] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    tallies: list[RuleTally] = field(default_factory=list)
    members: dict[str, list[Subject]] = field(default_factory=dict)
    undecided: dict[str, list[Undecided]] = field(default_factory=dict)

    def results(self) -> Results:
        return Results(
            findings=tuple(sorted(self.findings, key=Finding.sort_key)),
            open=tuple(sorted(self.open, key=Open.sort_key)),
            failures=tuple(self.failures),
            tallies=tuple(sorted(self.tallies, key=lambda tally: tally.rule)),
        )

    def apply(self, rule: Rule) -> None:
        """One rule over all its subjects."""
        before = len(self.findings), len(self.open)
        when, today = rule.when.value, self.world.today
        subjects = self._members(kinds()[rule.subject], rule)
        for subject in subjects:
            try:
                truth = when(subject, today)
                if truth is False:
                    continue
                if truth:
                    self.findings.append(self._finding(rule, subject))
                else:
                    self.open.append(self._open(rule, subject))
            except Exception as error:  # a bug: the other rules still report
                self._failed(rule, subject.label(), error)
        unlisted = self.undecided.get(rule.subject, [])
        self.open.extend(_open_unlisted(rule, each) for each in unlisted)
        found, left_open = len(self.findings) - before[0], len(self.open) - before[1]
        self.tallies.append(RuleTally(rule.id, len(subjects) + len(unlisted), found, left_open))

    def _members(self, kind: Kind, rule: Rule) -> list[Subject]:
        if kind.name not in self.members:
            try:
                self.members[kind.name] = list(kind.members(self.world))
                self.undecided[kind.name] = list(kind.undecided(self.world))
            except Exception as error:  # a bug: the other kinds still report
                self._failed(rule, f"all of {kind.name}", error)
                return []
        return self.members[kind.name]

    def _failed(self, rule: Rule, subject: str, error: Exception) -> None:
        text = "".join(traceback.format_exception(error))
        self.failures.append(Failure(rule.id, subject, type(error).__name__, text))

    def _finding(self, rule: Rule, subject: Subject) -> Finding:
        today, currency = self.world.today, self.world.stack.currency
        _, record = recorded(rule.when.tree, {rule.subject: subject}, today)
        severity, may_be, unknown = self._severity(rule, subject)
        place = subject.place()
        others = tuple(each for each in subject.more_places() if each != place)
        return Finding(
            rule=rule.id,
            title=rule.title,
            severity=severity,
            may_be=may_be,
            subjects=_named(subject),
            label=subject.label(),
            message=rule.message.fill(subject, today, currency),
            why=rule.why,
            fix=rule.fix.fill(subject, today, currency),
            ask_it=rule.ask_it,
            ask_marketing=rule.ask_marketing,
            lead=rule.lead,
            effort=rule.effort,
            evidence=evidence(record),
            path=witness_path(record),
            locations=(place, *others),
            fingerprint=fingerprint(rule.id, subject.ids, directed=subject.directed),
            former_fingerprints=tuple(_former(rule, subject)),
            saves=self._money(rule.saves, subject),
            costs=self._money(rule.costs, subject),
            time_driven=rule.time_driven,
            implied_by=rule.implied_by,
            unknown=unknown,
        )

    def _severity(
        self, rule: Rule, subject: Subject
    ) -> tuple[Severity, Severity | None, tuple[Unknown, ...]]:
        """The worst severity whose condition holds; what a worse one that is unknown needs."""
        may_be, unknown = None, ()
        for severity, condition in rule.severity_when:
            truth = condition.value(subject, self.world.today)
            if truth:
                return severity, may_be, unknown
            if truth is None and severity > rule.severity and may_be is None:
                may_be = severity
                _, record = recorded(condition.tree, {rule.subject: subject}, self.world.today)
                unknown = unknowns(record)
        return rule.severity, may_be, unknown

    def _money(self, expression: Expression | None, subject: Subject) -> Money | None:
        if expression is None:
            return None
        value: Any = expression.value(subject, self.world.today)
        contract = subject.contract_id()
        if isinstance(value, Interval):
            at_least = value.low if value.low > 0 and not math.isinf(value.low) else None
            return Money(at_least and round(at_least, 2), contract, at_least=True)
        if value is None or math.isinf(value):
            return Money(None, contract, at_least=True)
        return Money(round(float(value), 2), contract)

    def _open(self, rule: Rule, subject: Subject) -> Open:
        _, record = recorded(rule.when.tree, {rule.subject: subject}, self.world.today)
        return Open(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            subjects=_named(subject),
            label=subject.label(),
            unknown=unknowns(record),
            place=subject.place(),
            fingerprint=fingerprint(rule.id, subject.ids, directed=subject.directed),
        )


def _open_unlisted(rule: Rule, undecided: Undecided) -> Open:
    """An open rule for subjects that cannot even be listed."""
    ids = tuple(each for _, each in undecided.ids)
    return Open(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        subjects=tuple(SubjectRef(kind, each) for kind, each in undecided.ids),
        label=" and ".join(ids),
        unknown=tuple(
            Unknown(f"{rule.subject}.*", "/".join(ids), str(each)) for each in undecided.missing
        ),
        place=undecided.place,
        fingerprint=fingerprint(rule.id, (*ids, "*"), directed=True),
    )


def _named(subject: Subject) -> tuple[SubjectRef, ...]:
    return tuple(SubjectRef(kind, each) for kind, each in subject.named())


def _former(rule: Rule, subject: Subject) -> Iterator[str]:
    """The fingerprints of the same finding under former ids of its subjects."""
    choices: list[Iterable[str]] = [
        (ref.id, *subject.world.former_ids(ref.kind, ref.id)) for ref in _named(subject)
    ]
    for ids in itertools.islice(itertools.product(*choices), 1, MAX_FORMER):
        yield fingerprint(rule.id, ids, directed=subject.directed)
