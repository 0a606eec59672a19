"""From the text of an expression to Python's syntax tree, within limits that always hold.

Python's own parser reads the text and nothing of it is run. What that parser would quietly
drop (a comment) or quietly change (letters of other alphabets in names) is refused here.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Final

from stackaudit.rules.expressions.problem import ExpressionProblem

MAX_LENGTH: Final = 1_000
MAX_DEPTH: Final = 40
MAX_COMPREHENSIONS: Final = 2
MAX_NODES: Final = 2_000
"""What an expression may hold once the values that it names are written out in it."""

NAME: Final = re.compile(r"[a-z](_?[a-z0-9])*")
"""What a variable, a parameter or a value may be called."""

SHORTEN: Final = "name parts of it under `values:`"

_BREAKS: Final = str.maketrans("\n\r\t", "   ")
_TEXTS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'")
_MAY_WARN: Final = re.compile(r"\\|[0-9][A-Za-z]")
"""A backslash in a text, or a number that runs into a word."""


def one_line(text: str) -> str:
    """The text as offsets of problems count in it: line breaks and tabs are spaces."""
    return text.translate(_BREAKS).strip(" ")


def read_syntax(text: str) -> ast.expr:
    """Python's tree for an expression that :func:`one_line` made; raises ExpressionProblem."""
    if len(text) > MAX_LENGTH:
        raise ExpressionProblem(f"longer than {MAX_LENGTH:,} characters", 0, SHORTEN)
    _refuse_comment(text)
    try:
        body = _parsed(text)
    except SyntaxError as error:
        at = min(error.offset - 1, len(text)) if error.offset else len(text)
        raise ExpressionProblem("not an expression", at, "check brackets and operators") from None
    except (RecursionError, MemoryError, ValueError):
        raise ExpressionProblem("nested too deeply", 0, SHORTEN) from None
    _refuse_other_letters(text, body)
    return body


def _parsed(text: str) -> ast.expr:
    """Without Python's warnings, where there may be some: silencing them takes its time."""
    if not _MAY_WARN.search(text):
        return ast.parse(text, mode="eval").body
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


def characters(text: str, offset: int) -> int:
    """An offset in bytes, as Python's tree counts, as one in characters."""
    return offset if text.isascii() else len(text.encode()[:offset].decode(errors="ignore"))


def _refuse_comment(text: str) -> None:
    """Behind a `#` Python reads nothing, to the end of what was several lines once."""
    if "#" in text:
        at = _TEXTS.sub(lambda match: " " * len(match[0]), text).find("#")
        if at >= 0:
            raise ExpressionProblem("a comment in an expression", at, "write it above the key")


def _refuse_other_letters(text: str, body: ast.expr) -> None:
    """Python folds look-alikes into one name: full-width `tool` would be read as `tool`."""
    if text.isascii():
        return
    data = text.encode()
    for node in ast.walk(body):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            end = node.end_col_offset or 0
            if not data[:end].endswith(name.encode()) or not name.isascii():
                at = characters(text, node.col_offset)
                raise ExpressionProblem("names are made of a-z, 0-9 and _", at, "retype the name")


_WORDS: Final[dict[type, str]] = {
    ast.Subscript: "[…]", ast.Lambda: "lambda", ast.IfExp: "if … else", ast.JoinedStr: 'f"…"',
    ast.NamedExpr: ":=", ast.Dict: "{…}", ast.Set: "{…}", ast.ListComp: "[… for …]",
    ast.SetComp: "{… for …}", ast.DictComp: "{… for …}", ast.GeneratorExp: "… for …",
    ast.Await: "await", ast.Starred: "*", ast.UnaryOp: "+ or ~ before a number",
    ast.Yield: "yield", ast.YieldFrom: "yield",
}  # fmt: skip


def construct(syntax: ast.expr) -> str:
    """How people write what Python calls by the name of a class."""
    return _WORDS.get(type(syntax), type(syntax).__name__.lower())
