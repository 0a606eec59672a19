"""Activepieces: pieces.json, an extract of the community pieces.

A piece has triggers and actions; which of the two, the extract does not say. A piece is both: an
iPaaS reads from what it connects to and writes to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stackaudit.catalog.importing.sighting import Role, Sighting
from stackaudit.catalog.importing.sources import sources

_BOTH: tuple[Role, ...] = ("source", "destination")


def read(file: Path) -> Iterator[Sighting]:
    """Every piece, as source and as destination."""
    source = sources()["activepieces"]
    for entry in json.loads(file.read_text(encoding="utf-8")):
        for role in _BOTH:
            yield Sighting(
                origin="activepieces",
                role=role,
                key=entry["piece"],
                name=entry["displayName"],
                page=source.page(entry["piece"]).replace("/blob/", "/tree/"),
                hosts=tuple(entry["hosts_in_source"]),
                categories=tuple(entry["categories"]),
            )
