"""Texts with placeholders: `{contract.name} uses {use:percent}`; checked when a rule is loaded."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.errors import did_you_mean
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse
from stackaudit.rules.expressions.syntax import one_line
from stackaudit.rules.expressions.tree import Node
from stackaudit.rules.show import FORMATS, shown

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
NATURAL_STYLE: Final = {
    "money a year": "money",
    "days": "days",
    "minutes": "duration",
    "share": "percent",
}
"""How a number is shown that says nothing else, by its unit."""

_EXAMPLE: Final = "write {tool.name}"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One value inside a text."""

    tree: Node
    value: Compiled
    style: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces: plain strings and placeholders."""

    pieces: tuple[str | Placeholder, ...]

    def fill(self, subject: Any, today: dt.date, currency: str | None = None) -> str:
        """The text for a subject."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        return "".join(
            [
                piece
                if isinstance(piece, str)
                else shown(piece.value(subject, today), piece.style, currency)
                for piece in self.pieces
            ]
        )

    def record(self, subject: Any, today: dt.date) -> Any:
        """What a text that is one placeholder for a part of an inventory stands for; else None."""
        only = self.pieces[0] if len(self.pieces) == 1 else None
        if isinstance(only, Placeholder) and only.tree.type.base == "record":
            return only.value(subject, today)
        return None

    @property
    def trees(self) -> tuple[Node, ...]:
        """The expressions of the placeholders."""
        return tuple(each.tree for each in self.pieces if isinstance(each, Placeholder))


def parse_template(text: str, scope: Scope, variable: str) -> Template:
    """Check a text with placeholders; raises ExpressionProblem.

    Spaces and line breaks in a row count as one space. Offsets of problems count in
    :func:`one_line`.
    """
    pieces: list[str | Placeholder] = []
    end = 0
    flat = one_line(text)
    for match in _PLACEHOLDER.finditer(flat):
        pieces.append(_plain(flat, end, match.start()))
        pieces.append(_placeholder(match[1], scope, variable, match.start() + 1))
        end = match.end()
    pieces.append(_plain(flat, end, len(flat)))
    return Template(tuple(piece for piece in pieces if piece != ""))


def _plain(flat: str, start: int, end: int) -> str:
    piece = flat[start:end]
    brace = re.search("[{}]", piece)
    if brace:
        raise ExpressionProblem("a brace without its partner", start + brace.start(), _EXAMPLE)
    return re.sub(r"\s+", " ", piece)


def _placeholder(text: str, scope: Scope, variable: str, at: int) -> Placeholder:
    name, _, style = text.partition(":")
    if not _NAME.fullmatch(name) or "__" in name:
        raise ExpressionProblem("a placeholder names a fact or a value", at, _EXAMPLE)
    if style and style not in FORMATS:
        hint = did_you_mean(style, FORMATS, f"there are {', '.join(FORMATS)}")
        raise ExpressionProblem(f"there is no format `{style}`", at + len(name) + 1, hint)
    try:
        tree = parse(name, scope)
    except ExpressionProblem as problem:
        problem.offset += at
        raise
    if tree.type.base != "number":
        if style:
            message = f"`{style}` is a format of numbers, this is {tree.type}"
            raise ExpressionProblem(message, at, "leave the format out")
        return Placeholder(tree, Compiled(tree, variable), None)
    return Placeholder(
        tree, Compiled(tree, variable), style or NATURAL_STYLE.get(tree.type.unit or "")
    )
