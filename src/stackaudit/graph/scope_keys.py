"""The keys of a scope as words: `salesforce write`, `crm read of contact with contacts.read`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.graph.keys import Key, keys
from stackaudit.graph.structure import Structure

RIGHTS: Final = ("read", "write", "admin")
"""What a key allows, from less to more."""

_WORDS: Final = re.compile(
    r"(?P<on>\S+)(?: (?P<can>read|write|admin))?(?: of (?P<data>.+?))?(?: with (?P<scopes>.+))?"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What all keys that a tool holds to one other tool open there, taken together."""

    on: str
    can: str | None
    """The most that one of them allows; None if nobody said."""
    data: frozenset[str] | None
    """The datasets; None if nobody said: whatever is there."""
    scopes: frozenset[str] | None
    """The scopes, in the words of the tool that granted them; None if nobody said."""

    def words(self) -> str:
        """As a scope states it."""
        data = f"of {' '.join(sorted(self.data))}" if self.data else None
        scopes = f"with {' '.join(sorted(self.scopes))}" if self.scopes else None
        return " ".join(filter(None, (self.on, self.can, data, scopes)))


def key_texts(graph: Structure, tool: str) -> tuple[str, ...] | None:
    """The keys that the tool surely holds, in words; None if nobody said anything of its keys."""
    found = openings(graph, tool)
    if not found and graph.stack.tools[tool].grants is None:
        return None
    return tuple(each.words() for each in found.values())


def openings(graph: Structure, tool: str) -> Mapping[str, Opening]:
    """What the keys that the tool surely holds open, by the tool that they open."""
    return _together(_opening(each) for each in keys(graph, tool) if each.sure)


def _opening(key: Key) -> Opening:
    data = None if key.data is None else frozenset(key.data)
    scopes = None if key.scopes is None else frozenset(re.sub(r"\s+", "_", s) for s in key.scopes)
    return Opening(key.on, key.can, data, scopes)


def read_keys(texts: Iterable[str], renamed: Mapping[str, str]) -> Mapping[str, Opening]:
    """What the keys of a recorded scope opened, by tool; `renamed` leads from old ids to new."""
    return _together(found for text in texts if (found := _read(text, renamed)) is not None)


def _read(text: str, renamed: Mapping[str, str]) -> Opening | None:
    match = _WORDS.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    data = frozenset(re.split(r"[ ,]+", match["data"])) if match["data"] else None
    scopes = frozenset(re.split(r"[ ,]+", match["scopes"])) if match["scopes"] else None
    return Opening(renamed.get(match["on"], match["on"]), match["can"], data, scopes)


def _together(found: Iterable[Opening]) -> Mapping[str, Opening]:
    """One for each tool: the widest right, all data, all scopes; sorted."""
    by_tool: dict[str, Opening] = {}
    for each in found:
        other = by_tool.get(each.on)
        by_tool[each.on] = each if other is None else _both(other, each)
    return dict(sorted(by_tool.items()))


def _both(one: Opening, other: Opening) -> Opening:
    rights = [each for each in (one.can, other.can) if each is not None]
    return Opening(
        one.on,
        max(rights, key=RIGHTS.index, default=None),
        None if one.data is None or other.data is None else one.data | other.data,
        None if one.scopes is None or other.scopes is None else one.scopes | other.scopes,
    )
