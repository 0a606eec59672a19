"""Segment's documentation: destinations_compact.json, sources_compact.json and warehouse.yml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from stackaudit.catalog.importing.sighting import Sighting

_DOCS = "https://www.twilio.com/docs/segment/connections"


def read(folder: Path) -> Iterator[Sighting]:
    """Every destination, warehouse and cloud source; `folder` has the three files."""
    for entry in _json(folder / "destinations_compact.json"):
        yield _destination(entry)
    for entry in yaml.safe_load((folder / "warehouse.yml").read_text(encoding="utf-8"))["items"]:
        yield _warehouse(entry)
    for entry in _json(folder / "sources_compact.json"):
        if entry["source_type"] == "cloud-app":  # the others are libraries of Segment's own
            yield _source(entry)


def _json(file: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return entries


def _destination(entry: dict[str, Any]) -> Sighting:
    return Sighting(
        origin="segment",
        role="destination",
        key=entry["slug"],
        name=entry["display_name"],
        page=f"{_DOCS}/destinations/catalog/{entry['slug']}",
        website=entry["website"],
        categories=tuple(entry["categories"] or ()),
    )


def _warehouse(entry: dict[str, Any]) -> Sighting:
    return Sighting(
        origin="segment",
        role="destination",
        key=entry["slug"],
        name=entry["display_name"],
        page=f"{_DOCS}/storage/catalog/{entry['slug']}",
        categories=tuple(entry.get("categories") or ()),
    )


def _source(entry: dict[str, Any]) -> Sighting:
    return Sighting(
        origin="segment",
        role="source",
        key=entry["slug"],
        name=entry["display_name"],
        page=f"{_DOCS}/sources/catalog/cloud-apps/{entry['slug']}",
        categories=tuple(entry["categories"] or ()),
    )
