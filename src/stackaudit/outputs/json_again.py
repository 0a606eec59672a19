"""The JSON report, written again from a report that was read."""

from __future__ import annotations

from stackaudit.outputs.document import Report
from stackaudit.outputs.encode.json_text import json_by_entry
from stackaudit.outputs.report_file import plain_of


def render(report: Report) -> str:
    """The same bytes that the audit itself writes."""
    return json_by_entry(plain_of(report))
