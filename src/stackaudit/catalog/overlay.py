"""A user's own catalog: products and integrations that add to ours and override it.

    products:
      own-loyalty:                 # a product that we do not know
        name: Loyalty Engine
        vendor: Northwind
        capabilities: [loyalty]
      klaviyo:                     # one that we know: what stands here wins, the rest stays
        capabilities: [email, sms]
    integrations:
      - {from: own-loyalty, to: klaviyo, data: [contact], method: api, by: own-loyalty}

Entries have the form of our own. A source is welcome and not needed: it is their word.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.forms import INTEGRATION, Notes, WrongValue, id_, product
from stackaudit.catalog.overlaying import with_entries
from stackaudit.errors import InventoryError, did_you_mean
from stackaudit.inventory.nodes import Map, Seq
from stackaudit.inventory.reader import read_document
from stackaudit.inventory.tree import DISK, Tree

_SECTIONS: Final = ("products", "integrations")
_NEEDED: Final = ("from", "to", "data")


def overlaid(catalog: Catalog, path: str | Path, tree: Tree = DISK) -> Catalog:
    """The catalog with the user's own file on top.

    Raises InventoryError with all problems of the file, SurroundingsError if it cannot be read.
    """
    name = tree.name(Path(path))
    return overlaid_text(catalog, tree.read(Path(path), name), name)


def overlaid_text(catalog: Catalog, data: bytes, name: str = "<text>") -> Catalog:
    """The same for the content of a file."""
    document = read_document(data, name)
    notes = Notes(name, list(document.problems))
    if isinstance(document.root, Map):
        products = dict(_products(catalog, document.root, notes))
        integrations = list(_integrations(catalog, document.root, products, notes))
    else:
        products, integrations = {}, []
        if not notes.problems:
            notes.add("not-a-catalog", "a mapping is meant here", 0, "begin with `products:`")
    if notes.problems:
        raise InventoryError(notes.problems)
    return with_entries(catalog, products, integrations)


def _products(catalog: Catalog, root: Map, notes: Notes) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in root:
        if name not in _SECTIONS and not name.startswith("x-"):
            hint = did_you_mean(name, _SECTIONS, f"the keys here are {' and '.join(_SECTIONS)}")
            notes.add("unknown-key", "this key is not known here", root.key_position(name), hint)
    section = root.get("products")
    if section is None:
        return
    entries = notes.mapping(section, root.value_position("products"), "`products`")
    for name, node in entries.items():
        at = entries.key_position(name)
        try:
            id_(name)
        except WrongValue as wrong:
            notes.add("bad-id", wrong.message, at, wrong.hint)
        entry = product(notes, node, at)
        named = isinstance(node, Map) and node.get("name") is not None
        if catalog.get(name) is None and not named:
            message = "a product that we do not know needs a name"
            notes.add("missing-key", message, at, "add `name:`, or correct the id")
        yield name, entry


def _integrations(
    catalog: Catalog, root: Map, products: dict[str, Any], notes: Notes
) -> Iterator[dict[str, Any]]:
    section = root.get("integrations")
    if section is None:
        return
    at = root.value_position("integrations")
    if not isinstance(section, Seq):
        notes.add("bad-value", "`integrations` is a list", at, "begin each with a hyphen")
        return
    for number, node in enumerate(section):
        at = section.item_position(number)
        entry = notes.mapping(node, at, "an integration")
        found = notes.fields(entry, INTEGRATION)
        if list(notes.missing(entry, at, _NEEDED)):
            continue
        for end in ("from", "to"):
            name = found.get(end)
            if name and name not in products and catalog.get(name) is None:
                hint = did_you_mean(name, (*products, *catalog.ids()))
                position = entry.value_position(end)
                notes.add("unknown-product", "the catalog has no such product", position, hint)
        yield {"method": "api", "by": found.get("from", ""), "source": "", **found}
