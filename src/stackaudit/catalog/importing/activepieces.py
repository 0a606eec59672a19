"""Activepieces: pieces.json, an extract of the community pieces.

A piece has triggers, actions or both; the extract does not say which, so its role is `app`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.sources import sources


def read(file: Path) -> Iterator[Sighting]:
    """Every piece."""
    source = sources()["activepieces"]
    for entry in json.loads(file.read_text(encoding="utf-8")):
        yield Sighting(
            origin="activepieces",
            role="app",
            key=entry["piece"],
            name=entry["displayName"],
            page=source.page(entry["piece"]).replace("/blob/", "/tree/"),
            hosts=tuple(entry["hosts_in_source"]),
            categories=tuple(entry["categories"]),
        )
