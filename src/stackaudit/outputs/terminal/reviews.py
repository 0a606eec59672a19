"""Reviews in the terminal: all of them as a table, or one with its scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console

from stackaudit.figures.reviews import ReviewRow, ReviewSheet
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.table import Column, gap_of, write_table
from stackaudit.outputs.terminal.words import number

_STATES: Final = {
    "none": "not reviewed",
    "requested": "requested",
    "in_review": "under review",
    "approved": "approved",
    "changed": "changed since",
    "expired": "ran out",
    "rejected": "rejected",
}
_LEVELS: Final = {
    "none": "no sensitive data",
    "restricted": "restricted data",
    "personal": "personal data",
    "special": "special categories",
}


def report_reviews(rows: Sequence[ReviewRow], console: Console) -> None:
    """Every tool: what it exposes, the state of its review, its age, what widened since."""
    columns = [Column("tool", least=12), Column("exposes"), Column("review"),
               Column("age", True), Column("ends"), Column("since then")]  # fmt: skip
    with Page(console) as page:
        if rows:
            cells = [_cells(row) for row in rows]
            write_table(page, columns, cells, indent=0, gap=gap_of(page))
            page.blank()
            _details(page, rows)
        page.write((_counted(rows), "strong"))
        if not all(row.level_known for row in rows):
            page.write(("+ or more: not everything that the tool handles is stated", "faint"))


def _cells(row: ReviewRow) -> tuple[Part, ...]:
    return (
        (row.tool, "type"),
        _level(row),
        _state(row),
        "" if row.age is None else f"{row.age} d",
        row.ends.isoformat() if row.ends else "",
        _since(row),
    )


def _level(row: ReviewRow) -> str:
    return row.level if row.level_known else f"{row.level}+"


def _state(row: ReviewRow) -> Part:
    word = "unknown" if row.state is None else _STATES[row.state]
    aside = "" if row.lifecycle in ("active", row.state) else f" ({row.lifecycle})"
    return (f"{word}{aside}", "plain" if row.state == "approved" else "strong")


def _since(row: ReviewRow) -> str:
    if row.widened:
        return "does more"
    if row.unclear:
        return "partly known"
    approved = row.state in ("approved", "expired")
    return "not recorded" if approved and not row.bound else ""


def _details(page: Page, rows: Sequence[ReviewRow]) -> None:
    """In full what the table has no room for."""
    for row in rows:
        said = (*row.dates, *row.widened)
        if said:
            page.listed([(row.tool, "type"), "  "], "; ".join(said), indent=0)
    if any(row.widened or row.dates for row in rows):
        page.blank()


def _counted(rows: Sequence[ReviewRow]) -> str:
    found = [f"{count} {_STATES[state]}" for state in _STATES if (count := _count(rows, state))]
    return f"{number(len(rows), 'tool')}: {', '.join(found)}" if found else number(0, "tool")


def _count(rows: Sequence[ReviewRow], state: str) -> int:
    return sum(row.state == state for row in rows)


def report_review(sheet: ReviewSheet, console: Console) -> None:
    """One tool: its review so far, what widened, its scope of today, what to look at."""
    with Page(console) as page:
        page.whole((sheet.row.name, "strong"), f"  {sheet.row.tool}")
        for label, words in _facts(sheet):
            page.write(words, indent=2, lead=(label, "label"), hang=14)
        _since_then(page, sheet.row)
        _section(page, "Its scope today, from what is stated", list(_scope_lines(sheet.scope)))
        title = f"What a review has to look at ({_LEVELS[sheet.row.level]})"
        _section(page, title, sheet.points)


def _facts(sheet: ReviewSheet) -> Iterator[tuple[str, str]]:
    row = sheet.row
    yield "review", "unknown" if row.state is None else _STATES[row.state]
    yield "exposes", _LEVELS[row.level] + ("" if row.level_known else ", or more")
    if row.on:
        ago = "still to come" if row.age is None else f"{number(row.age, 'day')} ago"
        yield "reviewed", f"{row.on.isoformat()}, {ago}"
    if row.by:
        yield "by", row.by
    if row.ends:
        yield "counts until", row.ends.isoformat()
    if row.dates:
        yield "but", "; ".join(row.dates)
    for label, listed in (("evidence", row.evidence), ("conditions", row.conditions)):
        if listed:
            yield label, "; ".join(listed)
    if sheet.proofs:
        yield "has to show", ", ".join(sheet.proofs)
    if row.lacks:
        yield "lacks", "; ".join(row.lacks)


def _section(page: Page, title: str, lines: Sequence[str]) -> None:
    page.blank()
    page.whole((title, "strong"))
    for line in lines or ["nothing is stated"]:
        page.listed(["• "], line)


def _scope_lines(scope: Mapping[str, Any]) -> Iterator[str]:
    for key, value in scope.items():
        if isinstance(value, dict):
            yield f"{key}: {', '.join(f'{name} {word}' for name, word in value.items())}"
        else:
            yield f"{key}: {value if isinstance(value, str) else ', '.join(value) or 'none'}"


def report_widened(sheet: ReviewSheet, console: Console) -> None:
    """What widened since the review, in words."""
    with Page(console) as page:
        page.whole((sheet.row.name, "strong"), f"  {sheet.row.tool}")
        _since_then(page, sheet.row)


def _since_then(page: Page, row: ReviewRow) -> None:
    page.blank()
    if row.state in ("none", "requested", "in_review", "rejected", None):
        page.write("There is no approval to compare with.")
    elif not row.bound:
        page.write("Its approval does not say what was reviewed, so nothing can be compared.")
    elif row.widened:
        day = row.on.isoformat() if row.on else "the review"
        page.whole((f"Since {day}", "strong"))
        for each in row.widened:
            page.listed([("+ ", "strong")], each)
    else:
        page.write("Nothing that is stated widened since its review.")
    for each in row.unclear:
        page.listed(["? "], f"{each} is not stated, so that something may be missing here")
