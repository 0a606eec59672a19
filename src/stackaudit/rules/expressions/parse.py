"""From the text of an expression to its checked tree; everything not listed is refused.

Python's own parser reads the text (:mod:`.syntax`); this module walks the result, so that
nothing in it can run. What is allowed is bounded by construction: length, depth, comprehensions
inside each other, and the size that is left when the values it names are written out.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import field
from keyword import kwlist
from typing import Final, cast

from stackaudit.dataclass import dataclass
from stackaudit.errors import did_you_mean
from stackaudit.rules.expressions.functions import FUNCTIONS
from stackaudit.rules.expressions.literals import (
    NO_NONE,
    as_word,
    constant,
    membership,
    negative,
    texts,
)
from stackaudit.rules.expressions.problem import ExpressionProblem
from stackaudit.rules.expressions.syntax import (
    MAX_COMPREHENSIONS,
    MAX_DEPTH,
    MAX_NODES,
    NAME,
    SHORTEN,
    characters,
    construct,
    one_line,
    read_syntax,
)
from stackaudit.rules.expressions.tree import (
    Arithmetic,
    Calculate,
    Call,
    Compare,
    Constant,
    Each,
    Logic,
    Node,
    Not,
    Quantifier,
    Read,
    Variable,
    extent,
)
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.kleene import Comparison
from stackaudit.rules.types import (
    FLAG,
    NUMBER,
    comparable,
    product_of,
    quotient_of,
    rankable,
    subject,
    sum_of,
)

_COMPARISONS: Final[dict[type, Comparison]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_ARITHMETIC: Final[dict[type, Arithmetic]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip
_EACH: Final = ("any", "all", "count", "sum")
_FLAGS: Final = ("true", "false")
RESERVED: Final = frozenset({*FUNCTIONS, *_EACH, *_FLAGS, *kwlist, "params"})
"""Names that mean something already and cannot be given to a value or a loop variable."""


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
    flat = one_line(text)
    syntax = read_syntax(flat)
    try:
        tree = _Parser(scope).node(syntax, 1)
    except ExpressionProblem as problem:
        problem.offset = characters(flat, problem.offset)
        raise
    if scope.values or "for" in flat:  # else the limits on the text are enough
        _refuse_too_large(tree)
    return tree


def parse_flag(text: str, scope: Scope) -> Node:
    """The same for a condition: its type must be true or false."""
    tree = parse(text, scope)
    if tree.type.base != "flag":
        raise ExpressionProblem(f"a condition is meant, this is {tree.type}", 0, "compare it")
    return tree


def _refuse_too_large(tree: Node) -> None:
    """Values are written out where they are named, so that a few lines can mean a million."""
    found = extent(tree)
    if found.loops > MAX_COMPREHENSIONS:
        raise ExpressionProblem(
            f"more than {MAX_COMPREHENSIONS} comprehensions inside each other", 0,
            "add a fact that says what the innermost asks",
        )  # fmt: skip
    if found.nodes > MAX_NODES or found.depth > MAX_DEPTH:
        raise ExpressionProblem(
            "too large with its values written out", 0, "split the rule, or add a fact"
        )


@dataclass(frozen=True, slots=True)
class _Parser:
    scope: Scope
    loops: Mapping[str, str] = field(default_factory=dict)

    def node(self, syntax: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ExpressionProblem("nested too deeply", syntax.col_offset, SHORTEN)
        match syntax:
            case ast.Constant():
                return constant(syntax)
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
                return negative(self._number(operand, depth))
            case ast.Compare():
                return self._compare(syntax, depth)
            case ast.BinOp():
                return self._calculate(syntax, depth)
            case ast.Call():
                return self._call(syntax, depth)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return texts(items, syntax)
        raise ExpressionProblem(
            f"`{construct(syntax)}` is not part of the language", syntax.col_offset,
            "see docs/rule-language.md",
        )  # fmt: skip

    def _name(self, syntax: ast.Name) -> Node:
        name = syntax.id
        kind = self.loops.get(name) or self.scope.subjects.get(name)
        if kind is not None:
            return Variable(subject(kind), name)
        if name in self.scope.values:
            return self.scope.values[name]
        if name in _FLAGS:
            return Constant(FLAG, name == "true")
        known = [*self.loops, *self.scope.subjects, *self.scope.values, "params"]
        raise ExpressionProblem(
            f"there is no name `{name}` here", syntax.col_offset,
            did_you_mean(name, known, f"the names are {', '.join(known)}; words go in quotes"),
        )  # fmt: skip

    def _attribute(self, syntax: ast.Attribute, depth: int) -> Node:
        name, at = syntax.attr, (syntax.end_col_offset or 0) - len(syntax.attr)
        if isinstance(syntax.value, ast.Name) and syntax.value.id == "params":
            return self._param(name, at)
        owner = self.node(syntax.value, depth + 1)
        kind = owner.type.kind
        if owner.type.base != "subject" or kind is None:
            raise ExpressionProblem(f"{owner.type} has no facts", at, "only subjects have facts")
        facts = facts_of(kind)
        if name not in facts:
            raise ExpressionProblem(
                f"there is no fact `{kind}.{name}`", at,
                did_you_mean(name, facts, f"see `stackaudit facts {kind}`"),
            )  # fmt: skip
        return Read(facts[name].type, owner, facts[name])

    def _param(self, name: str, at: int) -> Constant:
        if name not in self.scope.params:
            raise ExpressionProblem(
                f"the rule has no parameter `{name}`", at,
                did_you_mean(name, self.scope.params, "declare it under `params:`"),
            )  # fmt: skip
        return self.scope.params[name]

    def _flag(self, syntax: ast.expr, depth: int) -> Node:
        found = self.node(syntax, depth + 1)
        if found.type.base != "flag":
            message = f"true or false is meant here, this is {found.type}"
            raise ExpressionProblem(message, syntax.col_offset, "compare it")
        return found

    def _number(self, syntax: ast.expr, depth: int) -> Node:
        found = self.node(syntax, depth + 1)
        if found.type.base != "number":
            message = f"a number is meant here, this is {found.type}"
            raise ExpressionProblem(message, syntax.col_offset, "use a fact that is a number")
        return found

    def _compare(self, syntax: ast.Compare, depth: int) -> Node:
        at = syntax.col_offset
        if len(syntax.ops) != 1:
            raise ExpressionProblem("compare two things at a time", at, "write a < b and b < c")
        left = self.node(syntax.left, depth + 1)
        right = self.node(syntax.comparators[0], depth + 1)
        operator = syntax.ops[0]
        if isinstance(operator, ast.In | ast.NotIn):
            return membership(left, right, isinstance(operator, ast.NotIn), at)
        name = _COMPARISONS.get(type(operator))
        if name is None:
            raise ExpressionProblem("`is` is not part of the language", at, "use == or !=")
        left, right = as_word(left, right.type, at), as_word(right, left.type, at)
        fits = comparable if name in ("==", "!=") else rankable
        if not fits(left.type, right.type):
            message = f"{left.type} and {right.type} cannot be compared with {name}"
            raise ExpressionProblem(message, at, "compare things of one type and unit")
        return Compare(FLAG, name, left, right)

    def _calculate(self, syntax: ast.BinOp, depth: int) -> Node:
        operator, at = _ARITHMETIC.get(type(syntax.op)), syntax.col_offset
        if operator is None:
            raise ExpressionProblem("only + - * / are part of the language", at, "use + - * /")
        left, right = self._number(syntax.left, depth), self._number(syntax.right, depth)
        unit = {"+": sum_of, "-": sum_of, "*": product_of, "/": quotient_of}[operator]
        found = unit(left.type, right.type)
        if found is None:
            verb = "multiplied" if operator == "*" else "added"
            message = f"{left.type} and {right.type} cannot be {verb}"
            raise ExpressionProblem(message, at, "bring them to one unit first")
        return Calculate(found, operator, left, right)

    def _call(self, syntax: ast.Call, depth: int) -> Node:
        at = syntax.col_offset
        if not isinstance(syntax.func, ast.Name) or syntax.keywords:
            hint = "write function(argument, …)"
            raise ExpressionProblem("only the listed functions can be called", at, hint)
        name = syntax.func.id
        if name in _EACH and len(syntax.args) == 1 and isinstance(syntax.args[0], ast.GeneratorExp):
            return self._each(cast("Quantifier", name), syntax.args[0], depth)
        if name == "known" and not self.scope.may_ask_known:
            message = "`known()` is only for rules in inventory/"
            raise ExpressionProblem(message, at, f"leave it out: {NO_NONE}")
        if name not in FUNCTIONS:
            raise _no_function(name, at)
        function = FUNCTIONS[name]
        arguments = tuple(self.node(each, depth + 1) for each in syntax.args)
        problem = function.check(arguments)
        if problem:
            raise ExpressionProblem(f"{name}: {problem}", at, function.doc)
        return Call(function.result(arguments), name, arguments)

    def _each(self, name: Quantifier, syntax: ast.GeneratorExp, depth: int) -> Node:
        loop, at = syntax.generators[0], syntax.col_offset
        if len(syntax.generators) != 1 or len(loop.ifs) > 1 or loop.is_async:
            raise ExpressionProblem("one `for` and one `if` at most", at, "join them with `and`")
        items = self.node(loop.iter, depth + 1)
        kind = items.type.of.kind if items.type.of else None
        if kind is None or not isinstance(loop.target, ast.Name):
            message = f"`for` goes over a collection of subjects, this is {items.type}"
            raise ExpressionProblem(message, at, "for one of its texts, use `in`")
        variable = self._new_name(loop.target)
        inner = _Parser(self.scope, {**self.loops, variable: kind})
        condition = inner._flag(loop.ifs[0], depth + 1) if loop.ifs else None
        element = inner._element(name, syntax.elt, variable, depth)
        type_ = NUMBER if element is None else element.type
        return Each(type_, name, variable, items, condition, element)

    def _new_name(self, target: ast.Name) -> str:
        """The loop variable; a name that is taken already would change what values mean."""
        name = target.id
        taken = {*RESERVED, *self.loops, *self.scope.subjects, *self.scope.values}
        if name in taken or not NAME.fullmatch(name):
            message = f"`{name}` cannot be the name of a loop variable"
            hint = "it is taken" if name in taken else "use a-z, 0-9 and _"
            raise ExpressionProblem(message, target.col_offset, hint)
        return name

    def _element(
        self, name: Quantifier, syntax: ast.expr, variable: str, depth: int
    ) -> Node | None:
        if name == "sum":
            return self._number(syntax, depth + 1)
        if name != "count":
            return self._flag(syntax, depth + 1)
        if not (isinstance(syntax, ast.Name) and syntax.id == variable):
            raise ExpressionProblem(
                f"count counts `{variable}` itself", syntax.col_offset,
                f"write count({variable} for {variable} in … if …)",
            )  # fmt: skip
        return None


def _no_function(name: str, at: int) -> ExpressionProblem:
    if name in _EACH:
        message = f"`{name}` goes over a collection"
        return ExpressionProblem(message, at, f"write {name}(… for x in … if …)")
    hint = did_you_mean(name, [*FUNCTIONS, *_EACH], f"there are {', '.join([*FUNCTIONS, *_EACH])}")
    return ExpressionProblem(f"there is no function `{name}`", at, hint)


__all__ = ["ExpressionProblem", "Scope", "parse", "parse_flag"]
