"""From a checked tree to a Python function, made once per expression when a rule is loaded.

The function takes the subject and the day of the audit. Logic is written out in place, so that
a rule that is decided by its first fact costs one call; only what may be a range or a
collection goes through :mod:`stackaudit.rules.kleene`.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from stackaudit.rules import kleene
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
)

Compiled = Callable[[Any, dt.date], Any]

_ARITHMETIC = {"+": kleene.add, "-": kleene.subtract, "*": kleene.multiply, "/": kleene.divide}


def compile_tree(tree: Node, subject: str, name: str = "rule") -> Compiled:
    """The function that evaluates `tree` for a subject bound to the variable `subject`."""
    writer = _Writer()
    body = writer.write(tree)
    source = f"lambda {_variable(subject)}, today: {body}"
    code = compile(ast.parse(source, mode="eval"), f"<{name}>", "eval")
    function: Compiled = eval(code, {"__builtins__": {}, **writer.names})  # noqa: S307
    return function


def _variable(name: str) -> str:
    """The Python name of a variable of the language: apart from all names of our own."""
    return f"v_{name}"


@dataclass(slots=True)
class _Writer:
    """Writes Python for a tree; `names` are the objects that the Python refers to.

    Every name is made here, and nothing of the rule's text gets into the source but the
    names of its variables, which Python's parser has read as plain names.
    """

    names: dict[str, Any] = field(default_factory=dict)
    temporaries: int = 0

    def write(self, node: Node) -> str:
        match node:
            case Constant(value=value):
                return self._object(value)
            case Variable(name=name):
                return _variable(name)
            case Read():
                return self._read(node)
            case Not(operand=operand):
                value = self._temporary()
                return f"(None if ({value} := {self.write(operand)}) is None else not {value})"
            case Logic():
                return self._logic(node)
            case Compare():
                return self._compare(node)
            case In():
                return self._in(node)
            case Calculate(operator=operator, left=left, right=right):
                function = self._object(_ARITHMETIC[operator])
                return f"{function}({self.write(left)}, {self.write(right)})"
            case Call(function=name, arguments=arguments):
                run = self._object(FUNCTIONS[name].run)
                return f"{run}({', '.join(['today', *map(self.write, arguments)])})"
            case Each():
                return self._each(node)

    def _object(self, value: Any) -> str:
        if type(value) in (int, bool):
            return repr(value)
        name = f"o{len(self.names)}"
        self.names[name] = value
        return name

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"t{self.temporaries}"

    def _read(self, node: Read) -> str:
        function = self._object(node.fact.read)
        owner = self.write(node.of)
        if isinstance(node.of, Variable):
            return f"{function}({owner})"
        inner = self._temporary()
        return f"(None if ({inner} := {owner}) is None else {function}({inner}))"

    def _logic(self, node: Logic) -> str:
        """`and`: the first false decides, else an unknown among the operands, else true."""
        decisive = "False" if node.operator == "and" else "True"
        other = "True" if node.operator == "and" else "False"
        *first, last = [self.write(each) for each in node.operands]
        written = last
        for operand in reversed(first):
            left, right = self._temporary(), self._temporary()
            written = (
                f"({decisive} if ({left} := {operand}) is {decisive} else ({written}) "
                f"if {left} is {other} else ({decisive} if ({right} := {written}) is {decisive} "
                "else None))"
            )
        return written

    def _compare(self, node: Compare) -> str:
        left, right = self._temporary(), self._temporary()
        a, b = f"({left} := {self.write(node.left)})", f"({right} := {self.write(node.right)})"
        if node.left.type.base == "number":
            compare, operator = self._object(kleene.compare), self._object(node.operator)
            return f"{compare}({operator}, {a}, {b})"
        if node.operator in ("==", "!=") or node.left.type.base == "date":
            return f"(None if {a} is None or {b} is None else {left} {node.operator} {right})"
        rank = self._object({word: n for n, word in enumerate(node.left.type.words)})
        return (
            f"(None if {a} is None or {b} is None "
            f"else {rank}[{left}] {node.operator} {rank}[{right}])"
        )

    def _in(self, node: In) -> str:
        contains = self._object(kleene.contains)
        written = f"{contains}({self.write(node.item)}, {self.write(node.items)})"
        return f"{self._object(kleene.negated)}({written})" if node.inverted else written

    def _each(self, node: Each) -> str:
        variable = _variable(node.variable)
        items = self.write(node.items)
        condition = f"lambda {variable}: {self.write(node.condition)}" if node.condition else "None"
        if node.function == "count":
            return f"{self._object(kleene.count)}({items}, {condition})"
        assert node.element is not None  # only count has none  # noqa: S101
        if node.function == "sum":
            element = f"lambda {variable}: {self.write(node.element)}"
            return f"{self._object(kleene.total)}({items}, {element}, {condition})"
        test = self._tested(node)
        function = kleene.holds_any if node.function == "any" else kleene.holds_all
        return f"{self._object(function)}({items}, lambda {variable}: {test})"

    def _tested(self, node: Each) -> str:
        """`any(e for x in c if d)` is any(d and e); `all` is all(not d or e)."""
        assert node.element is not None  # noqa: S101
        if node.condition is None:
            return self.write(node.element)
        return self.write(joined(node))


def joined(node: Each) -> Node:
    """Condition and element of `any` or `all` as one condition."""
    assert node.condition is not None and node.element is not None  # noqa: S101
    flag = node.type
    if node.function == "any":
        return Logic(flag, "and", (node.condition, node.element))
    return Logic(flag, "or", (Not(flag, node.condition), node.element))
