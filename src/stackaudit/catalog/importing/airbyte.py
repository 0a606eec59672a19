"""Airbyte's registry: connectors_compact.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stackaudit.catalog.importing.sighting import Sighting


def read(file: Path) -> Iterator[Sighting]:
    """Every source and destination of the registry."""
    for entry in json.loads(file.read_text(encoding="utf-8")):
        yield _sighting(entry)


def _sighting(entry: dict[str, Any]) -> Sighting:
    key = entry["dockerRepository"].partition("/")[2]
    role = entry["kind"]
    return Sighting(
        origin="airbyte",
        role=role,
        key=key.removeprefix(f"{role}-"),
        name=entry["name"],
        page=entry["documentationUrl"],
        hosts=tuple(entry["allowed_hosts"] or ()),
    )
