"""Slides with one table: renewals, paths, silos, and what changed since an older audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stackaudit.figures.report.changes import KpiChange
from stackaudit.figures.report.parts import ChapterId
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.slides.columns import Cell, Column, leading, naming
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.table import table
from stackaudit.outputs.svg.palette import LIGHT

_LINES = 12
"""Of names of tools, shared by the groups."""
_URGENT = 30
"""So few days before the last day for notice, it is red."""


def _tabled(
    page: Page, deck: Deck, chapter: ChapterId, columns: Sequence[Column], rows: list[list[Cell]]
) -> None:
    """The table of a chapter, or why there is none; the notes say how it was made."""
    language = deck.language
    page.caption(language.about(chapter))
    page.say(language.about(chapter))
    reason = deck.book.empty(chapter)
    if not rows:
        if reason is not None:
            page.empty(reason)
        else:
            page.message(language.word("none"))
    else:
        says = language.chapter(chapter)
        more = lambda number: language.count("more", number)  # noqa: E731
        table(page.canvas, BODY, columns, rows, name=says, says=says, more=more)
    deck.finish(page)


def renewals_slide(deck: Deck) -> None:
    """Contracts to decide on within a year."""
    language, found = deck.language, deck.book.renewals
    word = language.word
    headline = language.count("headline.renewals", len(found.soon))
    if found.empty is not None:
        headline = language.reason(found.empty)
    page = deck.page(headline)
    columns = (
        Column(word("column.contract"), 3),
        Column(word("column.deadline"), 1.6),
        Column(word("column.renews"), 1.6),
        Column(word("column.auto_renew"), 1.2),
        Column(word("column.cost"), 1.4, "r"),
    )
    rows = []
    for each in found.soon:
        late = each.days_left is not None and each.days_left < 0
        deadline = word("renewals.deadline_unknown")
        if each.deadline is not None:
            deadline = word("renewals.passed") if late else language.short_date(each.deadline)
        urgent = each.days_left is not None and each.days_left <= _URGENT
        cost = each.cost
        money = word("unknown") if cost is None else language.money(cost, deck.book.currency)
        rows.append([
            Cell(each.contract.name, bold=True, ending=True),
            Cell(deadline, bold=urgent, color=LIGHT.gap if urgent else LIGHT.ink),
            Cell(language.short_date(each.renews)),
            Cell(language.flag(each.auto_renew)),
            Cell(money),
        ])  # fmt: skip
    _tabled(page, deck, "renewals", columns, rows)


def paths_slide(deck: Deck) -> None:
    """The tools whose breach gives away the most, each with its way."""
    language, found = deck.language, deck.book.exposure
    word = language.word
    headline = word("slides.headline.paths.none")
    if found.top:
        widest = found.top[0]
        counted = language.count("exposure.exposes", len(widest.exposes))
        headline = f"{widest.tool.name}: {counted}"
    page = deck.page(headline)
    columns = (
        Column(word("column.tool"), 2),
        Column(word("column.review"), 1.2),
        Column(word("slides.exposure.opens"), 3.2),
        Column(word("column.data"), 2),
        Column(word("column.path"), 3.2),
    )
    rows = [
        [
            Cell(each.tool.name, bold=True, ending=True),
            Cell(language.review(each.state)),
            replace(naming([e.name for e in each.exposes]),
                    note="" if each.complete else word("exposure.at_least")),
            naming([e.name for e in each.data]),
            leading([e.name for e in each.path]),
        ]
        for each in found.top
    ]  # fmt: skip
    _tabled(page, deck, "exposure", columns, rows)


def silos_slide(deck: Deck) -> None:
    """The groups of tools, and those that stand alone."""
    language, found = deck.language, deck.book.silos
    word = language.word
    page = deck.page(word("slides.headline.silos", groups=len(found.components),
                          lone=language.number(len(found.lone))))  # fmt: skip
    columns, rows = silo_table(deck)
    _tabled(page, deck, "silos", columns, rows)


def silo_table(deck: Deck) -> tuple[Sequence[Column], list[list[Cell]]]:
    """Columns and rows: the groups, then the tools that stand alone."""
    language, found = deck.language, deck.book.silos
    word = language.word
    columns = (
        Column(word("column.subject"), 2),
        Column(word("column.tools"), 4.5),
        Column(word("column.data"), 2),
        Column(word("column.sensitivity"), 1.6),
    )
    lines = max(_LINES // max(len(found.components), 1), 4)
    rows = [
        [
            Cell(language.count("silos.group", len(each.tools)),
                 note=word("silos.island") if each.island else "", bold=True),
            naming([e.name for e in each.tools], lines=lines),
            naming([e.name for e in each.data]),
            Cell(language.sensitivity(each.sensitivity)),
        ]
        for each in found.components
    ]  # fmt: skip
    for sensitivity in SENSITIVITIES:
        alone = [each for each in found.lone if each.sensitivity == sensitivity]
        if alone:
            data = dict.fromkeys(e.name for each in alone for e in each.data)
            number = language.number(len(alone))
            sure = all(each.sure for each in alone)
            rows.append([
                Cell(f"{word('silos.lone')} ({number})", note="" if sure else word("silos.unsure")),
                naming([each.tool.name for each in alone], lines=6),
                naming(list(data)),
                Cell(language.sensitivity(sensitivity)),
            ])  # fmt: skip
    return columns, rows


def changes_slide(deck: Deck) -> None:
    """The five figures then and now, and how many findings are new, worse and cleared."""
    language, found = deck.language, deck.book.changes
    word = language.word
    headline = word(
        "slides.headline.changes",
        new=language.number(len(found.new)),
        worse=language.number(len(found.worse)),
        cleared=language.number(len(found.cleared)),
    )
    if found.empty is not None:
        headline = language.reason(found.empty)
    page = deck.page(headline)
    then = word("changes.before") if found.since is None else language.date(found.since)
    columns = (
        Column(word("column.figure"), 4),
        Column(then, 1.6, "r"),
        Column(word("changes.after"), 1.6, "r"),
    )
    rows = [
        [
            Cell(language.kpi(each.id), bold=True),
            Cell(_number(deck, each, each.before)),
            Cell(_number(deck, each, each.after), bold=True),
        ]
        for each in found.kpis
    ]
    for key, things in (("tools_added", found.tools_added), ("tools_removed", found.tools_removed)):
        if things:
            names = tuple(each.name for each in things)
            number = language.number(len(things))
            title = Cell(word(f"changes.{key}"), note_names=names)
            rows.append([title, Cell(""), Cell(number)])
    for key in ("new", "worse", "cleared", "reopened"):
        listed = getattr(found, key)
        if listed:
            titles = tuple(f"{each.label}: {each.message}" for each in listed)
            number = language.number(len(listed))
            title = Cell(word(f"changes.{key}"), note_names=titles)
            rows.append([title, Cell(""), Cell(number)])
    _tabled(page, deck, "changes", columns, rows)


def _number(deck: Deck, change: KpiChange, value: float | None) -> str:
    if value is None:
        return deck.language.word("unknown")
    if change.unit == "money":
        return deck.language.money(value, deck.book.currency)
    return deck.language.number(value)
