"""Several files into one stack: an id or a statement given twice is a problem, never a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from stackaudit.errors import Place, Problem, quoted
from stackaudit.inventory.consistency import inconsistent
from stackaudit.inventory.model import Budget, Flow, InventoryFile, Observation, Policy, RoadmapItem
from stackaudit.inventory.nodes import Map, Seq, unpack
from stackaudit.inventory.observed import observed
from stackaudit.inventory.origins import SECTIONS_BY_ID, Origins, declared
from stackaudit.inventory.reader import Document
from stackaudit.inventory.stack import Stack

T = TypeVar("T")

_ONCE: Final = ("organization", "currency", "confirmed", "exchange_rates", "policy", "budget")


def merged(
    documents: tuple[Document, ...],
    files: Sequence[InventoryFile | None],
    problems: list[Problem],
) -> Stack | None:
    """The stack that all files declare together; None, with problems, where they cannot.

    Repeated ids are found in the trees as read, so that they are reported even when an entry
    is wrong in another way.
    """
    origins = Origins(documents, {}, declared(documents))
    problems.extend(_declared_twice(origins))
    problems.extend(_stated_twice(documents))
    valid = [file for file in files if file is not None]
    if len(valid) < len(files):
        return None
    flows, flow_at = _listed(documents, "flows", [f.flows for f in valid], flow_id, problems)
    items, item_at = _listed(documents, "roadmap", [f.roadmap for f in valid], _own_id, problems)
    seen, seen_at = observed([f.observations for f in valid])
    listed = {"flows": flow_at, "roadmap": item_at, "observations": seen_at}
    stack = _stack(valid, flows, items, seen, Origins(documents, listed, origins.declared))
    problems.extend(inconsistent(stack))
    return stack


def _stack(
    files: Sequence[InventoryFile],
    flows: Mapping[str, Flow],
    roadmap: Mapping[str, RoadmapItem],
    observations: Mapping[str, Observation],
    origins: Origins,
) -> Stack:
    rates: Mapping[str, Any] = _once(files, "exchange_rates") or {}
    return Stack(
        organization=_once(files, "organization"),
        currency=_once(files, "currency"),
        confirmed=_once(files, "confirmed"),
        incomplete=frozenset(name for file in files for name in file.incomplete or ()),
        knows_flows=any(file.flows is not None for file in files),
        exchange_rates={code: rate for code, rate in sorted(rates.items()) if rate is not None},
        policy=_once(files, "policy") or Policy(),
        budget=_once(files, "budget") or Budget(),
        datasets=_by_id(files, "datasets"),
        capabilities=_by_id(files, "capabilities"),
        tools=_by_id(files, "tools"),
        flows=_sorted(flows),
        contracts=_by_id(files, "contracts"),
        reviews=_by_id(files, "reviews"),
        roadmap=_sorted(roadmap),
        observations=_sorted(observations),
        origins=origins,
    )


def _once(files: Sequence[InventoryFile], name: str) -> Any:
    return next((value for file in files if (value := getattr(file, name)) is not None), None)


def _by_id(files: Sequence[InventoryFile], section: str) -> Mapping[str, Any]:
    together: dict[str, Any] = {}
    for file in files:
        together.update(getattr(file, section) or {})
    return _sorted(together)


def _sorted(entries: Mapping[str, T]) -> Mapping[str, T]:
    return dict(sorted(entries.items(), key=lambda entry: entry[0]))


def _declared_twice(origins: Origins) -> Iterator[Problem]:
    """The same id in two files (twice in one file is already refused by the reader)."""
    for section in SECTIONS_BY_ID:
        first = origins.declared[section]
        for number, document in enumerate(origins.documents):
            node = document.root.get(section) if isinstance(document.root, Map) else None
            if not isinstance(node, Map):
                continue
            for entry in node:
                if first[entry] != number:
                    there = origins.place(section, entry)
                    message = f"{quoted(entry)} is already declared at {there}"
                    place = Place(document.file, *unpack(node.key_position(entry)))
                    hint = "remove one of the two, or give it another id"
                    yield Problem("duplicate-id", message, place, hint)


def _stated_twice(documents: tuple[Document, ...]) -> Iterator[Problem]:
    """The same statement about the whole stack in two files."""
    for name in _ONCE:
        stated = [
            Place(document.file, *unpack(document.root.key_position(name)))
            for document in documents
            if isinstance(document.root, Map) and document.root.get(name) is not None
        ]
        for place in stated[1:]:
            message = f"`{name}` is already stated at {stated[0]}"
            yield Problem("stated-twice", message, place, "state it once")


def flow_id(flow: Flow) -> str:
    """The flow's own id, or one made from what tells it from other flows."""
    return flow.id or made_id(flow.source, flow.target, flow.method, flow.through)


def made_id(source: str, target: str, method: str | None, through: str | None) -> str:
    """The id of a flow that has none of its own: shopify-to-hubspot-ipaas-via-zapier."""
    name = f"{source}-to-{target}"
    if method is not None:
        name += f"-{method.replace('_', '-')}"
    return name if through is None else f"{name}-via-{through}"


def _own_id(item: RoadmapItem) -> str:
    return item.id


def _listed(
    documents: tuple[Document, ...],
    section: str,
    lists: Sequence[Sequence[T] | None],
    id_of: Callable[[T], str],
    problems: list[Problem],
) -> tuple[dict[str, T], dict[str, tuple[int, int]]]:
    """The entries of a list by id, and for each its document and its number in the list."""
    entries: dict[str, T] = {}
    where: dict[str, tuple[int, int]] = {}
    for number, entries_of_file in enumerate(lists):
        for item, entry in enumerate(entries_of_file or ()):
            name = id_of(entry)
            if name in entries:
                first = _item_place(documents, section, *where[name])
                place = _item_place(documents, section, number, item)
                problems.append(_clash(section, name, first, place))
            else:
                entries[name] = entry
                where[name] = (number, item)
    return entries, where


def _item_place(documents: tuple[Document, ...], section: str, number: int, item: int) -> Place:
    document = documents[number]
    items = document.root.get(section) if isinstance(document.root, Map) else None
    position = items.item_position(item) if isinstance(items, Seq) else 0
    return Place(document.file, *unpack(position))


def _clash(section: str, name: str, first: Place, place: Place) -> Problem:
    what = "flow" if section == "flows" else "roadmap item"
    message = f"the {what} {quoted(name)} is already there at {first}"
    return Problem("duplicate-id", message, place, "give each an `id:` of its own, or remove one")
