"""What an import found: columns, differences, doubts; in lines that can be searched for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from rich.console import Console

from stackaudit.outputs.terminal.page import Page
from stackaudit.outputs.terminal.words import number
from stackaudit.sources.differences import Difference
from stackaudit.sources.identify import Gathered
from stackaudit.sources.observation import Doubt, Remark
from stackaudit.sources.tables.columns import Column

FEW: Final = 12
"""So many rows of one kind of doubt are listed; more are counted, unless all are asked for."""

_WORDS: Final = {"new": "+", "filled": "+", "updated": "~", "kept": "="}


def report_columns(file: str, columns: Sequence[Column], console: Console) -> None:
    """What each column of a table was taken for."""
    with Page(console) as page:
        page.write((file, "strong"), ("  what its columns were taken for", "label"))
        named = [each for each in columns if each.name]
        width = min(max((page.cells(each.name) for each in named), default=0), 40)
        for each in named:
            meaning = each.field.key or each.field.name if each.field else "not read"
            shown = page.padded(page.cut(each.name, width), width)
            page.whole(shown, "  ", (meaning, "type" if each.field else "faint"), indent=2)
        page.blank()


def report_differences(differences: Iterable[Difference], console: Console) -> None:
    """What would be written, and what is stated otherwise and stays, tool by tool."""
    found = list(differences)
    with Page(console) as page:
        for tool, members in groupby(found, key=lambda each: each.tool):
            of_tool = list(members)
            if of_tool[0].kind == "new":
                page.listed([("+ ", "strong"), (tool, "strong"), "  "],
                            f"a new {of_tool[0].of}: {of_tool[0].after}", indent=2)  # fmt: skip
                continue
            page.whole((tool, "strong"), indent=2)
            for each in of_tool:
                page.listed([f"{_WORDS[each.kind]} ", (each.key or "", "type"), "  "], _said(each),
                            indent=4)  # fmt: skip
        page.whole((_counts(found), "strong"))
        page.blank()


def _said(each: Difference) -> str:
    if each.kind == "kept":
        here = "not stated on purpose" if each.before is None else _value(each.before)
        return f"stays {here}; the import says {_value(each.after)}"
    if each.kind == "updated":
        return f"{_value(each.before)} becomes {_value(each.after)}"
    return _value(each.after)


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:100]}…"


def _counts(found: Sequence[Difference]) -> str:
    kinds = [each.kind for each in found]
    new = [each.of for each in found if each.kind == "new"]
    counted = [
        (new.count("tool"), "new tool"), (new.count("flow"), "new flow"),
        (kinds.count("filled"), "fact filled in"),
        (kinds.count("updated"), "fact updated"), (kinds.count("kept"), "stated fact that stays"),
    ]  # fmt: skip
    plurals = {"fact filled in": "facts filled in", "fact updated": "facts updated",
               "stated fact that stays": "stated facts that stay"}  # fmt: skip
    parts = [number(count, noun, plurals.get(noun)) for count, noun in counted if count]
    return ", ".join(parts) or "nothing differs"


def report_doubts(found: Gathered, console: Console, *, every: bool = False) -> None:
    """What was not understood, by kind with its rows; then what was decided."""
    with Page(console) as page:
        _doubts(page, found, every=every)
        if found.remarks:
            page.whole(("Worth knowing", "strong"))
            for remark in found.remarks[: None if every else FEW]:
                page.listed(["• "], str(remark), indent=2)
            _more(page, len(found.remarks), every=every)
            page.blank()


def _doubts(page: Page, found: Gathered, *, every: bool) -> None:
    if not found.doubts:
        return
    total = len(found.doubts) + found.uncounted
    about = "it is" if total == 1 else "they are"
    page.whole((number(total, "doubt"), "strong"), (f"; what {about} about stays unknown", "label"))
    kinds: dict[tuple[str, str | None, str, str | None], list[Doubt]] = {}
    for each in found.doubts:
        kinds.setdefault((each.seen.file, each.column, each.message, each.hint), []).append(each)
    for (file, column, message, hint), doubts in kinds.items():
        rows = [str(each.seen.row) for each in doubts if each.seen.row is not None]
        shown = rows if every else rows[:FEW]
        more = f" and {len(rows) - len(shown)} more" if len(rows) > len(shown) else ""
        where = f"{file}, row{'s' if len(rows) > 1 else ''} {', '.join(shown)}{more}"
        lead = where if rows else file
        page.listed(
            ["? ", (f"{lead}{f', {column}' if column else ''}: ", "type")],
            message,
            (f" ({hint})" if hint else "", "label"),
            indent=2,
        )
    page.blank()


def _more(page: Page, total: int, *, every: bool) -> None:
    if total > FEW and not every:
        page.whole((f"… and {total - FEW} more", "label"), indent=4)


def doubts_text(found: Gathered) -> str:
    """All doubts and remarks as lines of a file."""
    from stackaudit.outputs.sanitize import visible

    lines: list[Doubt | Remark] = [*found.doubts, *found.remarks]
    text = "".join(f"{visible(str(each))}\n" for each in lines)
    return text + (f"and {found.uncounted} more\n" if found.uncounted else "")
