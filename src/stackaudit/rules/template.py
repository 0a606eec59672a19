"""Texts with placeholders: `{contract.name} uses {use:percent}`; checked when a rule is loaded."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import did_you_mean
from stackaudit.phrase import Phrase
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse
from stackaudit.rules.expressions.syntax import one_line
from stackaudit.rules.expressions.tree import Node
from stackaudit.rules.show import FORMATS, Wording, shown

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

    text: str
    """As written, with its style: use:percent."""
    tree: Node
    value: Compiled
    style: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces: plain strings and placeholders."""

    pieces: tuple[str | Placeholder, ...]
    wording: Wording | None = None
    """How the values of a text for a report are written; as :func:`shown` writes them if None."""

    def fill(self, subject: Any, today: dt.date, currency: str | None = None) -> str:
        """The text for a subject."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], str):
            return self.pieces[0]
        if self.wording is not None:
            return "".join(self._worded(self.wording, subject, today, currency))
        return "".join(
            [
                piece
                if isinstance(piece, str)
                else shown(piece.value(subject, today), piece.style, currency)
                for piece in self.pieces
            ]
        )

    def _worded(
        self, wording: Wording, subject: Any, today: dt.date, currency: str | None
    ) -> Iterator[str]:
        for number, piece in enumerate(self.pieces):
            if isinstance(piece, str):
                yield piece
                continue
            value = piece.value(subject, today)
            text = wording.shown(value, piece.style, currency, piece.tree.type)
            begins = number == 0 and isinstance(value, Phrase)  # a name stays as people write it
            yield text[:1].upper() + text[1:] if begins else text

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


def translated_template(text: str, original: Template, wording: Wording) -> Template:
    """A text in another language, with the placeholders of the original, each at least once.

    Raises ExpressionProblem; offsets count in :func:`one_line`.
    """
    known = {each.text: each for each in original.pieces if isinstance(each, Placeholder)}
    pieces: list[str | Placeholder] = []
    end, flat = 0, one_line(text)
    for match in _PLACEHOLDER.finditer(flat):
        pieces.append(_plain(flat, end, match.start()))
        if match[1] not in known:
            hint = did_you_mean(match[1], known, f"it has {_braced(known) or 'none'}")
            message = f"the original has no placeholder {{{match[1]}}}"
            raise ExpressionProblem(message, match.start(), hint)
        pieces.append(known[match[1]])
        end = match.end()
    pieces.append(_plain(flat, end, len(flat)))
    lacking = [name for name, each in known.items() if each not in pieces]
    if lacking:
        message = f"the translation lacks {_braced(lacking)} of the original"
        raise ExpressionProblem(message, 0, "say all that the original says")
    return Template(tuple(piece for piece in pieces if piece != ""), wording)


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


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
        return Placeholder(text, tree, Compiled(tree, variable), None)
    natural = NATURAL_STYLE.get(tree.type.unit or "")
    return Placeholder(text, tree, Compiled(tree, variable), style or natural)
