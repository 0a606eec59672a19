"""What is wrong with the data that ships: asked by the tests, and by nobody who runs an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from stackaudit.catalog import forms
from stackaudit.catalog.around import Words
from stackaudit.catalog.connections import ROLES
from stackaudit.catalog.data import files, load, read
from stackaudit.catalog.forms import GROUPS, Notes
from stackaudit.catalog.index import DATA
from stackaudit.catalog.merging import Merged, merged
from stackaudit.catalog.naming import keys_of
from stackaudit.inventory.nodes import Map, Node, Seq
from stackaudit.inventory.reader import read_document

_COMPLETE: Final = ("name", "vendor", "capabilities", "holds", "sources")
"""What a checked entry has; not `domains`, since several products may share their vendor's."""
_WITH_SOURCE: Final = ("sign_in", "sso_cost", "certifications", "detection")
_PRIVACY: Final = ("none", "personal", "special")
_CONFIDENTIALITY: Final = ("public", "internal", "confidential", "restricted")


def check(folder: Path = DATA) -> list[str]:
    """Every problem of every file, as lines to read; empty if nothing is wrong."""
    known = frozenset(load(folder / "datasets.yaml"))
    found = [*_datasets(folder / "datasets.yaml")]
    for part in ("products", "imported"):
        for file in files(folder / part):
            found.extend(_product_file(file, known))
    for file in files(folder / "integrations"):
        found.extend(_integration_file(file, known))
    if found:
        return found  # what follows relies on the form
    products = merged(read(folder))
    return [*_twice(folder), *_names(folder, products), *_references(folder, products)]


def _document(file: Path) -> tuple[Node, Notes]:
    document = read_document(file.read_bytes(), f"{file.parent.name}/{file.name}")
    return document.root, Notes(document.file, list(document.problems))


def _lines(notes: Notes) -> list[str]:
    return [str(problem) for problem in sorted(notes.problems, key=str)]


def _sorted(notes: Notes, root: Map) -> None:
    for before, after in pairwise(root):
        if before >= after:
            message = f"{after} stands after {before}; the file is sorted by id"
            notes.add("order", message, root.key_position(after))


def _datasets(file: Path) -> list[str]:
    root, notes = _document(file)
    root = notes.mapping(root, 0, "the file")
    _sorted(notes, root)
    readers = {
        "name": forms.text,
        "definition": forms.text,
        "privacy": forms.one_of(_PRIVACY),
        "confidentiality": forms.one_of(_CONFIDENTIALITY),
        "identity": forms.list_of(forms.text),
    }
    for id_, node in root.items():
        at = root.key_position(id_)
        entry = notes.mapping(node, at, "a dataset")
        notes.fields(entry, readers)
        list(notes.missing(entry, at, tuple(readers)))
    return _lines(notes)


def _product_file(file: Path, datasets: frozenset[str]) -> list[str]:
    root, notes = _document(file)
    if root is None and not notes.problems:
        return []
    root = notes.mapping(root, 0, "the file")
    _sorted(notes, root)
    for id_, node in root.items():
        at = root.key_position(id_)
        if not forms.ID.fullmatch(id_):
            notes.add("bad-id", f"{id_} is not an id", at)
        entry = forms.product(notes, node, at)
        for code, message in _meaning(entry, datasets):
            notes.add(code, f"{id_}: {message}", at)
    return _lines(notes)


def _meaning(entry: Mapping[str, Any], datasets: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry whose fields are right."""
    sources = entry.get("sources") or {}
    if not entry.get("name"):
        yield "missing-key", "has no name"
    if not sources.get("product"):
        yield "no-source", "names no page for `product`"
    for group in _WITH_SOURCE:
        if entry.get(group) and not sources.get(group):
            yield "no-source", f"names no page for `{group}`"
    for group in GROUPS[1:]:
        if group in sources and group not in entry:
            yield "no-fact", f"names a page for `{group}` and says nothing of it"
    for dataset in set(entry.get("holds", ())) - datasets:
        yield "unknown-dataset", f"{dataset} is not in datasets.yaml"
    yield from _status(entry.get("status") or {}, sources)
    missing = [key for key in _COMPLETE if not entry.get(key)]
    if entry.get("checked") and missing:
        yield "incomplete", f"is marked as checked and lacks {', '.join(missing)}"


def _status(status: Mapping[str, Any], sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    state = status.get("state", "active")
    if state != "active" and not (status.get("year") and sources.get("status")):
        yield "no-source", f"is {state} and does not say since which year and where that stands"
    if (state == "merged") != ("into" in status):
        yield "bad-status", "`into` goes with `state: merged`, and only with it"


def _twice(folder: Path) -> Iterator[str]:
    """Products that two files of one part declare."""
    for part in ("products", "imported"):
        owners = Counter(id_ for file in files(folder / part) for id_ in load(file) or ())
        for id_, times in sorted(owners.items()):
            if times > 1:
                yield f"{part}: {id_} is declared {times} times"


def _integration_file(file: Path, datasets: frozenset[str]) -> list[str]:
    root, notes = _document(file)
    if root is None and not notes.problems:
        return []
    if not isinstance(root, Seq):
        return [*_lines(notes), f"{notes.file}: the file is not a list"]
    before: tuple[str, ...] = ()
    for number, node in enumerate(root):
        at = root.item_position(number)
        entry = notes.mapping(node, at, "an integration")
        found = notes.fields(entry, forms.INTEGRATION)
        if list(notes.missing(entry, at, tuple(forms.INTEGRATION))):
            continue
        ends = (found.get("from", ""), found.get("to", ""), found.get("method", ""))
        if before >= ends:
            notes.add("order", "the list is sorted by from and to, each with a method once", at)
        if ends[0] == ends[1]:
            notes.add("bad-value", "leads to itself", at)
        if not found.get("data"):
            notes.add("bad-value", "carries nothing", at)
        for dataset in set(found.get("data", ())) - datasets:
            notes.add("unknown-dataset", f"{dataset} is not in datasets.yaml", at)
        before = ends
    return _lines(notes)


def _names(folder: Path, products: Merged) -> Iterator[str]:
    """Names that two products claim as theirs."""
    around = Words.read(load(folder / "words.yaml"))
    owners: dict[str, list[str]] = {}
    for id_, entry in products.entries.items():
        for name in keys_of(entry, around).stated:
            owners.setdefault(name, []).append(id_)
    for name, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield f"the name {name!r} means {' and '.join(ids)}"


def _references(folder: Path, products: Merged) -> Iterator[str]:
    """Products that are named and do not exist."""
    data = read(folder)
    for id_, entry in products.entries.items():
        into = (entry.get("status") or {}).get("into")
        if into and products.id_of(into) not in products.entries:
            yield f"{id_}: was merged into {into}, which is not there"
    for hub, listed in data.connectors.items():
        for id_, found in listed.items():
            if products.id_of(id_) not in products.entries:
                yield f"connectors/{hub}: {id_} is not there"
            if not all(_is_connector(each) for each in found):
                yield f"connectors/{hub}: {id_}: a connector has as, id and page"
    yield from _ends(data.integrations, products)


def _is_connector(entry: Mapping[str, Any]) -> bool:
    right = entry.keys() == {"as", "id", "page"} and entry["as"] in ROLES
    return right and forms.PAGE.fullmatch(entry["page"]) is not None


def _ends(integrations: Iterable[Mapping[str, Any]], products: Merged) -> Iterator[str]:
    """Integrations of products that do not exist, and those stated twice."""
    ways: Counter[tuple[str, str, str]] = Counter()
    for each in integrations:
        from_, to = products.id_of(each["from"]), products.id_of(each["to"])
        ways[from_, to, each["method"]] += 1
        for end in (from_, to):
            if end not in products.entries:
                yield f"integration {from_} → {to}: {end} is not there"
    for (from_, to, method), times in sorted(ways.items()):
        if times > 1:
            yield f"integration {from_} → {to} by {method} is stated {times} times"
