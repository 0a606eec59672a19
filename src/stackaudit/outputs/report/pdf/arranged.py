"""What stays together on the pages of the PDF, and what stands beside what."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

Block = dict[str, Any]
"""As the template is given it."""

_HALF_PAGE: Final = 2_500
"""Signs, at most: what is kept together is never longer than a page."""
_FEW: Final = 8
"""Chapters with so few rows and no picture share a page with others."""
_NARROW: Final = 6
"""So many columns of a table an upright page has room for."""
_LONG_ROW: Final = 40
"""Lines in a row of a table."""
_SHORT: Final = 14
"""Signs of a column that is not to be wide."""
_WORD: Final = re.compile("[^\\s\u200b-]+-?")
"""What is never broken at the end of a line."""
_ACROSS, _LEAST_ROOM = 180.0, 6.0
"""Signs that fit across a page, and into the narrowest column."""


def sections(chapters: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The chapters by the pages they are on: those with only a few lines share one."""
    found: list[dict[str, Any]] = []
    for chapter in chapters:
        brief = _is_brief(chapter["blocks"])
        if brief and found and found[-1]["brief"]:
            found[-1]["chapters"].append(chapter)
        else:
            wide = chapter["wide"] and not brief
            found.append({"wide": wide, "brief": brief, "chapters": [chapter]})
    return found


def _is_brief(blocks: Sequence[Block]) -> bool:
    """Whether a chapter may stand below another one, in one piece."""
    parts = [part for each in blocks for part in _parts(each)]
    rows = sum(len(each.get("rows") or each.get("entries") or ()) for each in parts)
    return all(map(_is_upright, parts)) and rows <= _FEW and _is_short(blocks)


def _parts(block: Block) -> Sequence[Block]:
    """What is kept together, one by one."""
    return block["blocks"] if block["kind"] == "kept" else (block,)


def _is_upright(block: Block) -> bool:
    """Whether it has room on an upright page: a text, a list, or a table of few columns."""
    if block["kind"] == "table":
        return len(block["columns"]) <= _NARROW
    return block["kind"] in ("text", "bullets", "heading")


def _is_short(blocks: Sequence[Block]) -> bool:
    return len(json.dumps(blocks, ensure_ascii=False)) <= _HALF_PAGE


def kept(blocks: Sequence[Block]) -> list[Block]:
    """What stands below a heading together with it, unless it is longer than half a page."""
    found: list[Block] = []
    for block in blocks:
        if block["kind"] == "heading":
            found.append({"kind": "kept", "blocks": [block]})
        elif found and found[-1]["kind"] == "kept" and block["kind"] in ("text", "bullets"):
            found[-1]["blocks"].append(block)
        else:
            found.append(block)
    for each in found:
        if each["kind"] == "kept":
            each["whole"] = _is_short(each["blocks"])
    return found


def pictured(blocks: Sequence[Block]) -> list[Block]:
    """Each picture together with the heading above it and what is said there."""
    found: list[Block] = []
    for block in kept(blocks):
        if block["kind"] == "picture" and found and found[-1]["kind"] == "kept":
            said = found.pop()["blocks"]
            whole = {"kind": "pictured", "blocks": said, "picture": block, "first": not found}
            found.append(whole)
        else:
            found.append(block)
    return found


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Sentences that follow one another as one paragraph, to stay on the page of their picture."""
    found: list[Block] = []
    for block in blocks:
        if found and all(
            each["kind"] == "text" and not each["label"] for each in (found[-1], block)
        ):
            found[-1] = {**block, "text": f"{found[-1]['text']} {block['text']}"}
        else:
            found.append(block)
    return found


def beside(block: Block) -> Block:
    """A list in two halves of about the same length, one beside the other."""
    entries = block["entries"]
    lengths = [len(each["label"]) + len(each["text"]) for each in entries]
    splits = range(1, len(entries) + 1)
    at = min(splits, key=lambda n: (max(sum(lengths[:n]), sum(lengths[n:])), n))
    return {"kind": "beside", "halves": [entries[:at], entries[at:]]}


def dense(
    columns: Sequence[Block], rows: Sequence[Sequence[Any]], *, narrow: bool = True
) -> list[Block]:
    """Columns that share the page by what is in them, none narrower than its longest word.

    Without `narrow` those that are as wide as what is in them stay so, and the others share.
    """
    return [
        {**column, "width": _room(column, [_said(row[number]) for row in rows])}
        if narrow or column["width"]
        else column
        for number, column in enumerate(columns)
    ]


def _room(column: Block, cells: Sequence[str]) -> float:
    """Signs: as many as the longest cell has, if they are not too many."""
    words = [word for text in (column["title"], *cells) for word in _WORD.findall(text)]
    longest = max(map(len, cells), default=0)
    return 2.5 + max(max(map(len, words), default=1), min(longest, column["width"] or _SHORT))


def _said(cell: Any) -> str:
    return cell["text"] if isinstance(cell, dict) else "\n".join(cell)


def long_rows(rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> list[bool]:
    """Which rows of a table may go on on the next page: others are kept together."""
    whole = sum(widths)
    room = [max(_ACROSS * each / whole, _LEAST_ROOM) for each in widths]
    return [_is_long(row, room) for row in rows]


def _is_long(row: Sequence[Any], room: Sequence[float]) -> bool:
    return any(
        sum(ceil(2 * len(line) / most) for line in cell) > _LONG_ROW
        for cell, most in zip(row, room, strict=True)
        if isinstance(cell, list)
    )
