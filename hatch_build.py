"""Makes the indexes when the package is built, for releases and editable installs.

That of the catalog is src/stackaudit/catalog/index.jsonl, that of the rules
src/stackaudit/rules/index.bin; git ignores both, and a release has them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path(__file__).parent / "src"


class Indexes(BuildHookInterface[Any]):
    """Writes both; the rules after the catalog, which they may look into."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Called by hatchling before it collects the files."""
        sys.path.insert(0, str(SOURCE))
        try:
            from stackaudit.catalog import building as catalog
            from stackaudit.rules import building as rules

            catalog.write_index()
            rules.write_index()
        finally:
            sys.path.remove(str(SOURCE))
