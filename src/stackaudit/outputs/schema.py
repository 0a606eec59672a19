"""The JSON Schema of the report."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from stackaudit.outputs.document import SCHEMA_VERSION, Report


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `-f json` prints."""
    schema = TypeAdapter(Report).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"stackaudit report, version {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as it is printed and committed."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"
