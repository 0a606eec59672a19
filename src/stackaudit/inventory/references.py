"""Names that must lead somewhere: tools, datasets, capabilities and roadmap items.

The check runs on the tree as read, not on the model, so that a file with a misspelt key also
hears of its misspelt references, in one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem, did_you_mean, quoted
from stackaudit.inventory.model.scalars import ID_PATTERN
from stackaudit.inventory.nodes import Map, Node, Seq, unpack
from stackaudit.inventory.reader import Document

MANY_NAMES: Final = 1_000
MAX_SEARCHES: Final = 20
"""Among many names, the nearest is looked for only so often: each search takes a while."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names that references may lead to, of all files of the inventory."""

    known: Mapping[str, frozenset[str]]
    """The ids of each kind: tool, dataset, capability, roadmap item."""
    capability_aliases: Mapping[str, str]
    """Other words for capabilities, in lower case, for the hint only."""


def names_of(documents: Iterable[Document], capability_names: Mapping[str, str]) -> Names:
    """Every id that any file declares, whether or not the rest of the entry is right."""
    ids: dict[str, set[str]] = {"tools": set(), "datasets": set(), "capabilities": set()}
    roadmap: set[str] = set()
    for document in documents:
        root = document.root if isinstance(document.root, Map) else {}
        for section, node in (*root.items(), *document.repeated):
            if section in ids and isinstance(node, Map):
                ids[section].update(node)
            elif section == "roadmap" and isinstance(node, Seq):
                roadmap.update(_ids_of_items(node))
    known = {
        "tool": frozenset(ids["tools"]),
        "dataset": frozenset(ids["datasets"]),
        "capability": frozenset(ids["capabilities"].union(capability_names.values())),
        "roadmap item": frozenset(roadmap),
    }
    return Names(known, capability_names)


def _ids_of_items(items: Seq) -> Iterator[str]:
    for item in items:
        name = item.get("id") if isinstance(item, Map) else None
        if isinstance(name, str):
            yield name


@dataclass(frozen=True, slots=True)
class _To:
    """A scalar, or every item of a list, names something of this kind."""

    kind: str
    many: bool = False
    """Whether a list is meant."""
    or_none: bool = False
    """Whether `none` says that there is no such thing."""


@dataclass(frozen=True, slots=True)
class _Each:
    """Every entry of a mapping or list has this shape."""

    shape: Mapping[str, Any]


_TOOL: Final = _To("tool")
_TOOL_OR_NONE: Final = _To("tool", or_none=True)
_TOOLS: Final = _To("tool", many=True)
_DATASETS: Final = _To("dataset", many=True)
_CREDENTIAL: Final = {"held_by": _TOOL}

_SECTIONS: Final[Mapping[str, _Each]] = {
    "datasets": _Each({"system_of_record": _TOOL_OR_NONE}),
    "capabilities": _Each({"needs": _DATASETS}),
    "tools": _Each(
        {
            "capabilities": _To("capability", many=True),
            "collects": _DATASETS,
            "holds": _DATASETS,
            "erasure": _DATASETS,
            "successor": _TOOL_OR_NONE,
            "grants": _Each({"on": _TOOL, "data": _DATASETS, "held_by": _TOOL}),
        }
    ),
    "flows": _Each(
        {"from": _TOOL, "to": _TOOL, "through": _TOOL, "data": _DATASETS, "credential": _CREDENTIAL}
    ),
    "contracts": _Each({"covers": _TOOLS}),
    "roadmap": _Each({"tools": _TOOLS, "depends_on": _To("roadmap item", many=True)}),
    "observations": _Each({"tool": _TOOL, "data": _DATASETS}),
}
_WHERE: Final = {
    "tool": "add it under `tools:`",
    "dataset": "add it under `datasets:`",
    "capability": "see `stackaudit catalog capabilities`, or declare it under `capabilities:`",
    "roadmap item": "add it under `roadmap:`",
}


def check_references(documents: Iterable[Document], names: Names) -> Iterator[Problem]:
    """A problem for every name that leads nowhere, in all files."""
    hints = _Hints(names)
    for document in documents:
        if isinstance(document.root, Map):
            check = _Check(document.file, names, hints)
            for section, shape in _SECTIONS.items():
                yield from check.inside(document.root.get(section), shape)
            yield from check.keys(document.root.get("reviews"))


@dataclass(frozen=True, slots=True)
class _Check:
    """The check of one file; positions are looked up only for what is wrong."""

    file: str
    names: Names
    hints: _Hints

    def inside(self, node: Node, shape: Any) -> Iterator[Problem]:
        """Problems of references in a node of a shape: `_Each`, or a mapping of keys to shapes."""
        if isinstance(shape, _Each):
            for value in _values(node):
                yield from self.inside(value, shape.shape)
        elif isinstance(node, Map):
            for key, inner in shape.items():
                value = node.get(key)
                if value is None:
                    continue
                if isinstance(inner, _To):
                    yield from self._named(node, key, value, inner)
                else:
                    yield from self.inside(value, inner)

    def keys(self, reviews: Node) -> Iterator[Problem]:
        """Problems of reviews of tools that are not there."""
        known = self.names.known["tool"]
        gone = "a tool that is gone stays under `tools:` as retired or rejected"
        if not isinstance(reviews, Map):
            return
        for name in reviews:
            if name not in known and _is_id(name):
                yield self._unknown(name, "tool", reviews.key_position(name), gone)

    def _named(self, owner: Map, key: str, value: Node, to: _To) -> Iterator[Problem]:
        known = self.names.known[to.kind]
        if isinstance(value, Seq) and to.many:
            for number, item in enumerate(value):
                if isinstance(item, str) and item not in known and _is_id(item):
                    position = value.item_position(number)
                    yield self._unknown(item, to.kind, position, _WHERE[to.kind])
        elif isinstance(value, str) and not to.many and value not in known and _is_id(value):
            if value == "none" and to.or_none:
                return
            position = owner.value_position(key)
            yield self._unknown(value, to.kind, position, _WHERE[to.kind])

    def _unknown(self, name: str, kind: str, position: int, otherwise: str) -> Problem:
        hint = self.hints.of(name, kind) or otherwise
        code = f"unknown-{kind.partition(' ')[0]}"
        place = Place(self.file, *unpack(position))
        return Problem(code, f"there is no {kind} {quoted(name)}", place, hint)


@dataclass(slots=True)
class _Hints:
    """Nearest names: each looked for once, and only a few among very many names."""

    names: Names
    found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def of(self, name: str, kind: str) -> str | None:
        """What the writer may have meant; None when nothing is near."""
        if (kind, name) not in self.found:
            known = self.names.known[kind]
            if len(known) > MANY_NAMES and len(self.found) >= MAX_SEARCHES:
                return None
            self.found[kind, name] = self._nearest(name, kind, known)
        return self.found[kind, name]

    def _nearest(self, name: str, kind: str, known: frozenset[str]) -> str | None:
        aliases = self.names.capability_aliases
        if kind == "capability" and name.casefold() in aliases:
            return f"did you mean `{aliases[name.casefold()]}`?"
        return did_you_mean(name, known)


def _is_id(value: str) -> bool:
    """Whether the value could be a name; what could not is already refused as that."""
    return _ID.fullmatch(value) is not None


_ID: Final = re.compile(ID_PATTERN)


def _values(node: Node) -> Iterable[Any]:
    if isinstance(node, Map):
        return node.values()
    return node if isinstance(node, Seq) else ()
