"""Where the project is on the web; the only place that says so (a test compares pyproject.toml)."""

from __future__ import annotations

from typing import Final

HOMEPAGE: Final = "https://github.com/stackaudit/stackaudit"
ISSUES: Final = f"{HOMEPAGE}/issues"
DOCS: Final = f"{HOMEPAGE}/blob/main/docs"
"""The folder of the documentation; its pages are named below it: `rules/bloat/idle-seats.md`."""
