"""The second, slow evaluation: the same answer, and a note of everything that led to it.

Only rules that found something, or were left open, are evaluated this way. For a finding the
notes are its evidence; for an open rule, the unknown facts that could still decide it.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.rules import kleene
from stackaudit.rules.expressions.compile import joined
from stackaudit.rules.expressions.functions import FUNCTIONS
from stackaudit.rules.expressions.tree import (
    Calculate,
    Call,
    Compare,
    Constant,
    Each,
    In,
    Logic,
    Node,
    Not,
    Read,
    Variable,
    children,
    never_negative,
)
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.kleene import Interval, Some, Truth
from stackaudit.rules.subjects import Subject

MAX_WITNESSES: Final = 10
"""So many members of a collection are named as witnesses; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that was read, of which subject, and the value it had."""

    fact: Fact
    subject: Subject
    value: Any


@dataclass(slots=True)
class Record:
    """What an evaluation read: facts that decided, and facts that are unknown."""

    known: list[Reading] = field(default_factory=list)
    unknown: list[Reading] = field(default_factory=list)

    def extend(self, other: Record) -> None:
        self.known.extend(other.known)
        self.unknown.extend(other.unknown)


def evaluate(tree: Node, variables: dict[str, Subject], today: dt.date) -> tuple[Any, Record]:
    """The value of the expression, with the record of what it rests on."""
    match tree:
        case Constant(value=value):
            return value, Record()
        case Variable(name=name):
            return variables[name], Record()
        case Read():
            return _read(tree, variables, today)
        case Not(operand=operand):
            value, record = evaluate(operand, variables, today)
            return kleene.negated(value), record
        case Logic():
            return _logic(tree, variables, today)
        case Compare() | In() | Calculate() | Call():
            return _apply(tree, variables, today)
        case Each():
            return _each(tree, variables, today)


def _read(tree: Read, variables: dict[str, Subject], today: dt.date) -> tuple[Any, Record]:
    owner, record = evaluate(tree.of, variables, today)
    if owner is None:
        return None, record
    if isinstance(tree.of, Read):
        record.known.pop()  # it only led here: the fact that it led to says which it was
    value = tree.fact.read(owner)
    reading = Reading(tree.fact, owner, value)
    if _partly_unknown(value):
        record.unknown.append(reading)
    if value is not None:
        record.known.append(reading)
    return value, record


def _partly_unknown(value: Any) -> bool:
    return value is None or type(value) in (Some, Interval)


def _logic(tree: Logic, variables: dict[str, Subject], today: dt.date) -> tuple[Truth, Record]:
    decisive = tree.operator == "or"
    result: Truth = not decisive
    whole = Record()
    undecided = Record()
    for operand in tree.operands:
        value, record = evaluate(operand, variables, today)
        if value is decisive:
            return decisive, record if decisive else _both(whole, record)
        if value is None:
            result = None
            undecided.extend(record)
        else:
            whole.extend(record)
    if result is None:
        return None, Record(whole.known, undecided.unknown)
    return result, whole


def _both(first: Record, second: Record) -> Record:
    return Record([*first.known, *second.known], [*first.unknown, *second.unknown])


def _apply(
    tree: Compare | In | Calculate | Call, variables: dict[str, Subject], today: dt.date
) -> tuple[Any, Record]:
    record = Record()
    values = []
    for operand in children(tree):
        value, inner = evaluate(operand, variables, today)
        values.append(value)
        record.extend(inner)
    return _result(tree, values, today), record


_CALCULATE: Final = {
    "+": kleene.add, "-": kleene.subtract, "*": kleene.multiply, "/": kleene.divide,
}  # fmt: skip


def _result(tree: Compare | In | Calculate | Call, values: list[Any], today: dt.date) -> Any:
    match tree:
        case Compare(operator=operator, left=left):
            return _compared(operator, left, values[0], values[1])
        case Calculate(operator=sign):
            return _CALCULATE[sign](values[0], values[1])
        case In(inverted=inverted):
            found = kleene.contains(values[0], values[1])
            return kleene.negated(found) if inverted else found
        case Call(function=function):
            return FUNCTIONS[function].run(today, *values)


def _compared(operator: kleene.Comparison, left: Node, a: Any, b: Any) -> Truth:
    if left.type.base == "number":
        return kleene.compare(operator, a, b)
    if a is None or b is None:
        return None
    if operator in ("==", "!="):
        return (a == b) is (operator == "==")
    if left.type.base == "word":
        words = left.type.words
        return kleene.compare(operator, words.index(a), words.index(b))
    return kleene.compare(operator, a.toordinal(), b.toordinal())


def _each(tree: Each, variables: dict[str, Subject], today: dt.date) -> tuple[Any, Record]:
    items, record = evaluate(tree.items, variables, today)
    if items is None:
        return None, record
    if tree.function in ("any", "all"):
        return _quantified(tree, items, record, variables, today)
    return _gathered(tree, items, record, variables, today)


def _quantified(
    tree: Each, items: Any, record: Record, variables: dict[str, Subject], today: dt.date
) -> tuple[Truth, Record]:
    """`any` and `all`: the members that decide are the witnesses, or else all that were asked."""
    condition, decisive = joined(tree), tree.function == "any"
    truths: dict[Truth, int] = {}
    records: dict[Truth, Record] = {True: Record(), False: Record(), None: Record()}
    for item in items:
        truth, inner = evaluate(condition, {**variables, tree.variable: item}, today)
        truths[truth] = truths.get(truth, 0) + 1
        if truth is None or truths[truth] <= MAX_WITNESSES:
            records[truth].extend(inner)
    if decisive in truths:
        return decisive, _both(record, records[decisive])
    if None in truths or type(items) is Some:
        return None, Record(record.known, [*record.unknown, *records[None].unknown])
    return not decisive, _both(record, records[not decisive])


def _gathered(
    tree: Each, items: Any, record: Record, variables: dict[str, Subject], today: dt.date
) -> tuple[Any, Record]:
    """`count` and `sum`: the members that count are the witnesses."""
    counted = 0
    truths: list[tuple[Truth, Any]] = []
    for item in items:
        inner_variables = {**variables, tree.variable: item}
        truth: Truth = True
        inner = Record()
        if tree.condition is not None:
            truth, inner = evaluate(tree.condition, inner_variables, today)
        amount: Any = 1
        if tree.element is not None and truth is not False:
            amount, amounts = evaluate(tree.element, inner_variables, today)
            inner.extend(amounts)
        truths.append((truth, amount))
        if truth is None or (truth and _partly_unknown(amount)):
            record.unknown.extend(inner.unknown)
        if truth:
            counted += 1
            if counted <= MAX_WITNESSES:
                record.known.extend(inner.known)
    members = tuple(truths) if type(items) is tuple else Some(tuple(truths))
    if tree.function == "count":
        return kleene.count(members, lambda pair: pair[0]), record
    floor = 0.0 if tree.element is None or never_negative(tree.element) else -math.inf
    return kleene.total(members, lambda pair: pair[1], lambda pair: pair[0], floor), record
