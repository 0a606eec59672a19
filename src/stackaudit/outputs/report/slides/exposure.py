"""What is reviewed of what matters: a table of state by sensitivity, and the widest breaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.exposure import STATES, ReviewState, Spread
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.outputs.report.slides.canvas import Text
from stackaudit.outputs.report.slides.columns import Cell, Column, leading
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY
from stackaudit.outputs.report.slides.numbers import figure_headline, figure_notes
from stackaudit.outputs.report.slides.table import AIR, fits, table
from stackaudit.outputs.svg.exposure_grid import danger_of
from stackaudit.outputs.svg.palette import LIGHT, SIGNS

_PATHS, _FEW_PATHS = 170.0, 150.0
"""The room below the grid; less where the grid has many rows, which all have to be there."""
_MANY: Final = 4
_LEAST: Final = 130.0
"""With less room than that the paths stand in the notes alone."""
_SIZES, _SMALL = (15.0, 14.0, 13.0, 12.0), (13.0, 12.0)


def exposure_slide(deck: Deck) -> None:
    """The slide with the grid."""
    book, language, found = deck.book, deck.language, deck.book.exposure
    page = deck.page(figure_headline(book, language, "unreviewed"))
    page.caption(language.about("exposure"))
    page.say(*figure_notes(book, language, "unreviewed"), "")
    if found.empty is not None:
        page.empty(found.empty, fill="exposure")
    else:
        states = {each.state for each in found.squares}
        below = _FEW_PATHS if len(states) > _MANY else _PATHS
        end = _grid(page, deck, BODY.height - (below if found.top else 0))
        if found.top and BODY.bottom - end - 18 >= _LEAST:
            _paths(page, deck, end + 18)
    for square in found.squares:
        state, data = language.review(square.state), language.sensitivity(square.sensitivity)
        names = ", ".join(each.name for each in square.tools)
        page.say(f"{state}, {data} ({len(square.tools)}): {names}")
    page.say(*(_spread(deck, each) for each in found.top))
    deck.finish(page)


def _grid(page: Page, deck: Deck, height: float) -> float:
    """The grid, with all its rows; where it needs the room, there is none for the paths."""
    language, found = deck.language, deck.book.exposure
    there = [each for each in SENSITIVITIES if any(found.square(s, each) for s in STATES)]
    states = [each for each in STATES if any(found.square(each, s) for s in SENSITIVITIES)]
    columns = [Column(language.word("column.review"), 1.3)]
    columns += [Column(f"{SIGNS[each]}  {language.sensitivity(each)}", 2) for each in there]
    rows = [
        [Cell(language.review(state), bold=True), *(_square(deck, state, e) for e in there)]
        for state in states
    ]
    says = language.word("exposure.grid")
    more = lambda number: language.count("more", number)  # noqa: E731
    rect = Rect(BODY.left, BODY.width, BODY.top, height)
    sizes = _SMALL if len(states) > _MANY else _SIZES
    if not fits(rect, columns, rows, sizes, even=True):
        rect = BODY
    if not fits(rect, columns, rows, sizes, even=True):
        rows = [[replace(cell, note_lines=1) for cell in row] for row in rows]
    air = 0.0 if found.top else AIR
    return table(page.canvas, rect, columns, rows, name=says, says=says, more=more, sizes=sizes,
                 even=True, air=air)  # fmt: skip


def _square(deck: Deck, state: ReviewState, sensitivity: Sensitivity) -> Cell:
    tools = deck.book.exposure.square(state, sensitivity)
    if not tools:
        return Cell("")
    fill = LIGHT.danger[danger_of(state, sensitivity)]
    number = deck.language.number(len(tools))
    names = tuple(each.name for each in tools)
    return Cell(number, note_names=names, bold=True, fill=fill, larger=7)


def _paths(page: Page, deck: Deck, top: float) -> None:
    """The tools whose breach gives away the most, as many as there is room for."""
    language = deck.language
    title = language.word("exposure.paths")
    head = Rect(BODY.left, BODY.width, top, 26)
    page.canvas.label(head, Text(title, 15, bold=True), anchor="ctr")
    columns = (
        Column(language.word("column.tool"), 2.4),
        Column(language.word("slides.exposure.opens"), 3),
        Column(language.word("column.path"), 6),
    )
    rows = [
        (
            Cell(each.tool.name, bold=True, lines=1),
            Cell(language.count("verdict.tools", len(each.exposes)), lines=1),
            leading([e.name for e in each.path], lines=1),
        )
        for each in deck.book.exposure.top
    ]
    more = lambda number: language.count("more", number)  # noqa: E731
    rect = Rect(BODY.left, BODY.width, head.bottom + 2, BODY.bottom - head.bottom - 2)
    table(page.canvas, rect, columns, rows, name=title, says=title, more=more,
          sizes=(13.0, 12.0))  # fmt: skip


def _spread(deck: Deck, spread: Spread) -> str:
    counted = deck.language.count("exposure.exposes", len(spread.exposes))
    way = " → ".join(each.name for each in spread.path)
    return f"{spread.tool.name}: {counted}" + (f" ({way})" if way else "")
