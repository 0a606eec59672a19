"""Conditions of rules in words, for people who do not read expressions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

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
)
from stackaudit.rules.show import shown
from stackaudit.rules.template import NATURAL_STYLE, Template
from stackaudit.rules.types import Type

_COMPARED: Final = {
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "==": "is",
    "!=": "is not",
}
_DATES: Final = {"<": "is before", "<=": "is not after", ">": "is after", ">=": "is not before"}
_CALCULATED: Final = {"+": "+", "-": "−", "*": "×", "/": "/"}
_RANKS: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
_CALLED: Final = {
    "days_until": "the time until {0}",
    "days_since": "the time since {0}",
    "today": "the day of the audit",
    "count": "the number of {0}",
    "overlap": "{0} and {1} have something in common",
    "known": "{0} is stated",
    "max": "the greatest of {all}",
    "min": "the least of {all}",
}


def in_words(node: Node, subject: str) -> str:
    """The expression in words; the facts of `subject`, what the rule looks at, by name alone."""
    return _Writer(subject).write(node)


def template_words(template: Template) -> str:
    """A text with its placeholders as a rule's author sees them: {tool.name}."""
    return "".join(
        each if isinstance(each, str) else f"{{{dotted(each.tree)}}}" for each in template.pieces
    )


def dotted(node: Node) -> str:
    """A fact as expressions write it; anything else in words."""
    if isinstance(node, Variable):
        return node.name
    if isinstance(node, Read):
        return f"{dotted(node.of)}.{node.fact.name}"
    return in_words(node, "")


class _Writer:
    """Puts an expression into words."""

    def __init__(self, subject: str, member: str | None = None) -> None:
        self.subject = subject
        self.member = member

    def write(self, node: Node) -> str:
        match node:
            case Constant(type=type_, value=value):
                return _constant(type_, value)
            case Variable(name=name):
                return "it" if name == self.member else f"the {_spaced(name)}"
            case Read():
                return self._read(node)
            case Not(operand=operand):
                return self._not(operand)
            case Logic(operator=operator, operands=operands):
                return f" {operator} ".join(self._inner(each) for each in operands)
            case Compare(operator=operator, left=left, right=right):
                return self._compare(operator, left, right)
            case In(item=item, items=items, inverted=inverted):
                verb = "is not one of" if inverted else "is one of"
                return f"{self._inner(item)} {verb} {self._inner(items)}"
            case Calculate():
                return self._calculate(node)
            case Call(function=function, arguments=arguments):
                return self._call(function, arguments)
            case Each():
                return self._each(node)

    def _inner(self, node: Node) -> str:
        """In brackets where it is made of parts that could be taken for those around it."""
        text = self.write(node)
        return f"({text})" if isinstance(node, Logic | Calculate) else text

    def _read(self, node: Read) -> str:
        name = _spaced(node.fact.name)
        if isinstance(node.of, Variable) and node.of.name == self.subject:
            return name
        return f"{name} of {self.write(node.of)}"

    def _not(self, operand: Node) -> str:
        return f"not {self._inner(operand)}"

    def _compare(self, operator: str, left: Node, right: Node) -> str:
        words = {**_COMPARED, **_DATES} if left.type.base == "date" else _COMPARED
        unit = left.type.unit or right.type.unit
        return f"{self._side(left, unit)} {words[operator]} {self._side(right, unit)}"

    def _side(self, node: Node, unit: str | None) -> str:
        """One side of a comparison; a bare number is in the unit of the other side."""
        if isinstance(node, Constant) and node.type.base == "number" and not node.type.unit:
            return _constant(replace(node.type, unit=unit), node.value)
        return self.write(node)

    def _calculate(self, node: Calculate) -> str:
        left, right = self._operand(node, node.left), self._operand(node, node.right)
        return f"{left} {_CALCULATED[node.operator]} {right}"

    def _operand(self, around: Calculate, node: Node) -> str:
        """In brackets where the calculation would be another one without."""
        if not isinstance(node, Calculate):
            return self._inner(node)
        rank, outer = _RANKS[node.operator], _RANKS[around.operator]
        turned = node is around.right and rank == outer and around.operator in "-/"
        return self._inner(node) if rank < outer or turned else self.write(node)

    def _call(self, function: str, arguments: tuple[Node, ...]) -> str:
        inner = [self._inner(each) for each in arguments]
        pattern = _CALLED.get(function, f"{_spaced(function)} of {{all}}")
        return pattern.format(*inner, all=" and ".join(inner))

    def _each(self, node: Each) -> str:
        """`it` is the member that the innermost loop is about."""
        items, inner = self._inner(node.items), _Writer(self.subject, node.variable)
        which = f" for which {inner.write(node.condition)}" if node.condition else ""
        element = inner.write(node.element) if node.element else ""
        match node.function:
            case "any":
                return f"for at least one of {items}{which}: {element}"
            case "all":
                return f"for each of {items}{which}: {element}"
            case "count":
                return f"the number of {items}{which}"
            case "sum":
                return f"the sum of {element} over {items}{which}"


def _constant(type_: Type, value: object) -> str:
    return shown(value, NATURAL_STYLE.get(type_.unit or ""))


def _spaced(name: str) -> str:
    return name.replace("_", " ")
