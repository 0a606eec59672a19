"""From a checked tree to a Python function, made when the expression is first evaluated.

The function takes the subject and the day of the audit. Logic, comparisons and arithmetic are
written out in place, so that a rule that its first fact decides costs one call; only
collections and functions go through :mod:`stackaudit.rules.kleene`.

Nothing of a rule's text gets into the source that is compiled: names are made here, out of
variables that match a pattern; numbers are written by `repr`; all else is an object in the
function's globals.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import field
from typing import Any, Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.rules import kleene
from stackaudit.rules.expressions.functions import FUNCTIONS
from stackaudit.rules.expressions.syntax import NAME
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
    never_negative,
)
from stackaudit.rules.kleene import Comparison, Interval

Function: TypeAlias = Callable[[Any, dt.date], Any]

_EQUALITY: Final[tuple[Comparison, ...]] = ("==", "!=")
_UNDEFINED: Final = {"+": "None", "-": "None", "*": "0.0", "/": "None"}
"""What becomes of `inf - inf`, `0 * inf`, `inf / inf`: as in :mod:`stackaudit.rules.kleene`."""


class Compiled:
    """An expression as a function of a subject and a day; compiled on first use.

    Most expressions of most rules (messages, amounts, what clears) are never asked for.
    """

    __slots__ = ("_function", "_name", "_tree", "_variable")

    def __init__(self, tree: Node, variable: str, name: str = "rule") -> None:
        self._tree = tree
        self._variable = variable
        self._name = name
        self._function: Function | None = None

    @property
    def function(self) -> Function:
        """The function itself, for loops over many subjects."""
        if self._function is None:
            self._function = compile_tree(self._tree, self._variable, self._name)
        return self._function

    def __reduce__(self) -> tuple[type[Compiled], tuple[Node, str, str]]:
        """Stored without the function, which is made again when it is asked for."""
        return Compiled, (self._tree, self._variable, self._name)

    def __call__(self, subject: Any, today: dt.date) -> Any:
        return (self._function or self.function)(subject, today)


def compile_tree(tree: Node, variable: str, name: str = "rule") -> Function:
    """The function that evaluates `tree` for a subject bound to `variable`."""
    if isinstance(tree, Read) and isinstance(tree.of, Variable) and tree.of.name == variable:
        return _reading(tree.fact.read)
    source, names = source_of(tree, variable)
    code = compile(source, f"<{name}>", "eval")
    function: Function = eval(code, {"__builtins__": {}, **names})  # noqa: S307 - see the top
    return function


def _reading(read: Callable[[Any], Any]) -> Function:
    """One fact of the subject, as most placeholders name: nothing that is worth compiling."""

    def function(subject: Any, today: dt.date) -> Any:  # noqa: ARG001 - as all the others
        return read(subject)

    return function


def source_of(tree: Node, variable: str) -> tuple[str, dict[str, Any]]:
    """The Python for a tree, and the objects that its names stand for."""
    writer = _Writer()
    body = writer.write(tree)
    return f"lambda {_variable(variable)}, today: {body}", writer.names


def _variable(name: str) -> str:
    """The Python name of a variable of the language: apart from all names of our own."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a variable")
    return f"v_{name}"


@dataclass(slots=True)
class _Writer:
    """Writes Python for a tree; `names` are the objects that the Python refers to."""

    names: dict[str, Any] = field(default_factory=dict)
    temporaries: int = 0

    def write(self, node: Node) -> str:
        match node:
            case Constant(value=value):
                return self._value(value)
            case Variable(name=name):
                return _variable(name)
            case Read():
                return self._read(node)
            case Not(operand=operand):
                checks, (value,) = self._operands(operand)
                return _unless(checks, f"not {value}")
            case Logic():
                return self._logic(node)
            case Compare():
                return self._compare(node)
            case In():
                return self._in(node)
            case Calculate():
                return self._calculate(node)
            case Call(function=name, arguments=arguments):
                run = self._object(FUNCTIONS[name].run)
                return f"{run}({', '.join(['today', *map(self.write, arguments)])})"
            case Each():
                return self._each(node)

    def _value(self, value: Any) -> str:
        """Numbers stand in the source, where they cost nothing; all else is an object."""
        if type(value) in (int, bool) or (type(value) is float and math.isfinite(value)):
            return f"({value!r})" if value < 0 else repr(value)
        return self._object(value)

    def _object(self, value: Any) -> str:
        name = f"o{len(self.names)}"
        self.names[name] = value
        return name

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"t{self.temporaries}"

    def _operands(self, *nodes: Node) -> tuple[list[str], list[str]]:
        """The checks that find an unknown operand, and the names of the operands behind them."""
        checks, names = [], []
        for node in nodes:
            written = self.write(node)
            if isinstance(node, Constant | Variable):
                names.append(written)
                continue
            name = self._temporary()
            checks.append(f"({name} := {written}) is None")
            names.append(name)
        return checks, names

    def _read(self, node: Read) -> str:
        checks, (owner,) = self._operands(node.of)
        return _unless(checks, f"{self._object(node.fact.read)}({owner})")

    def _logic(self, node: Logic) -> str:
        """The first decisive operand decides, else an unknown among them, else the other value."""
        decisive, other = ("False", "True") if node.operator == "and" else ("True", "False")
        checks, names = self._operands(*node.operands)
        decided = [check.removesuffix("None") + decisive for check in checks]
        decided += ["True"] if decisive in names else []
        unknown = [f"{name} is None" for name in names if name not in ("True", "False")]
        rest = _unless(unknown, other)
        return f"({decisive} if {' or '.join(decided)} else {rest})" if decided else rest

    def _compare(self, node: Compare) -> str:
        checks, (a, b) = self._operands(node.left, node.right)
        operator, type_ = node.operator, node.left.type
        if type_.base == "number" and operator in _EQUALITY:
            return _unless(checks, self._equality(node, a, b))
        if type_.base == "word" and operator not in _EQUALITY:
            ranks = {word: rank for rank, word in enumerate(type_.words)}
            a, b = self._rank(ranks, node.left, a), self._rank(ranks, node.right, b)
        return _unless(checks, f"{a} {operator} {b}")

    def _equality(self, node: Compare, a: str, b: str) -> str:
        """`==` of numbers, either of which may be a range."""
        interval = self._object(Interval)
        plain = [
            f"{name}.__class__ is not {interval}"
            for name, side in ((a, node.left), (b, node.right))
            if not isinstance(side, Constant)
        ]
        quick = f"{a} {node.operator} {b}"
        if not plain:
            return quick
        slow = f"{self._object(kleene.compare)}({self._object(node.operator)}, {a}, {b})"
        return f"{quick} if {' and '.join(plain)} else {slow}"

    def _rank(self, ranks: dict[str, int], node: Node, name: str) -> str:
        if isinstance(node, Constant):
            return str(ranks[node.value])
        return f"{self._object(ranks)}[{name}]"

    def _calculate(self, node: Calculate) -> str:
        checks, (a, b) = self._operands(node.left, node.right)
        if node.operator == "/":
            checks.append(f"{b} == 0")
        if node.operator == "*":
            a = f"1.0 * {a}"  # whole numbers would grow without end
        result = self._temporary()
        defined = f"({result} := {a} {node.operator} {b}) == {result}"  # nan equals nothing
        return _unless(checks, f"{result} if {defined} else {_UNDEFINED[node.operator]}")

    def _in(self, node: In) -> str:
        if isinstance(node.items, Constant):
            checks, (item,) = self._operands(node.item)
            members = self._object(frozenset(node.items.value))
            return _unless(checks, f"{item} {'not in' if node.inverted else 'in'} {members}")
        contains = self._object(kleene.contains)
        written = f"{contains}({self.write(node.item)}, {self.write(node.items)})"
        return f"{self._object(kleene.negated)}({written})" if node.inverted else written

    def _each(self, node: Each) -> str:
        items, variable = self.write(node.items), _variable(node.variable)

        def function(inner: Node | None) -> str:
            return f"lambda {variable}: {self.write(inner)}" if inner else "None"

        if node.function == "count":
            return f"{self._object(kleene.count)}({items}, {function(node.condition)})"
        if node.function == "sum":
            floor = self._value(0.0 if never_negative(_element(node)) else -math.inf)
            element, condition = function(node.element), function(node.condition)
            return f"{self._object(kleene.total)}({items}, {element}, {condition}, {floor})"
        holds = self._object(kleene.holds_any if node.function == "any" else kleene.holds_all)
        return f"{holds}({items}, {function(joined(node))})"


def _unless(unknown: list[str], value: str) -> str:
    return f"(None if {' or '.join(unknown)} else {value})" if unknown else f"({value})"


def _element(node: Each) -> Node:
    assert node.element is not None  # only `count` has none
    return node.element


def joined(node: Each) -> Node:
    """Condition and element of `any` or `all` as one condition.

    `any(e for x in c if d)` is any(d and e); `all` is all(not d or e).
    """
    element, flag = _element(node), node.type
    if node.condition is None:
        return element
    if node.function == "any":
        return Logic(flag, "and", (node.condition, element))
    return Logic(flag, "or", (Not(flag, node.condition), element))
