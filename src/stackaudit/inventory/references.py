"""Names that must lead somewhere: tools, datasets, capabilities and roadmap items.

The check runs on the tree as read, not on the model, so that a file with a misspelt key also
hears of its misspelt references, in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.errors import Place, Problem, did_you_mean
from stackaudit.inventory.nodes import Map, Node, Seq, unpack
from stackaudit.inventory.reader import Document


@dataclass(frozen=True, slots=True)
class Names:
    """All names that references may lead to, of all files of the inventory."""

    tools: frozenset[str]
    datasets: frozenset[str]
    capabilities: frozenset[str]
    roadmap: frozenset[str]
    capability_aliases: Mapping[str, str]
    """Other words for capabilities, for the hint only."""


@dataclass(frozen=True, slots=True)
class _To:
    """A scalar, or every item of a list, names something of this kind."""

    kind: str
    allowed: frozenset[str] = frozenset()


_TOOL: Final = _To("tool")
_TOOL_OR_NONE: Final = _To("tool", frozenset({"none"}))
_DATASET: Final = _To("dataset")
_CREDENTIAL: Final = {"held_by": _TOOL}

_TOOL_KEYS: Final[dict[str, Any]] = {
    "capabilities": _To("capability"),
    "collects": _DATASET,
    "holds": _DATASET,
    "erasure": _DATASET,
    "successor": _TOOL_OR_NONE,
    "grants": [{"on": _TOOL, "data": _DATASET, "held_by": _TOOL}],
}
_FLOW_KEYS: Final[dict[str, Any]] = {
    "from": _TOOL,
    "to": _TOOL,
    "through": _TOOL,
    "data": _DATASET,
    "credential": _CREDENTIAL,
}
_SECTIONS: Final[dict[str, Any]] = {
    "datasets": ("*", {"system_of_record": _TOOL_OR_NONE}),
    "capabilities": ("*", {"needs": _DATASET}),
    "tools": ("*", _TOOL_KEYS),
    "flows": [_FLOW_KEYS],
    "contracts": ("*", {"covers": _TOOL}),
    "roadmap": [{"tools": _TOOL, "depends_on": _To("roadmap")}],
}


def check_references(documents: Iterable[Document], names: Names) -> Iterator[Problem]:
    """A problem for every name that leads nowhere, in all files."""
    for document in documents:
        root = document.root
        if isinstance(root, Map):
            for section, shape in _SECTIONS.items():
                if section in root:
                    yield from _check(root[section], shape, root.position, document.file, names)
            yield from _reviewed_tools(root, document.file, names)


def _check(node: Node, shape: Any, at: int, file: str, names: Names) -> Iterator[Problem]:
    kind = type(shape)
    if kind is _To:
        yield from _names(node, shape, at, file, names)
    elif kind is tuple and isinstance(node, Map):
        for value in node.values():
            yield from _check(value, shape[1], node.position, file, names)
    elif kind is list and isinstance(node, Seq):
        for value in node:
            yield from _check(value, shape[0], node.position, file, names)
    elif kind is dict and isinstance(node, Map):
        for key, value in node.items():
            inner = shape.get(key)
            if inner is not None:
                position = node.value_position(key) if type(value) is str else at
                yield from _check(value, inner, position, file, names)


def _names(node: Node, to: _To, at: int, file: str, names: Names) -> Iterator[Problem]:
    known = _known(to.kind, names)
    if isinstance(node, str):
        if node not in known and node not in to.allowed:
            yield _unknown(node, to.kind, known, Place(file, *unpack(at)), names)
    elif isinstance(node, Seq):
        for number, item in enumerate(node):
            if isinstance(item, str) and item not in known and item not in to.allowed:
                place = Place(file, *unpack(node.item_position(number)))
                yield _unknown(item, to.kind, known, place, names)


def _known(kind: str, names: Names) -> frozenset[str]:
    if kind == "tool":
        return names.tools
    if kind == "dataset":
        return names.datasets
    return names.capabilities if kind == "capability" else names.roadmap


_WHERE: Final = {
    "tool": "add it under `tools:`",
    "dataset": "add it under `datasets:`",
    "capability": "see `stackaudit catalog capabilities`, or declare it under `capabilities:`",
    "roadmap": "add it under `roadmap:`",
}


def _unknown(
    name: str, kind: str, known: frozenset[str], place: Place, names: Names
) -> Problem:
    alias = names.capability_aliases.get(name.casefold()) if kind == "capability" else None
    hint = f"did you mean `{alias}`?" if alias else did_you_mean(name, known, _WHERE[kind])
    what = "roadmap item" if kind == "roadmap" else kind
    return Problem(f"unknown-{kind}", f"there is no {what} `{name}`", place, hint)


def _reviewed_tools(root: Map, file: str, names: Names) -> Iterator[Problem]:
    reviews = root.get("reviews")
    if not isinstance(reviews, Map):
        return
    for name in reviews:
        if name not in names.tools and "\0" not in name:
            place = Place(file, *unpack(reviews.key_position(name)))
            hint = did_you_mean(
                name, names.tools, "a tool that is gone stays under `tools:` as retired or rejected"
            )
            yield Problem("unknown-tool", f"there is no tool `{name}`", place, hint)
