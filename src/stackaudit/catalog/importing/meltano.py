"""Meltano Hub: plugins.json, an extract of the definitions of extractors and loaders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stackaudit.catalog.importing.sighting import Sighting

_HUB = "https://hub.meltano.com"


def read(file: Path) -> Iterator[Sighting]:
    """Every extractor and loader once, with the site that most of its variants name."""
    variants: dict[str, list[dict[str, Any]]] = {}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        variants.setdefault(entry["plugin"], []).append(entry)
    for plugin, entries in variants.items():
        yield _sighting(plugin, entries)


def _sighting(plugin: str, entries: list[dict[str, Any]]) -> Sighting:
    kind = entries[0]["kind"]
    sites = [entry["domain_url"] for entry in entries if entry["domain_url"]]
    labels = [entry["label"] for entry in entries]
    return Sighting(
        origin="meltano",
        role="source" if kind == "extractors" else "destination",
        key=plugin,
        name=max(sorted(set(labels)), key=labels.count),
        page=f"{_HUB}/{kind}/{plugin}",
        website=max(sorted(set(sites)), key=sites.count) if sites else None,
    )
