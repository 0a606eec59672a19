"""Whether a condition is surely false of a subject of which only a few facts are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stackaudit.rules import kleene
from stackaudit.rules.expressions.tree import Compare, Constant, Logic, Node, Not, Read, Variable


def ruled_out(condition: Node, known: Mapping[str, Any]) -> bool:
    """Whether the condition of a rule is false of every subject of which this is known.

    `known` are facts of the rule's own subject, by name; whatever else the condition reads may
    be anything.
    """
    return _value(condition, known) is False


def _value(node: Node, known: Mapping[str, Any]) -> Any:
    """What the expression surely is; None where that is not known."""
    match node:
        case Constant(value=value):
            return value
        case Read(of=Variable(), fact=fact):
            return known.get(fact.name)
        case Not(operand=operand):
            return kleene.negated(_value(operand, known))
        case Logic(operator=operator, operands=operands):
            return _joined(operator == "or", [_value(each, known) for each in operands])
        case Compare(operator="==" | "!=" as operator, left=left, right=right):
            a, b = _value(left, known), _value(right, known)
            return None if a is None or b is None else (a == b) is (operator == "==")
        case _:
            return None  # a comprehension too, so that a variable is always the rule's subject


def _joined(decisive: bool, values: list[Any]) -> bool | None:
    if decisive in values:
        return decisive
    return None if None in values else not decisive
