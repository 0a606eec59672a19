"""Entries put on top of a catalog: the user's word wins over ours, key by key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.index import Index
from stackaudit.catalog.naming import keys_of, seller_keys, stated_keys


def with_entries(
    catalog: Catalog,
    products: Mapping[str, Mapping[str, Any]],
    integrations: Iterable[Mapping[str, Any]],
) -> Catalog:
    """A catalog that says what `products` and `integrations` say, and the rest as before."""
    old = catalog.index
    changed = {old.renamed.get(id_, id_): dict(entry) for id_, entry in products.items()}
    records = {id_: _record(old, id_, entry) for id_, entry in changed.items()}
    for each in integrations:
        _connect(old, records, each)
    ids = [*old.ids, *(id_ for id_ in records if id_ not in old.records)]
    index = old._replace(
        digest=_digest(old.digest, records),
        ids=ids,
        records=dict(sorted({**old.records, **records}.items())),
        **_tables(old, changed, records, ids),
    )
    return Catalog(index)


def _record(old: Index, id_: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a product now: mappings are put together, other values replaced."""
    record = dict(old.record(id_)) if id_ in old.records else {}
    for key, value in entry.items():
        before = record.get(key)
        if isinstance(value, dict) and isinstance(before, dict) and key != "status":
            value = {**before, **value}  # noqa: PLW2901
        record[key] = value
    return {**record, "own": True, "thin": False}


def _connect(old: Index, records: dict[str, dict[str, Any]], each: Mapping[str, Any]) -> None:
    from_, to = (old.renamed.get(each[end], each[end]) for end in ("from", "to"))
    for id_ in (from_, to):
        if id_ not in records:
            records[id_] = dict(old.record(id_))
    way = [to, each["data"], each["method"], each["by"], each["source"]]
    known = [
        known for known in records[from_].get("to", ()) if known[0] != to or known[2] != way[2]
    ]
    records[from_]["to"] = [*known, way]
    records[to]["from"] = sorted({*records[to].get("from", ()), from_})


def _tables(
    old: Index,
    changed: Mapping[str, Any],
    records: Mapping[str, Mapping[str, Any]],
    ids: list[str],
) -> dict[str, Any]:
    """The names of ours, with those of the changed products as they are now.

    A name that the user gives to a product is that product's alone.
    """
    number = {id_: place for place, id_ in enumerate(ids)}
    gone = {number[id_] for id_ in changed}
    sure, weak, domains, sold = (
        {name: [n for n in owners if n not in gone] for name, owners in table.items()}
        for table in (old.sure, old.weak, old.domains, old.sold)
    )
    for id_, entry in changed.items():
        found = keys_of(records[id_], old.words)
        stated = stated_keys(entry)
        for name in stated:
            sure[name] = [number[id_]]
            weak.pop(name, None)
        for name in (found.stated | found.derived) - stated:
            sure.setdefault(name, []).append(number[id_])
        for name in found.weak - stated:
            weak.setdefault(name, []).append(number[id_])
        for name in records[id_].get("domains", ()):
            domains.setdefault(name, []).append(number[id_])
        for name in seller_keys(records[id_], old.words):
            sold.setdefault(name, []).append(number[id_])
    return {"sure": sure, "weak": weak, "domains": domains, "sold": sold}


def _digest(before: str, records: Mapping[str, Any]) -> str:
    content = json.dumps([before, records], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()
