"""Runs the rules over a world: findings, open questions, failures; nothing else.

A first, compiled pass decides each rule for each subject. Only where something was found or
left open does a second, recording evaluation say why.
"""

from __future__ import annotations

import math
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any, Final, TypeVar

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.rules.about import about
from stackaudit.rules.completeness import Completeness
from stackaudit.rules.evidence import evidence, unknowns, witness_path
from stackaudit.rules.expressions.record import Record, Recorder, recorder
from stackaudit.rules.expressions.ruled_out import ruled_out
from stackaudit.rules.expressions.undecided import undecided
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
    fingerprint_of,
)
from stackaudit.rules.kleene import Interval
from stackaudit.rules.rule import Expression, Rule
from stackaudit.rules.severity import Severity
from stackaudit.rules.subjects import Kind, Subject, Undecided, kinds
from stackaudit.rules.world import World

R = TypeVar("R", Finding, Open)

SECOND_PASS: Final = ("entry", "waiver")
"""Kinds of subjects that look at what the rules before gave, in this order."""


MANY: Final = 200
"""From so many open subjects of one rule on, a function that has to be compiled saves time."""


def run(world: World, rules: Sequence[Rule]) -> Results:
    """Evaluate every rule for every subject of its kind; the order of `rules` does not matter."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    engine = _Engine(world)
    for rule in ordered:
        if rule.subject not in SECOND_PASS:
            engine.apply(rule)
    world.completeness = Completeness.of(world, ordered, engine.open.values())
    for kind in SECOND_PASS:
        if world.waivers.all:
            world.earlier = engine.so_far()
        for rule in ordered:
            if rule.subject == kind:
                engine.apply(rule)
    return engine.results()


@dataclass(frozen=True, slots=True)
class _Listed:
    """The subjects of one kind; the error, if the list could not be made."""

    subjects: tuple[Subject, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    error: Exception | None = None


@dataclass(slots=True)
class _Engine:
    world: World
    findings: dict[str, Finding] = field(default_factory=dict)
    """By fingerprint."""
    open: dict[str, Open] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    tallies: list[RuleTally] = field(default_factory=list)
    listed: dict[str, _Listed] = field(default_factory=dict)
    recorders: dict[int, Recorder] = field(default_factory=dict)
    """By the id of an expression: the function that notes what it reads."""
    asked: dict[str, int] = field(default_factory=dict)
    """By the id of a rule: for how many subjects it was left open."""
    undecided: dict[str, Recorder] = field(default_factory=dict)
    """By the id of a rule that was left open for many: the function that notes why."""

    def results(self) -> Results:
        return Results(
            findings=tuple(sorted(self.findings.values(), key=Finding.sort_key)),
            open=tuple(sorted(self.open.values(), key=Open.sort_key)),
            failures=tuple(sorted(self.failures, key=lambda failure: failure.rule)),
            tallies=tuple(sorted(self.tallies, key=lambda tally: tally.rule)),
        )

    def so_far(self) -> Results:
        """The same, in no order: for facts about what was found."""
        found, left = tuple(self.findings.values()), tuple(self.open.values())
        return Results(found, left, tuple(self.failures), tuple(self.tallies))

    def apply(self, rule: Rule) -> None:
        """One rule over all its subjects."""
        before = self._counts()
        listed = self._list(rule.subject)
        if listed.error is not None:
            self._failed(rule, f"every {rule.subject}", listed.error)
        self._decide(rule, listed.subjects)
        self._leave_open(rule, listed.undecided)
        checks = len(listed.subjects) + len(listed.undecided) + (listed.error is not None)
        counts = (now - then for now, then in zip(self._counts(), before, strict=True))
        self.tallies.append(RuleTally(rule.id, checks, *counts))

    def _counts(self) -> tuple[int, int, int]:
        return len(self.findings), len(self.open), len(self.failures)

    def _decide(self, rule: Rule, subjects: Iterable[Subject]) -> None:
        """Ask the rule for every subject; only where it is not false is there more to do."""
        when, today = rule.when.value.function, self.world.today
        for subject in subjects:
            try:
                truth = when(subject, today)
                if truth is False:
                    continue
                if truth:
                    _keep(self._finding(rule, subject), self.findings)
                else:
                    _keep(self._open(rule, subject), self.open)
            except Exception as error:  # noqa: BLE001 - a bug: the other rules still report
                self._failed(rule, "/".join(subject.ids), error)

    def _leave_open(self, rule: Rule, undecided: Iterable[Undecided]) -> None:
        silent: dict[tuple[tuple[str, Any], ...], bool] = {(): False}
        for each in undecided:
            try:
                if each.known not in silent:
                    silent[each.known] = ruled_out(rule.when.tree, dict(each.known))
                if not silent[each.known]:
                    _keep(_open_unlisted(rule, each), self.open)
            except Exception as error:  # noqa: BLE001 - a bug: the other rules still report
                self._failed(rule, f"every {rule.subject}", error)

    def _list(self, kind: str) -> _Listed:
        if kind not in self.listed:
            try:
                self.listed[kind] = _listed(kinds()[kind], self.world)
            except Exception as error:  # noqa: BLE001 - a bug: the other kinds still report
                self.listed[kind] = _Listed(error=error)
        return self.listed[kind]

    def _failed(self, rule: Rule, subject: str, error: Exception) -> None:
        text = "".join(traceback.format_exception(error))
        self.failures.append(Failure(rule.id, subject, type(error).__name__, text))

    def _finding(self, rule: Rule, subject: Subject) -> Finding:
        today, currency = self.world.today, self.world.stack.currency
        record = self._recorded(rule.when, rule, subject)
        severity, may_be, unknown = self._severity(rule, subject)
        said = about(subject)
        return Finding(
            rule=rule.id,
            title=rule.title,
            severity=severity,
            may_be=may_be,
            subjects=said.subjects,
            label=said.label,
            message=rule.message.fill(subject, today, currency),
            why=rule.why,
            fix=rule.fix.fill(subject, today, currency),
            ask_it=rule.ask_it,
            ask_marketing=rule.ask_marketing,
            lead=rule.lead,
            effort=rule.effort,
            evidence=evidence(record),
            path=witness_path(record),
            locations=_locations(subject, said.place),
            fingerprint=fingerprint_of(rule.id, said.identity),
            former_fingerprints=_former(rule, subject, said.former),
            saves=self._money(rule.saves, subject),
            costs=self._money(rule.costs, subject),
            time_driven=rule.time_driven,
            implied_by=rule.implied_by,
            unknown=unknown,
        )

    def _severity(
        self, rule: Rule, subject: Subject
    ) -> tuple[Severity, Severity | None, tuple[Unknown, ...]]:
        """The worst severity whose condition holds; a worse one that is unknown, and why."""
        found, undecided = rule.severity, None
        for severity, condition in rule.severity_when:
            truth = condition.value(subject, self.world.today)
            if truth:
                found = severity
                break
            if truth is None and undecided is None:
                undecided = severity, condition
        if undecided is None or undecided[0] <= found:
            return found, None, ()
        severity, condition = undecided
        return found, severity, unknowns(self._recorded(condition, rule, subject))

    def _recorded(self, expression: Expression, rule: Rule, subject: Subject) -> Record:
        """What the expression rests on for the subject."""
        found = self.recorders.get(id(expression))
        if found is None:  # the rule keeps the expression, so that its id stays its own
            found = self.recorders[id(expression)] = recorder(expression.tree)
        _, known, unknown = found({rule.subject: subject}, self.world.today)
        return Record(known, unknown)

    def _left_open(self, rule: Rule, subject: Subject) -> Record:
        """What could decide the rule for the subject, of which it is known that it does not."""
        asked = self.asked[rule.id] = self.asked.get(rule.id, 0) + 1
        if asked < MANY:
            return self._recorded(rule.when, rule, subject)
        if rule.id not in self.undecided:
            self.undecided[rule.id] = undecided(rule.when.tree, rule.subject)
        _, known, unknown = self.undecided[rule.id]({rule.subject: subject}, self.world.today)
        return Record(known, unknown)

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
        said = about(subject)
        return Open(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            subjects=said.subjects,
            label=said.label,
            unknown=unknowns(self._left_open(rule, subject)),
            place=said.place,
            fingerprint=fingerprint_of(rule.id, said.identity),
            former_fingerprints=_former(rule, subject, said.former),
            time_driven=rule.time_driven,
        )


def _keep(result: R, among: dict[str, R]) -> None:
    """Add a result; raises LookupError for a second one with the same fingerprint.

    Whatever is built on fingerprints (baselines, waivers) could not tell the two apart, so the
    first stands, and the second is a bug in the kind of subject.
    """
    if result.fingerprint in among:
        raise LookupError(f"two subjects of {result.rule} have one fingerprint")
    among[result.fingerprint] = result


def _listed(kind: Kind, world: World) -> _Listed:
    return _Listed(tuple(kind.members(world)), tuple(kind.undecided(world)))


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
        time_driven=rule.time_driven,
        unlisted=True,
    )


def _former(rule: Rule, subject: Subject, former: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The fingerprints of the same finding under former ids of its subjects."""
    if not former:
        return ()
    return tuple(fingerprint(rule.id, ids, directed=subject.directed) for ids in former)


def _locations(subject: Subject, place: Place) -> tuple[Place, ...]:
    """Where a finding about the subject leads to, its own place first."""
    others = subject.more_places()
    return (place, *[each for each in others if each != place]) if others else (place,)
