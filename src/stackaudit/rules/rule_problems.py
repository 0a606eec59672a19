"""What is wrong with one rule file, each thing with its line and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TypeAlias, TypeVar

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem
from stackaudit.inventory.nodes import Map, Seq, unpack, walk, walk_value
from stackaudit.rules.expressions.problem import ExpressionProblem
from stackaudit.rules.expressions.syntax import one_line
from stackaudit.rules.positions import position_in_scalar

T = TypeVar("T")

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys and numbers that lead to a part of the rule file."""


@dataclass(slots=True)
class RuleProblems:
    """Gathers the problems of a rule file, so that all are reported at once."""

    file: str
    text: str
    root: Map
    found: list[Problem] = field(default_factory=list)

    def note(self, code: str, message: str, path: Path, hint: str | None = None) -> None:
        """A problem with the value at the path, or with what is nearest to it."""
        position = walk_value(self.root, path) or 0
        self._add(code, message, position, hint)

    def note_key(self, code: str, message: str, path: Path, hint: str | None = None) -> None:
        """A problem with the key that the path ends with."""
        self._add(code, message, walk(self.root, path) or 0, hint)

    def attempt(self, action: Callable[[], T], path: Path) -> T | None:
        """What the action gives; None, with a problem at its character, if it refuses."""
        try:
            return action()
        except ExpressionProblem as problem:
            at = self._position(path, problem.offset)
            self._add("bad-expression", problem.message, at, problem.hint)
            return None

    def _position(self, path: Path, offset: int) -> int:
        """Of a character of the text at the path."""
        *parents, last = path
        owner = _at(self.root, tuple(parents))
        value, start = None, 0
        if isinstance(owner, Map) and last in owner:
            number = list(owner).index(str(last))
            value, start = owner[str(last)], owner.marks[2 * number + 1]
        elif isinstance(owner, Seq) and isinstance(last, int):
            value, start = owner[last], owner.marks[last]
        if not isinstance(value, str):
            return walk(self.root, path) or 0
        return position_in_scalar(self.text, start, one_line(value)[:offset])

    def _add(self, code: str, message: str, position: int, hint: str | None) -> None:
        self.found.append(Problem(code, message, Place(self.file, *unpack(position)), hint))


def _at(root: Map, path: Path) -> object:
    node: object = root
    for part in path:
        if (isinstance(node, Map) and isinstance(part, str)) or isinstance(node, Seq):
            node = node[part]  # type: ignore[index]
    return node
