"""JSON in ASCII, the same bytes for the same data."""

from __future__ import annotations

import json
from typing import Any


def json_text(node: Any) -> str:
    """Plain data as JSON text, with nothing in it that a CI log takes for a command.

    Azure's agent reads `##vso[` anywhere in a line, and in JSON a sign may be written by its
    number.
    """
    text = json.dumps(node, indent=2, ensure_ascii=True, allow_nan=False)
    return text.replace("##", "#\\u0023") + "\n"
