"""What is written out in an expression: numbers, texts and words, checked against their types."""

from __future__ import annotations

import ast
from typing import Final

from stackaudit.errors import did_you_mean
from stackaudit.rules.expressions.problem import ExpressionProblem
from stackaudit.rules.expressions.tree import Calculate, Constant, In, Node
from stackaudit.rules.types import FLAG, NUMBER, TEXT, TEXTS, Type, comparable

NO_NONE: Final = "an unknown needs no word: it keeps a rule open by itself"
_LARGEST: Final = 1e15


def constant(syntax: ast.Constant) -> Constant:
    """A number, a text, true or false."""
    value, at = syntax.value, syntax.col_offset
    if isinstance(value, bool):
        return Constant(FLAG, value)
    if isinstance(value, int | float):
        if abs(value) > _LARGEST:
            raise ExpressionProblem("the number is too large", at, "write at most 15 digits")
        return Constant(NUMBER, value)
    if isinstance(value, str):
        return Constant(TEXT, value)
    hint = NO_NONE if value is None else 'write 25000, 0.4 or "enforced"'
    raise ExpressionProblem("not a number, a text, true or false", at, hint)


def texts(items: list[ast.expr], syntax: ast.expr) -> Constant:
    """A list of texts, written out."""
    values: list[str] = []
    for item in items:
        if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
            hint = 'write ["pilot", "active"]'
            raise ExpressionProblem("a list may only hold texts", item.col_offset, hint)
        values.append(item.value)
    if not values:
        raise ExpressionProblem("the list is empty", syntax.col_offset, "nothing is in it")
    return Constant(TEXTS, tuple(values))


def negative(number: Node) -> Node:
    """`-x`."""
    if isinstance(number, Constant):
        return Constant(number.type, -number.value)
    return Calculate(number.type, "-", Constant(NUMBER, 0), number)


def as_word(node: Node, other: Type, at: int) -> Node:
    """A text beside a word must be one of its words, and takes the type of the word."""
    if other.base != "word" or node.type != TEXT or not isinstance(node, Constant):
        return node
    _check_words((node.value,), other, at)
    return Constant(other, node.value, node.name)


def membership(item: Node, items: Node, inverted: bool, at: int) -> Node:
    """`x in y` and `x not in y`, between things that can be members and what has some."""
    if items.type.base != "many" or items.type.of is None:
        message = f"a collection is meant after `in`, this is {items.type}"
        raise ExpressionProblem(message, at, "for a single value, use ==")
    item = as_word(item, items.type.of, at)
    if isinstance(items, Constant) and item.type.base == "word":
        _check_words(items.value, item.type, at)
    elif not comparable(item.type, items.type.of):
        message = f"{item.type} cannot be in a {items.type}"
        raise ExpressionProblem(message, at, "ask for something of the type of its members")
    return In(FLAG, item, items, inverted)


def _check_words(used: tuple[str, ...], type_: Type, at: int) -> None:
    for word in used:
        if word not in type_.words:
            allowed = ", ".join(type_.words)
            hint = did_you_mean(word, type_.words, "use one of these words")
            raise ExpressionProblem(f"`{word}` is none of {allowed}", at, hint)
