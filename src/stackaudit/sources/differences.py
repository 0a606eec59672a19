"""What an import would write, and in what it differs from the inventory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Literal

from stackaudit.dataclass import dataclass
from stackaudit.inventory.values import ValueProblem, parse_money

Kind = Literal["new", "filled", "updated", "kept"]
"""new: a tool or flow; filled: a fact that was unknown; updated: one that an earlier import wrote;
kept: one that was stated otherwise, and stays."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the inventory and what was seen differ."""

    kind: Kind
    tool: str
    """The tool, or the flow, as people would name it."""
    key: str | None = None
    """None for a whole tool or flow."""
    before: Any = None
    after: Any = None
    of: Literal["tool", "flow"] = "tool"


@dataclass(slots=True)
class Plan:
    """What to write, and what to tell."""

    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """File of the inventory → changes as its editor takes them."""
    additions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The same for what is added to lists, when the changes within them are made."""
    differences: list[Difference] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.changes and not self.additions


def put(made: Plan, file: str, path: tuple[str | int, ...], value: Any) -> None:
    """Add a value to what is to be written into a file."""
    nest(made.changes.setdefault(file, {}), path, value)


def nest(entry: dict[Any, Any], path: Sequence[str | int], value: Any) -> None:
    """The same within one entry."""
    for key in path[:-1]:
        entry = entry.setdefault(key, {})
    entry[path[-1]] = value


def same(key: str, stated: Any, value: Any) -> bool:
    """Whether two values say the same: lists in any order, a price for a month or a year."""
    value = plain(value)
    if isinstance(stated, list) and isinstance(value, list):
        return sorted(map(str, stated)) == sorted(map(str, value))
    if key == "contract.cost" and isinstance(stated, str) and isinstance(value, str):
        try:
            return bool(parse_money(stated).per_year == parse_money(value).per_year)
        except ValueProblem:
            return False
    return bool(stated == value)


def plain(node: Any) -> Any:
    """Text and containers of Python's own, whatever they stood in."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [plain(each) for each in node]
    return node
