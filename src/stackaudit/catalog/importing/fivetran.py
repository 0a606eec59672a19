"""Fivetran's provider for Terraform: a folder with the lists of service ids.

The lists have ids and no names; fivetran_names.yaml says what is meant where nobody else does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stackaudit.catalog.importing.sighting import Role, Sighting
from stackaudit.catalog.importing.sources import sources

_FILES: tuple[tuple[Role, str, str], ...] = (
    ("source", "source_service_ids.json", "fields.json"),
    ("destination", "destination_service_ids.json", "destination-fields.json"),
)


def read(folder: Path) -> Iterator[Sighting]:
    """Every service id, as source or destination."""
    source = sources()["fivetran"]
    for role, file, published in _FILES:
        for key in json.loads((folder / file).read_text(encoding="utf-8")):
            page = source.page(published)
            yield Sighting(origin="fivetran", role=role, key=key, name="", page=page)
