"""The data that the page carries for its script, and for programs: JSON inside the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.language import Language

SCHEMA: Final = 2
"""Goes up when a key changes its meaning."""
_ESCAPES: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""So that nothing in a name ends the element or begins another; the rest is ASCII anyway."""


def data(book: Book, language: Language, orders: Mapping[str, int]) -> str:
    """The JSON as it stands in a `script` element: ASCII, without <, > and &.

    The orders say by which number a text is sorted that a table shows.
    """
    found = {
        "schema": SCHEMA,
        "organization": book.organization,
        "as_of": book.as_of.isoformat(),
        "currency": book.currency,
        "verdict": {"outcome": book.kpis.verdict.outcome, "passed": book.kpis.verdict.passed},
        "kpis": [
            {"id": e.id, "value": e.value, "of": e.of, "at_least": e.at_least, "unit": e.unit}
            for e in book.kpis.figures
        ],
        **_graph(book),
        "orders": orders if "inventory" in book.chapters else {},
        "words": {"shown": language.words["ui.shown"], "none": language.word("ui.no_match")},
    }
    text = json.dumps(found, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _graph(book: Book) -> dict[str, Any]:
    """The tools, and by their numbers what is between them; a third number: it does not run."""
    chips = book.lanes.detailed.chips
    place = {each.id: number for number, each in enumerate(chips)}
    links = book.lanes.detailed.links
    return {
        "tools": [[each.id, each.name] for each in chips],
        "links": [
            [place[e.source], place[e.target], *([] if e.style in ("machine", "by_hand") else [1])]
            for e in links
        ],
        "chips": {
            each.id: [place[tool] for tool in each.tools if tool in place]
            for each in book.lanes.map.chips
        }
        if book.lanes.map.bundled
        else {},
    }
