"""Makes the index of the catalog when the package is built, for releases and editable installs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path(__file__).parent / "src"


class CatalogIndex(BuildHookInterface[Any]):
    """Writes src/stackaudit/catalog/index.jsonl, which git ignores and a release has for data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it collects the files."""
        sys.path.insert(0, str(SOURCE))
        try:
            from stackaudit.catalog.building import write_index

            write_index()
        finally:
            sys.path.remove(str(SOURCE))
