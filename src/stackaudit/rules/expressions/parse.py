"""From the text of an expression to its checked tree; everything not listed is refused.

Python's own parser reads the text; this module walks the result, so that nothing in it can
run. What is allowed is bounded by construction: length, depth, nested comprehensions.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from stackaudit.errors import did_you_mean
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
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.kleene import Comparison
from stackaudit.rules.types import FLAG, NUMBER, TEXT, Type, comparable, many, same_unit, subject

MAX_LENGTH: Final = 1_000
MAX_DEPTH: Final = 30
MAX_COMPREHENSIONS: Final = 2

_COMPARISONS: Final[dict[type, Comparison]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_ARITHMETIC: Final[dict[type, str]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_EACH: Final = ("any", "all", "count", "sum")


class ExpressionProblem(ValueError):
    """What is wrong with an expression, at which character (from 0), and what to do."""

    def __init__(self, message: str, offset: int = 0, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use: subjects, parameters, values named in the rule."""

    subjects: Mapping[str, str]
    """Variable → kind of subject."""
    params: Mapping[str, Constant] = field(default_factory=dict)
    values: Mapping[str, Node] = field(default_factory=dict)
    may_ask_known: bool = False
    """Whether `known(…)` is allowed: only in rules about the inventory itself."""


def parse(text: str, scope: Scope) -> Node:
    """The checked tree of an expression; raises ExpressionProblem."""
    if len(text) > MAX_LENGTH:
        raise ExpressionProblem(
            f"longer than {MAX_LENGTH} characters", 0, "name parts of it under `values:`"
        )
    return _Parser(scope).node(_syntax(text), 0)


def parse_flag(text: str, scope: Scope) -> Node:
    """The same for a condition: its type must be true or false."""
    tree = parse(text, scope)
    if tree.type.base != "flag":
        raise ExpressionProblem(f"a condition is meant, this is {tree.type}", 0, "compare it")
    return tree


def _syntax(text: str) -> ast.expr:
    flat = " ".join(text.split())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        raise ExpressionProblem(
            "not an expression", max((error.offset or 1) - 1, 0), "check brackets and operators"
        ) from None
    except (RecursionError, MemoryError, ValueError):
        raise ExpressionProblem("nested too deeply", 0, "name parts of it under `values:`") from None


@dataclass(frozen=True, slots=True)
class _Parser:
    scope: Scope
    loops: Mapping[str, str] = field(default_factory=dict)
    comprehensions: int = 0

    def node(self, syntax: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ExpressionProblem("nested too deeply", syntax.col_offset)
        match syntax:
            case ast.Constant():
                return self._constant(syntax)
            case ast.Name():
                return self._name(syntax)
            case ast.Attribute():
                return self._attribute(syntax, depth)
            case ast.BoolOp(op=operator, values=values):
                operands = tuple(self._flag(each, depth) for each in values)
                return Logic(FLAG, "and" if isinstance(operator, ast.And) else "or", operands)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(FLAG, self._flag(operand, depth))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                number = self._number(operand, depth)
                return Calculate(number.type, "-", Constant(NUMBER, 0), number)
            case ast.Compare():
                return self._compare(syntax, depth)
            case ast.BinOp():
                return self._calculate(syntax, depth)
            case ast.Call():
                return self._call(syntax, depth)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return self._literals(items, syntax)
        raise ExpressionProblem(
            f"`{_what(syntax)}` is not part of the language", syntax.col_offset,
            "see `stackaudit facts --language`",
        )  # fmt: skip

    def _constant(self, syntax: ast.Constant) -> Node:
        value = syntax.value
        if isinstance(value, bool):
            return Constant(FLAG, value)
        if isinstance(value, int | float):
            if value != value or abs(value) > 1e15:
                raise ExpressionProblem("the number is too large", syntax.col_offset)
            return Constant(NUMBER, value)
        if isinstance(value, str):
            return Constant(TEXT, value)
        raise ExpressionProblem("not a number, a text, true or false", syntax.col_offset)

    def _literals(self, items: list[ast.expr], syntax: ast.expr) -> Node:
        values = []
        for item in items:
            if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
                raise ExpressionProblem("a list may only hold texts", item.col_offset)
            values.append(item.value)
        if not values:
            raise ExpressionProblem("the list is empty", syntax.col_offset)
        return Constant(many(TEXT), tuple(values))

    def _name(self, syntax: ast.Name) -> Node:
        name = syntax.id
        kind = self.loops.get(name) or self.scope.subjects.get(name)
        if kind is not None:
            return Variable(subject(kind), name)
        if name in self.scope.values:
            return self.scope.values[name]
        if name in ("true", "false"):
            return Constant(FLAG, name == "true")
        known = [*self.loops, *self.scope.subjects, *self.scope.values, "params"]
        raise ExpressionProblem(
            f"there is no name `{name}` here", syntax.col_offset,
            did_you_mean(name, known, f"the names are {', '.join(known)}; words go in quotes"),
        )  # fmt: skip

    def _attribute(self, syntax: ast.Attribute, depth: int) -> Node:
        name, at = syntax.attr, syntax.end_col_offset or 0
        at -= len(name)
        if isinstance(syntax.value, ast.Name) and syntax.value.id == "params":
            if name not in self.scope.params:
                raise ExpressionProblem(
                    f"the rule has no parameter `{name}`", at,
                    did_you_mean(name, self.scope.params, "declare it under `params:`"),
                )  # fmt: skip
            return self.scope.params[name]
        owner = self.node(syntax.value, depth + 1)
        kind = owner.type.kind
        if owner.type.base != "subject" or kind is None:
            raise ExpressionProblem(f"{owner.type} has no facts", at)
        facts = facts_of(kind)
        if name not in facts:
            raise ExpressionProblem(
                f"there is no fact `{kind}.{name}`", at,
                did_you_mean(name, facts, f"see `stackaudit facts {kind}`"),
            )  # fmt: skip
        return Read(facts[name].type, owner, facts[name])

    def _flag(self, syntax: ast.expr, depth: int) -> Node:
        found = self.node(syntax, depth + 1)
        if found.type.base != "flag":
            raise ExpressionProblem(
                f"true or false is meant here, this is {found.type}", syntax.col_offset, "compare it"
            )
        return found

    def _number(self, syntax: ast.expr, depth: int) -> Node:
        found = self.node(syntax, depth + 1)
        if found.type.base != "number":
            raise ExpressionProblem(
                f"a number is meant here, this is {found.type}", syntax.col_offset
            )
        return found

    def _compare(self, syntax: ast.Compare, depth: int) -> Node:
        if len(syntax.ops) != 1:
            raise ExpressionProblem(
                "compare two things at a time", syntax.col_offset, "write a < b and b < c"
            )
        left = self.node(syntax.left, depth + 1)
        right = self.node(syntax.comparators[0], depth + 1)
        operator = syntax.ops[0]
        if isinstance(operator, ast.In | ast.NotIn):
            return self._in(left, right, isinstance(operator, ast.NotIn), syntax.col_offset)
        if type(operator) not in _COMPARISONS:
            raise ExpressionProblem("this comparison is not part of the language", syntax.col_offset)
        left, right = self._as_words(left, right, syntax), self._as_words(right, left, syntax)
        name = _COMPARISONS[type(operator)]
        fits = comparable(left.type, right.type) if name in ("==", "!=") else _rankable(left, right)
        if not fits:
            raise ExpressionProblem(
                f"{left.type} and {right.type} cannot be compared with {name}", syntax.col_offset
            )
        return Compare(FLAG, name, left, right)

    def _as_words(self, node: Node, other: Node, syntax: ast.Compare) -> Node:
        """A text beside a word must be one of its words; it takes the word's type."""
        if other.type.base != "word" or node.type != TEXT or not isinstance(node, Constant):
            return node
        if node.value not in other.type.words:
            raise ExpressionProblem(
                f"`{node.value}` is none of {', '.join(other.type.words)}", syntax.col_offset,
                did_you_mean(str(node.value), other.type.words),
            )  # fmt: skip
        return Constant(other.type, node.value, node.name)

    def _in(self, item: Node, items: Node, inverted: bool, at: int) -> Node:
        if items.type.base != "many" or items.type.of is None:
            raise ExpressionProblem(f"a collection is meant after `in`, this is {items.type}", at)
        if isinstance(items, Constant) and item.type.base == "word":
            for word in items.value:
                if word not in item.type.words:
                    raise ExpressionProblem(
                        f"`{word}` is none of {', '.join(item.type.words)}", at,
                        did_you_mean(word, item.type.words),
                    )  # fmt: skip
        elif not comparable(item.type, items.type.of):
            raise ExpressionProblem(f"{item.type} cannot be in a {items.type}", at)
        return In(FLAG, item, items, inverted)

    def _calculate(self, syntax: ast.BinOp, depth: int) -> Node:
        operator = _ARITHMETIC.get(type(syntax.op))
        if operator is None:
            raise ExpressionProblem(
                "only + - * / are part of the language", syntax.col_offset, "use + - * /"
            )
        left, right = self._number(syntax.left, depth), self._number(syntax.right, depth)
        if operator in "+-" and not same_unit(left.type, right.type):
            raise ExpressionProblem(
                f"{left.type} and {right.type} cannot be added", syntax.col_offset
            )
        return Calculate(_unit(operator, left.type, right.type), cast("Any", operator), left, right)

    def _call(self, syntax: ast.Call, depth: int) -> Node:
        if not isinstance(syntax.func, ast.Name) or syntax.keywords:
            raise ExpressionProblem("only the listed functions can be called", syntax.col_offset)
        name = syntax.func.id
        if name in _EACH and len(syntax.args) == 1 and isinstance(syntax.args[0], ast.GeneratorExp):
            return self._each(name, syntax.args[0], depth)
        if name == "known" and not self.scope.may_ask_known:
            raise ExpressionProblem(
                "`known()` is only for rules in inventory/", syntax.col_offset,
                "leave it out: an unknown keeps the rule open by itself",
            )  # fmt: skip
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionProblem(
                f"there is no function `{name}`", syntax.col_offset,
                did_you_mean(name, [*FUNCTIONS, *_EACH], f"there are {', '.join(FUNCTIONS)}"),
            )  # fmt: skip
        arguments = tuple(self.node(each, depth + 1) for each in syntax.args)
        problem = function.check(arguments)
        if problem:
            raise ExpressionProblem(f"{name}: {problem}", syntax.col_offset, function.doc)
        return Call(function.result(arguments), name, arguments)

    def _each(self, name: str, syntax: ast.GeneratorExp, depth: int) -> Node:
        if self.comprehensions >= MAX_COMPREHENSIONS:
            raise ExpressionProblem(
                f"more than {MAX_COMPREHENSIONS} comprehensions inside each other", syntax.col_offset
            )
        if len(syntax.generators) != 1 or len(syntax.generators[0].ifs) > 1:
            raise ExpressionProblem("one `for` and one `if` at most", syntax.col_offset)
        loop = syntax.generators[0]
        items = self.node(loop.iter, depth + 1)
        kind = items.type.of.kind if items.type.of else None
        if items.type.base != "many" or kind is None or not isinstance(loop.target, ast.Name):
            raise ExpressionProblem(
                f"`for` goes over a collection of subjects, this is {items.type}", syntax.col_offset
            )
        variable = loop.target.id
        inner = _Parser(self.scope, {**self.loops, variable: kind}, self.comprehensions + 1)
        condition = inner._flag(loop.ifs[0], depth + 1) if loop.ifs else None
        return inner._element(cast("Any", name), syntax.elt, variable, items, condition, depth)

    def _element(
        self, name: Any, syntax: ast.expr, variable: str, items: Node, condition: Node | None, depth: int
    ) -> Node:
        if name == "count":
            if not (isinstance(syntax, ast.Name) and syntax.id == variable):
                raise ExpressionProblem(
                    f"count counts `{variable}` itself", syntax.col_offset,
                    f"write count({variable} for {variable} in … if …)",
                )  # fmt: skip
            return Each(NUMBER, "count", variable, items, condition, None)
        if name == "sum":
            element = self._number(syntax, depth + 1)
            return Each(element.type, "sum", variable, items, condition, element)
        return Each(FLAG, name, variable, items, condition, self._flag(syntax, depth + 1))


def _rankable(left: Node, right: Node) -> bool:
    """Whether `<` makes sense: numbers of one unit, dates, words that have an order."""
    if left.type.base != right.type.base:
        return False
    if left.type.base == "number":
        return same_unit(left.type, right.type)
    return left.type.base == "date" or (left.type.ordered and left.type.words == right.type.words)


def _unit(operator: str, left: Type, right: Type) -> Type:
    if operator in "+-":
        return left if left.unit else right
    if operator == "*":
        return right if left.unit in (None, "share") else left
    return NUMBER if left.unit == right.unit else left if right.unit is None else NUMBER


def _what(syntax: ast.expr) -> str:
    names = {ast.Subscript: "[…]", ast.Lambda: "lambda", ast.IfExp: "if … else",
             ast.JoinedStr: "f'…'", ast.NamedExpr: ":=", ast.Dict: "{…}", ast.Set: "{…}",
             ast.ListComp: "[… for …]", ast.GeneratorExp: "… for …", ast.Await: "await",
             ast.Starred: "*"}  # fmt: skip
    return names.get(type(syntax), type(syntax).__name__.lower())
