"""The second, slow evaluation: the same answer, and a note of everything that led to it.

Only rules that found something, or were left open, are evaluated this way. For a finding the
notes are its evidence; for an open rule, the unknown facts that could still decide it. A tree
becomes a function once, so that a rule that finds something in thousands of subjects does not
ask of every node, each time, what it is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias

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


class Reading(NamedTuple):
    """A fact that was read, of which subject, and the value it had."""

    fact: Fact
    subject: Subject
    value: Any


Readings: TypeAlias = "tuple[Reading, ...]"


class Record(NamedTuple):
    """What an evaluation read: facts that decided, and facts that are unknown."""

    known: Readings = ()
    unknown: Readings = ()


Noted: TypeAlias = "tuple[Any, Readings, Readings]"
"""A value, the facts that decided it, and the facts that are unknown."""

Recorder: TypeAlias = "Callable[[Mapping[str, Subject], dt.date], Noted]"


def evaluate(tree: Node, variables: Mapping[str, Subject], today: dt.date) -> tuple[Any, Record]:
    """The value of the expression, with the record of what it rests on."""
    value, known, unknown = recorder(tree)(variables, today)
    return value, Record(known, unknown)


def recorder(tree: Node) -> Recorder:
    """The expression as a function that also notes what it reads."""
    match tree:
        case Constant(value=value):
            noted = (value, (), ())
            return lambda variables, today: noted
        case Variable(name=name):
            return lambda variables, today: (variables[name], (), ())
        case Read():
            return _read(tree)
        case Not(operand=operand):
            return _not(operand)
        case Logic():
            return _logic(tree)
        case Compare() | In() | Calculate() | Call():
            return _apply(tree)
        case Each(function=function):
            return _quantified(tree) if function in ("any", "all") else _gathered(tree)


def _read(tree: Read) -> Recorder:
    if isinstance(tree.of, Variable):
        return _read_of(tree.fact, tree.of.name)
    owner_of, fact = recorder(tree.of), tree.fact
    led_here = isinstance(tree.of, Read)

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        owner, known, unknown = owner_of(variables, today)
        if owner is None:
            return None, known, unknown
        if led_here:
            known = known[:-1]  # the fact that it led to says which it was
        value = fact.read(owner)
        reading = (Reading(fact, owner, value),)
        if value is None:
            return None, known, unknown + reading
        return value, known + reading, unknown + reading if _partly_unknown(value) else unknown

    return note


def _read_of(fact: Fact, name: str) -> Recorder:
    """A fact of the subject itself, or of a member: by far most of what is read."""
    read = fact.read

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:  # noqa: ARG001
        owner = variables[name]
        value = read(owner)
        reading = (Reading(fact, owner, value),)
        if value is None:
            return None, (), reading
        return value, reading, reading if _partly_unknown(value) else ()

    return note


def _partly_unknown(value: Any) -> bool:
    return value is None or type(value) in (Some, Interval)


def _not(operand: Node) -> Recorder:
    inner = recorder(operand)

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        value, known, unknown = inner(variables, today)
        return kleene.negated(value), known, unknown

    return note


def _logic(tree: Logic) -> Recorder:
    operands = tuple(map(recorder, tree.operands))
    decisive = tree.operator == "or"

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        result: Truth = not decisive
        known: Readings = ()
        unknown: Readings = ()
        undecided: Readings = ()
        for operand in operands:
            value, decided_by, may_be = operand(variables, today)
            if value is decisive:
                if decisive:
                    return True, decided_by, may_be
                return False, known + decided_by, unknown + may_be
            if value is None:
                result = None
                undecided += may_be
            else:
                known += decided_by
                unknown += may_be
        return result, known, unknown if result is not None else undecided

    return note


def _apply(tree: Compare | In | Calculate | Call) -> Recorder:
    operands, result = tuple(map(recorder, children(tree))), _result(tree)
    if len(operands) == 2:
        return _apply_to_two(*operands, result)

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        known: Readings = ()
        unknown: Readings = ()
        values = []
        for operand in operands:
            value, decided_by, may_be = operand(variables, today)
            values.append(value)
            known += decided_by
            unknown += may_be
        return result(today, *values), known, unknown

    return note


def _apply_to_two(first: Recorder, second: Recorder, result: Callable[..., Any]) -> Recorder:
    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        a, known, unknown = first(variables, today)
        b, decided_by, may_be = second(variables, today)
        return result(today, a, b), known + decided_by, unknown + may_be

    return note


_CALCULATE: Final = {
    "+": kleene.add, "-": kleene.subtract, "*": kleene.multiply, "/": kleene.divide,
}  # fmt: skip


def _result(tree: Compare | In | Calculate | Call) -> Callable[..., Any]:
    match tree:
        case Compare(operator=operator, left=left):
            return _comparison(operator, left)
        case Calculate(operator=sign):
            calculate = _CALCULATE[sign]
            return lambda today, a, b: calculate(a, b)
        case In(inverted=True):
            return lambda today, item, items: kleene.negated(kleene.contains(item, items))
        case In():
            return lambda today, item, items: kleene.contains(item, items)
        case Call(function=function):
            return FUNCTIONS[function].run


def _comparison(operator: kleene.Comparison, left: Node) -> Callable[..., Truth]:
    if left.type.base == "number":
        return lambda today, a, b: kleene.compare(operator, a, b)
    compare = kleene.PLAIN[operator]
    if left.type.base == "word" and operator not in ("==", "!="):
        ranks = {word: rank for rank, word in enumerate(left.type.words)}
        return lambda today, a, b: None if a is None or b is None else compare(ranks[a], ranks[b])
    return lambda today, a, b: None if a is None or b is None else compare(a, b)


def _quantified(tree: Each) -> Recorder:
    """`any` and `all`: the members that decide are the witnesses, or else all that were asked."""
    items_of, condition = recorder(tree.items), recorder(joined(tree))
    variable, decisive = tree.variable, tree.function == "any"

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        items, known, unknown = items_of(variables, today)
        if items is None:
            return None, known, unknown
        notes: dict[Truth, list[tuple[Readings, Readings]]] = {True: [], False: [], None: []}
        inner = dict(variables)
        for item in items:
            inner[variable] = item
            truth, decided_by, may_be = condition(inner, today)
            noted = notes[truth]
            if truth is None or len(noted) < MAX_WITNESSES:
                noted.append((decided_by, may_be))
        found: Truth = decisive if notes[decisive] else not decisive
        if not notes[decisive] and (notes[None] or type(items) is Some):
            return None, known, _joined(unknown, notes[None], 1)
        return found, _joined(known, notes[found], 0), _joined(unknown, notes[found], 1)

    return note


def _joined(first: Readings, noted: list[tuple[Readings, Readings]], which: int) -> Readings:
    """What was read before, then what each of the members read: 0 for known, 1 for unknown."""
    return (*first, *chain.from_iterable(each[which] for each in noted))


def _gathered(tree: Each) -> Recorder:
    """`count` and `sum`: the members that count are the witnesses."""
    items_of, member, gather = recorder(tree.items), _member(tree), _gather(tree)
    variable = tree.variable

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        items, known_of_items, unknown_of_items = items_of(variables, today)
        if items is None:
            return None, known_of_items, unknown_of_items
        known, unknown, counted = list(known_of_items), list(unknown_of_items), 0
        inner, truths = dict(variables), []
        for item in items:
            inner[variable] = item
            (truth, amount), decided_by, may_be = member(inner, today)
            truths.append((truth, amount))
            if truth is None or (truth and _partly_unknown(amount)):
                unknown.extend(may_be)
            if truth:
                counted += 1
                if counted <= MAX_WITNESSES:
                    known.extend(decided_by)
        members = tuple(truths) if type(items) is tuple else Some(tuple(truths))
        return gather(members), tuple(known), tuple(unknown)

    return note


def _member(tree: Each) -> Recorder:
    """Of one member, whether it counts and how much it is: 1 where nothing is added up."""
    condition = None if tree.condition is None else recorder(tree.condition)
    element = None if tree.element is None else recorder(tree.element)

    def note(variables: Mapping[str, Subject], today: dt.date) -> Noted:
        truth, known, unknown = condition(variables, today) if condition else (True, (), ())
        if element is None or truth is False:
            return (truth, 1), known, unknown
        amount, decided_by, may_be = element(variables, today)
        return (truth, amount), known + decided_by, unknown + may_be

    return note


def _gather(tree: Each) -> Callable[[Any], Any]:
    if tree.function == "count":
        return lambda members: kleene.count(members, lambda pair: pair[0])
    floor = 0.0 if tree.element is None or never_negative(tree.element) else -math.inf
    return lambda members: kleene.total(members, lambda pair: pair[1], lambda pair: pair[0], floor)
