"""The checked form of an expression: a small tree in which every node knows its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.kleene import Comparison
from stackaudit.rules.types import DAYS, Type

Arithmetic = Literal["+", "-", "*", "/"]
Quantifier = Literal["any", "all", "count", "sum"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, or a parameter of the rule (`name` then says which)."""

    type: Type
    value: Any
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """The subject of the rule, or the loop variable of a comprehension."""

    type: Type
    name: str


@dataclass(frozen=True, slots=True)
class Read:
    """A fact of a subject: `tool.mfa`, `overlap.drop.annual_cost`."""

    type: Type
    of: Node
    fact: Fact


@dataclass(frozen=True, slots=True)
class Not:
    """`not x`."""

    type: Type
    operand: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and c`, or the same with `or`."""

    type: Type
    operator: Literal["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`a < b`: of numbers, dates, ordered words (by their order), or `==` of anything."""

    type: Type
    operator: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class In:
    """`a in b`, or `a not in b`."""

    type: Type
    item: Node
    items: Node
    inverted: bool


@dataclass(frozen=True, slots=True)
class Calculate:
    """Arithmetic on numbers."""

    type: Type
    operator: Arithmetic
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """One of the listed functions."""

    type: Type
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """`any/all/count/sum(element for variable in items if condition)`."""

    type: Type
    function: Quantifier
    variable: str
    items: Node
    condition: Node | None
    element: Node | None


Node: TypeAlias = (
    "Constant | Variable | Read | Not | Logic | Compare | In | Calculate | Call | Each"
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Constant() | Variable():
            return ()
        case Read(of=of):
            return (of,)
        case Not(operand=operand):
            return (operand,)
        case Logic(operands=operands):
            return operands
        case Compare(left=left, right=right) | Calculate(left=left, right=right):
            return (left, right)
        case In(item=item, items=items):
            return (item, items)
        case Call(arguments=arguments):
            return arguments
        case Each(items=items, condition=condition, element=element):
            return tuple(each for each in (items, condition, element) if each is not None)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def facts_read(node: Node) -> tuple[Fact, ...]:
    """Every fact that the expression may read, once, in order of appearance."""
    return tuple(dict.fromkeys(each.fact for each in walk(node) if isinstance(each, Read)))


@dataclass(frozen=True, slots=True)
class Extent:
    """How large an expression is when the values that it names are written out in it."""

    nodes: int
    depth: int
    loops: int
    """How many comprehensions are inside each other."""


def extent(node: Node) -> Extent:
    """Measure a tree; a part that is used many times is counted as often, and measured once."""
    return _extent(node, {})


def _extent(node: Node, seen: dict[int, Extent]) -> Extent:
    if id(node) not in seen:
        inner = [_extent(child, seen) for child in children(node)]
        loops = [each.loops for each in inner]
        if isinstance(node, Each):
            loops = [loops[0], *(1 + each for each in loops[1:]), 1]
        seen[id(node)] = Extent(
            nodes=1 + sum(each.nodes for each in inner),
            depth=1 + max((each.depth for each in inner), default=0),
            loops=max(loops, default=0),
        )
    return seen[id(node)]


def never_negative(node: Node) -> bool:
    """Whether a number cannot be below zero, so that a sum of some is at least those known.

    Facts are amounts, counts and shares; only days can lie on either side of today.
    """
    match node:
        case Constant(value=value):
            return bool(value >= 0)
        case Read(type=type_):
            return type_.unit != DAYS.unit
        case Calculate(operator=operator, left=left, right=right):
            return operator != "-" and never_negative(left) and never_negative(right)
        case Call(function=function, arguments=arguments) if function in ("max", "min"):
            among = map(never_negative, arguments)
            return any(among) if function == "max" else all(among)
        case Call(function=function):
            return function == "count"
        case Each(element=element):
            return element is None or never_negative(element)
        case _:
            return False
