"""Missing integrations: needs that are not met, and the flows that would meet them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stackaudit.figures.lanes.model import Gap, LaneMap
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.columns import Cell, Column, naming
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.map_choice import MOST_GAPS, numbers_of
from stackaudit.outputs.report.slides.numbers import (
    figure_clause,
    figure_headline,
    figure_notes,
)
from stackaudit.outputs.report.slides.table import fits, table
from stackaudit.outputs.report.slides.tables import silo_table
from stackaudit.outputs.svg.palette import LIGHT

_COUNTS: Final = 74.0


def missing_slide(deck: Deck, drawn: LaneMap) -> None:
    """The slide with the flows that are missing, by their numbers in the map."""
    book, language = deck.book, deck.language
    page = deck.page(_headline(deck))
    gaps = book.lanes.detailed.gaps
    page.caption(_caption(deck, drawn, gaps))
    top = BODY.top
    if book.kpis.figure("needs").empty is None:
        _counts(page, deck, Rect(BODY.left, BODY.width, top, _COUNTS))
        top += _COUNTS + 18
    rest = Rect(BODY.left, BODY.width, top, BODY.bottom - top)
    if gaps:
        _table(page, deck, gaps, drawn, rest)
    elif book.lanes.empty is not None:
        page.empty(book.lanes.empty, rest, fill="missing")
    elif not book.lanes.detailed.flows_known:
        page.empty("flows-unknown", rest, fill="missing")
    else:
        why = book.kpis.figure("needs").empty
        known = language.word("slides.missing.none")
        _none(page, deck, f"{known} {language.reason(why)}" if why else known, rest)
    page.say(*figure_notes(book, language, "needs"), "", language.word("slides.missing.how"))
    deck.finish(page)


def _caption(deck: Deck, drawn: LaneMap, gaps: tuple[Gap, ...]) -> str:
    """What the numbers mean, and why some flows have none."""
    numbers = numbers_of(drawn, gaps)
    known = [numbers.get((gap.source, gap.target), MOST_GAPS + 1) for gap in gaps]
    parts = [deck.language.word("slides.missing.about")]
    if any(each > MOST_GAPS for each in known):
        parts.append(deck.language.word("slides.missing.undrawn"))
    return " ".join(parts)


def _headline(deck: Deck) -> str:
    """How many flows are missing, and how many needs that leaves unmet."""
    book, language = deck.book, deck.language
    kpi, gaps = book.kpis.figure("needs"), len(book.lanes.detailed.gaps)
    if not gaps:
        return figure_headline(book, language, "needs")
    if not kpi.value:
        return language.count("slides.headline.missing.only", gaps)
    return language.count("slides.headline.missing.needs", gaps,
                          needs=figure_clause(book, language, "needs"))  # fmt: skip


def _none(page: Page, deck: Deck, text: str, rect: Rect) -> None:
    """That nothing is missing, and instead how the tools hang together."""
    language = deck.language
    lines = fit.count(text, rect.width - 2 * 24, 20)
    high = 52 + fit.high(lines, 20, text)
    page.message(text, Rect(rect.left, rect.width, rect.top, high))
    if deck.book.silos.empty is None:
        columns, rows = silo_table(deck)
        says = language.chapter("silos")
        more = lambda number: language.count("more", number)  # noqa: E731
        below = Rect(rect.left, rect.width, rect.top + high + 20, rect.height - high - 20)
        table(page.canvas, below, columns, rows, name=says, says=says, more=more)


def _counts(page: Page, deck: Deck, rect: Rect) -> None:
    """How many needs are met, and how many are not."""
    language, kpi = deck.language, deck.book.kpis.figure("needs")
    width = (rect.width - 3 * 16) / 4
    for number, part in enumerate(kpi.parts):
        at = Rect(rect.left + number * (width + 16), width, rect.top, rect.height)
        name, value = language.kpi_part("needs", part.key), language.number(part.value)
        _count(page.canvas, at, value, name, strong=part.counts and part.value > 0)


def _count(canvas: Canvas, at: Rect, value: str, name: str, *, strong: bool) -> None:
    fill = LIGHT.danger["grave"] if strong else LIGHT.lane
    texts = (Text(value, 24, bold=True), Text(name, 13, lines=1))
    canvas.box(at, *texts, name=name, fill=fill, form="roundRect", anchor="ctr", inset=(14, 4, 10))


def _table(page: Page, deck: Deck, gaps: tuple[Gap, ...], drawn: LaneMap, rect: Rect) -> None:
    language, detailed = deck.language, deck.book.lanes.detailed
    names = {chip.id: chip.name for chip in detailed.chips}
    data = {each.dataset.id: each.dataset.name for each in deck.book.inventory.datasets}
    numbers = numbers_of(drawn, gaps)

    def row(found: Sequence[Gap]) -> tuple[Cell, ...]:
        """Missing flows of the same data from or to the same tool, with why the first one is."""
        first = found[0]
        why = "; ".join(first.why)
        if len(found) > 1:
            why = language.word("slides.missing.first", n=language.number(len(found)), why=why)
        known = {numbers.get((gap.source, gap.target), MOST_GAPS + 1) for gap in found}
        shown = [str(each) for each in sorted(known) if each <= MOST_GAPS]
        sources, targets = (
            list(dict.fromkeys(names[each] for each in ends))
            for ends in ((gap.source for gap in found), (gap.target for gap in found))
        )
        return (
            replace(naming(shown), bold=True, color=LIGHT.gap),
            replace(naming(sources), bold=True, ending=True),
            replace(naming(targets), bold=True, ending=True),
            Cell(language.listed(data.get(each, each) for each in first.data)),
            Cell(why, lines=3),
        )

    columns = (
        Column(language.word("column.number"), 0.8, "ctr"),
        Column(language.word("column.from"), 2),
        Column(language.word("column.to"), 2),
        Column(language.word("column.data"), 1.6),
        Column(language.word("column.why"), 5),
    )
    says = language.word("lane_map.gaps")
    more = lambda number: language.count("more", number)  # noqa: E731
    groups = [[gap] for gap in gaps]
    if not fits(rect, columns, list(map(row, groups))):
        groups = _together(gaps)
    rest = lambda number: language.count("more", sum(map(len, groups[-number:])))  # noqa: E731
    table(page.canvas, rect, columns, list(map(row, groups)), name=says, says=says, more=more,
          rest=rest)  # fmt: skip


def _together(gaps: Sequence[Gap]) -> list[list[Gap]]:
    """The missing flows of the same data to one tool, or from one; the most of them first."""
    to = Counter((gap.target, gap.data) for gap in gaps)
    out_of = Counter((gap.source, gap.data) for gap in gaps)
    found: dict[object, list[Gap]] = {}
    for gap in gaps:
        end, start = (gap.target, gap.data), (gap.source, gap.data)
        key = ("to", end) if to[end] >= out_of[start] else ("from", start)
        found.setdefault(key, []).append(gap)
    return sorted(found.values(), key=len, reverse=True)
