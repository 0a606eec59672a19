"""The making of the index from the data files: `python -m stackaudit.catalog.building`.

Runs when the package is built, and in memory where the index is missing or old.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from stackaudit.catalog.around import Words
from stackaudit.catalog.data import Data, Entry, read
from stackaudit.catalog.index import FILE, Index, decoded, encoded
from stackaudit.catalog.merging import Merged, merged
from stackaudit.catalog.naming import tables_of


def write_index(file: Path = FILE) -> None:
    """Write the index from the data beside this module; the old file or the new, never half."""
    half = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        half.write_bytes(built(read()))
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def built(data: Data) -> bytes:
    """The bytes of the index for this data."""
    products = merged(data)
    records = _records(data, products)
    around = Words.read(data.words)
    tables = tables_of(records, around)
    sold = tables.pop("sold")  # follows from the rest, of which alone the digest is
    header: dict[str, Any] = {
        **tables,
        "renamed": dict(sorted(products.renamed.items())),
        "datasets": data.datasets,
        "words": around.to_store(),
    }
    content = json.dumps([header, records], ensure_ascii=False).encode()
    digest = hashlib.sha256(content).hexdigest()
    return encoded({"digest": digest, **header, "sold": sold}, records)


def _records(data: Data, products: Merged) -> dict[str, Entry]:
    """Every product with its connectors and integrations.

    What names a product that is not there is left out; `check` reports it.
    """
    records = {id_: dict(entry) for id_, entry in products.entries.items()}
    for hub, listed in data.connectors.items():
        for id_, found in listed.items():
            record = records.get(products.id_of(id_), {})
            record.setdefault("hubs", []).extend([hub, c["as"], c["id"], c["page"]] for c in found)
    for each in data.integrations:
        from_, to, by = (products.id_of(each[name]) for name in ("from", "to", "by"))
        if from_ not in records or to not in records:
            continue
        way = [to, each["data"], each["method"], by, each["source"]]
        records[from_].setdefault("to", []).append(way)
        records[to].setdefault("from", []).append(from_)
    for record in records.values():
        if "from" in record:
            record["from"] = sorted(set(record["from"]))
        if record.get("status", {}).get("into"):
            record["status"] = {
                **record["status"],
                "into": products.id_of(record["status"]["into"]),
            }
    return records


def built_index() -> Index:
    """The index of the data as it is now, in memory."""
    return decoded(built(read()))


if __name__ == "__main__":
    write_index()
