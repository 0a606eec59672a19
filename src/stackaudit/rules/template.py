"""Texts with placeholders: `{contract.name} uses {use:percent}`; checked when a rule is loaded."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.errors import did_you_mean
from stackaudit.rules.expressions.compile import Compiled, compile_tree
from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse
from stackaudit.rules.expressions.tree import Node
from stackaudit.rules.show import FORMATS, shown

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*")
NATURAL_STYLE: Final = {"money a year": "money", "days": "days", "minutes": "duration", "share": "percent"}
"""How a number is shown that says nothing else, by its unit."""


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
        return "".join(
            each if isinstance(each, str) else shown(each.value(subject, today), each.style, currency)
            for each in self.pieces
        )

    @property
    def trees(self) -> tuple[Node, ...]:
        """The expressions of the placeholders."""
        return tuple(each.tree for each in self.pieces if isinstance(each, Placeholder))


def parse_template(text: str, scope: Scope, variable: str) -> Template:
    """Check and compile a text with placeholders; raises ExpressionProblem."""
    pieces: list[str | Placeholder] = []
    end = 0
    flat = " ".join(text.split())
    for match in _PLACEHOLDER.finditer(flat):
        pieces.append(flat[end : match.start()])
        pieces.append(_placeholder(match[1], scope, variable, match.start() + 1))
        end = match.end()
    pieces.append(flat[end:])
    for piece in pieces:
        if isinstance(piece, str) and ("{" in piece or "}" in piece):
            raise ExpressionProblem("a brace without its partner", 0, "write {name}")
    return Template(tuple(piece for piece in pieces if piece != ""))


def _placeholder(text: str, scope: Scope, variable: str, at: int) -> Placeholder:
    name, _, style = text.partition(":")
    if not _NAME.fullmatch(name):
        raise ExpressionProblem("a placeholder names a fact or a value", at, "write {tool.name}")
    if "__" in name:
        raise ExpressionProblem(f"there is no value `{name}`", at, "write {tool.name}")
    if style and style not in FORMATS:
        raise ExpressionProblem(
            f"there is no format `{style}`", at, did_you_mean(style, FORMATS, ", ".join(FORMATS))
        )
    tree = parse(name, scope)
    chosen = style or (NATURAL_STYLE.get(tree.type.unit or "") if tree.type.base == "number" else None)
    return Placeholder(tree, compile_tree(tree, variable), chosen)
