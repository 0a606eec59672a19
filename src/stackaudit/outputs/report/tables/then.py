"""What changed since an older audit, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from stackaudit.figures.report.changes import FindingThen, KpiChange
from stackaudit.outputs.report.tables.blocks import Block, Bullets, Grid, Heading, Text
from stackaudit.outputs.report.tables.model import Amount, Cell, Field, Pages, table

_LISTS: Final[tuple[Literal["new", "worse", "cleared", "reopened"], ...]] = (
    "new", "worse", "cleared", "reopened",
)  # fmt: skip


def blocks(pages: Pages) -> Iterator[Block]:
    """Figures then and now, what came and went, and the findings that are new or gone."""
    found, language = pages.book.changes, pages.language
    if found.empty == "nothing-to-compare":
        return
    yield Text(language.since(found.since))
    yield Grid(table("changes", "", _FIGURES, found.kpis, pages))
    entries = (
        ("tools_added", [each.name for each in found.tools_added]),
        ("tools_removed", [each.name for each in found.tools_removed]),
        ("flows_added", found.flows_added),
        ("flows_removed", found.flows_removed),
    )
    listed = tuple(_entry(pages, key, names) for key, names in entries if names)
    if listed:
        yield Bullets(listed)
    for key in _LISTS:
        then: tuple[FindingThen, ...] = getattr(found, key)
        if then:
            yield Heading(pages.word(f"changes.{key}"))
            yield Grid(table(f"changes/{key}", "", _THEN, then, pages))
    yield Text(language.count("changes.same", found.same))


def _entry(pages: Pages, key: str, names: Iterable[str]) -> Text:
    return Text(", ".join(names), pages.word(f"changes.{key}"))


def _value(each: KpiChange, value: float | None, pages: Pages) -> Cell:
    if value is None:
        return pages.word("unknown")
    return Amount(value) if each.unit == "money" else int(value)


_FIGURES: Final[tuple[Field[KpiChange], ...]] = (
    Field("figure", "text", 44, lambda each, p: p.language.kpi(each.id)),
    Field("before", "money", 14, lambda each, p: _value(each, each.before, p)),
    Field("after", "money", 14, lambda each, p: _value(each, each.after, p)),
)
_THEN: Final[tuple[Field[FindingThen], ...]] = (
    Field("severity", "severity", 10, lambda each, _: each.severity),
    Field("subject", "text", 24, lambda each, _: each.label),
    Field("message", "long", 60, lambda each, _: each.message),
    Field("rule", "text", 30, lambda each, _: each.rule),
)
