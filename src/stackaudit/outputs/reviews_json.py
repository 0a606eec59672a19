"""Reviews for machines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from stackaudit.figures.reviews import ReviewRow, ReviewSheet

SCHEMA_VERSION: Final = 1


def rows_json(rows: Iterable[ReviewRow], as_of: dt.date) -> str:
    """All reviews, in their order."""
    return _text({"reviews": [asdict(row) for row in rows]}, as_of)


def sheet_json(sheet: ReviewSheet, as_of: dt.date) -> str:
    """The review of one tool, with its scope."""
    found = asdict(sheet)
    return _text({"reviews": [{**found.pop("row"), **found}]}, as_of)


def _text(document: dict[str, Any], as_of: dt.date) -> str:
    head = {"schema_version": SCHEMA_VERSION, "as_of": as_of}
    return json.dumps({**head, **document}, indent=2, ensure_ascii=True, default=str) + "\n"
