"""What changed since an older audit, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from stackaudit.figures.report.changes import FindingThen, KpiChange
from stackaudit.outputs.report.tables.blocks import Block, Bullets, Grid, Heading, Text
from stackaudit.outputs.report.tables.model import Amount, Cell, Field, Pages, Table, table

_LISTS: Final[tuple[Literal["new", "worse", "cleared", "reopened"], ...]] = (
    "new", "worse", "cleared", "reopened",
)  # fmt: skip


def blocks(pages: Pages) -> Iterator[Block]:
    """Figures then and now, what came and went, and the findings that are new or gone."""
    found, language = pages.book.changes, pages.language
    if found.empty == "nothing-to-compare":
        return
    yield Text(language.since(found.since))
    yield Grid(replace(figures(pages), title=""))
    listed = tuple(_entry(pages, key, names) for key, names in _came_and_went(pages) if names)
    if listed:
        yield Bullets(listed)
    for key in _LISTS:
        then: tuple[FindingThen, ...] = getattr(found, key)
        if then:
            yield Heading(pages.word(f"changes.{key}"))
            yield Grid(table(f"changes/{key}", "", _THEN, then, pages))
    yield Text(language.count("changes.same", found.same))


def figures(pages: Pages) -> Table:
    """The five figures, then and now."""
    found = pages.book.changes
    return table("changes", pages.language.since(found.since), _FIGURES, found.kpis, pages)


def entries(pages: Pages) -> Table:
    """Every tool, flow and finding that came or went, a row for each."""
    found = pages.book.changes
    title = pages.word("sheet.changes")
    why = pages.reason(found.empty) or pages.language.count("changes.same", found.same)
    return table("changes/entries", title, _ENTRIES, _entries(pages), pages, why)


def _entries(pages: Pages) -> Iterator[tuple[str, FindingThen | str]]:
    """What happened, and to which finding, tool or flow."""
    for key in _LISTS:
        then: tuple[FindingThen, ...] = getattr(pages.book.changes, key)
        for each in then:
            yield key, each
    for what, names in _came_and_went(pages):
        for name in names:
            yield what, name


def _came_and_went(pages: Pages) -> Iterator[tuple[str, Sequence[str]]]:
    found = pages.book.changes
    yield "tools_added", [each.name for each in found.tools_added]
    yield "tools_removed", [each.name for each in found.tools_removed]
    yield "flows_added", found.flows_added
    yield "flows_removed", found.flows_removed


def _entry(pages: Pages, key: str, names: Iterable[str]) -> Text:
    return Text(", ".join(names), pages.word(f"changes.{key}"))


def _label(each: FindingThen | str) -> Cell:
    return each if isinstance(each, str) else each.label


def _of(each: FindingThen | str, key: Literal["severity", "message", "rule"]) -> Cell:
    """What only findings have."""
    if isinstance(each, str):
        return None
    shown: Cell = getattr(each, key)
    return shown


def _value(each: KpiChange, value: float | None, pages: Pages) -> Cell:
    if value is None:
        return pages.word("unknown")
    return Amount(value) if each.unit == "money" else int(value)


_FIGURES: Final[tuple[Field[KpiChange], ...]] = (
    Field("figure", "text", 44, lambda each, p: p.language.kpi(each.id)),
    Field("before", "money", 14, lambda each, p: _value(each, each.before, p)),
    Field("after", "money", 14, lambda each, p: _value(each, each.after, p)),
)
_ENTRIES: Final[tuple[Field[tuple[str, FindingThen | str]], ...]] = (
    Field("change", "text", 44, lambda each, p: p.word(f"changes.{each[0]}")),
    Field("severity", "severity", 14, lambda each, _: _of(each[1], "severity")),
    Field("subject", "text", 34, lambda each, _: _label(each[1])),
    Field("message", "long", 90, lambda each, _: _of(each[1], "message")),
    Field("rule", "text", 34, lambda each, _: _of(each[1], "rule")),
)
_THEN: Final[tuple[Field[FindingThen], ...]] = (
    Field("severity", "severity", 10, lambda each, _: each.severity),
    Field("subject", "text", 24, lambda each, _: each.label),
    Field("message", "long", 60, lambda each, _: each.message),
    Field("rule", "text", 30, lambda each, _: each.rule),
)
