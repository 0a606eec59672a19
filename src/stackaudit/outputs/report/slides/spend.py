"""Where the money goes: a treemap of shapes, and beside it a chart of what could be saved."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.kpis import Part
from stackaudit.figures.report.spend import HEIGHT, WIDTH, Tile
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.chart import bars
from stackaudit.outputs.report.slides.columns import Cell, Column
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY, nodes
from stackaudit.outputs.report.slides.numbers import begun, figure_notes, figure_value
from stackaudit.outputs.report.slides.parts import Pen
from stackaudit.outputs.report.slides.table import table
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT, Use, use_of

_MAP: Final = 790.0
_LEGEND: Final = 30.0
_GAP: Final = 2.0
_PAD: Final = 8.0
_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 13.0, 12.0)
_PART: Final = 0.66
"""So much of a tile's height its name may take."""
_LEAST_ROOM: Final = 70.0
"""A name that is cut shorter than that cannot be told from another."""
_SIGNS: Final = 9.0
"""Of a name that has to be cut there shall be about so many letters."""
_BARS: Final = 8
_LARGE_SHARE: Final = 0.05
"""A contract with a smaller part of the whole is no headline."""
_MOST_NAMED: Final = 0.65
"""With less of the money than that in tiles with names, the dearest contracts stand in a table."""
_TABLE: Final = 0.5
"""The part of the width that this table takes."""
_USES: Final[tuple[Use, ...]] = ("low", "middle", "high", "over", "unknown")


def spend_slide(deck: Deck) -> None:
    """The slide with the money."""
    book, language, found = deck.book, deck.language, deck.book.spend
    page = deck.page(_headline(deck))
    page.say(language.about("spend"), *figure_notes(book, language, "cost"), "")
    page.say(*figure_notes(book, language, "savings"))
    if found.empty is not None:
        page.empty(found.empty, fill="spend")
        deck.finish(page)
        return
    parts = [e for e in book.kpis.figure("savings").parts if e.counts and e.value > 0][:_BARS]
    width = _MAP if parts else BODY.width
    rect = Rect(BODY.left, width, BODY.top, BODY.height - _LEGEND - 22)
    if _named(deck, rect) < _MOST_NAMED:
        rect = _dearest(page, deck, rect)
    _treemap(page, deck, rect)
    small = ""
    unnamed = [each for each in found.tiles if not _fitting(deck, each, rect)]
    if unnamed or page.canvas.cut:
        small = f" {language.word('slides.spend.small')}"
        page.say("; ".join(_said_of(deck, each) for each in unnamed))
    page.caption(language.about("spend") + small)
    _apart(page, deck)
    page.flush()
    if parts:
        rect = Rect(BODY.left + _MAP + 24, BODY.width - _MAP - 24, BODY.top, BODY.height - _LEGEND)
        _saved(page, deck, parts, rect)
    deck.finish(page)


def _headline(deck: Deck) -> str:
    """What the dearest contract is of the whole."""
    return begun(_said(deck))


def _said(deck: Deck) -> str:
    language, book = deck.language, deck.book
    cost, tiles = book.kpis.figure("cost"), book.spend.tiles
    if cost.empty is not None or not tiles:
        why = language.reason(book.spend.empty or cost.empty or "no-costs")
        return language.word("slides.headline.cost.unknown", why=why)
    value = language.word("a_year", value=figure_value(book, language, cost))
    dearest = tiles[0]
    if len(tiles) == 1:
        return language.word("slides.headline.cost.one", value=value, name=dearest.contract.name)
    if dearest.share < _LARGE_SHARE:
        return language.count("slides.headline.cost.spread", len(tiles), value=value)
    return language.word(
        "slides.headline.cost.some",
        value=value,
        name=fit.fitted(dearest.contract.name, 460, 28, bold=True),
        share=language.share(dearest.share),
    )


def _treemap(page: Page, deck: Deck, rect: Rect) -> None:
    language = deck.language
    says = language.about("spend")
    group = page.canvas.group(rect, language.chapter("spend"), says)
    for tile in deck.book.spend.tiles:
        _tile(group, deck, tile, _place(tile, rect))
    _legend(page.canvas, deck, rect)


def _place(tile: Tile, rect: Rect) -> Rect:
    """Where a tile stands in the treemap."""
    across, down = rect.width / WIDTH, rect.height / HEIGHT
    return Rect(
        rect.left + tile.rect.left * across + _GAP / 2,
        max(tile.rect.width * across - _GAP, 1),
        rect.top + tile.rect.top * down + _GAP / 2,
        max(tile.rect.height * down - _GAP, 1),
    )


def _named(deck: Deck, rect: Rect) -> float:
    """The part of the money in tiles that are large enough for their names."""
    return sum(each.share for each in deck.book.spend.tiles if _fitting(deck, each, rect))


def _fitting(deck: Deck, tile: Tile, rect: Rect) -> bool:
    """Whether a tile of the treemap is large enough for its name."""
    return bool(_texts(tile.contract.name, *_facts(deck, tile), _place(tile, rect)))


def _dearest(page: Page, deck: Deck, rect: Rect) -> Rect:
    """The contracts that cost the most as a table; returns the room beside it."""
    language, word = deck.language, deck.language.word
    columns = (
        Column(word("column.contract"), 3),
        Column(word("column.cost"), 1.6, "r"),
        Column(word("column.use"), 1, "r"),
    )
    rows = [
        (
            Cell(each.contract.name, bold=True, lines=1),
            Cell(language.money(each.cost, deck.book.currency)),
            Cell("–" if each.use is None else language.share(each.use)),
        )
        for each in deck.book.spend.tiles
    ]
    says = word("slides.spend.dearest")
    more = lambda number: language.count("more", number)  # noqa: E731
    width = rect.width * _TABLE
    at = Rect(rect.right - width, width, rect.top, rect.height)
    table(page.canvas, at, columns, rows, name=says, says=says, more=more, sizes=(13.0, 12.0),
          noted=False)  # fmt: skip
    return Rect(rect.left, rect.width - width - 20, rect.top, rect.height)


def _tile(group: Canvas, deck: Deck, tile: Tile, at: Rect) -> None:
    """A contract; its name, cost and use as far as they can be read in it."""
    texts = _texts(tile.contract.name, *_facts(deck, tile), at)
    group.box(
        at, *texts, name=f"Contract {tile.contract.name}", says=_said_of(deck, tile),
        fill=LIGHT.use[use_of(tile.use)], inset=(_PAD, 5, 4),
    )  # fmt: skip


def _facts(deck: Deck, tile: Tile) -> tuple[str, str]:
    """What a contract costs a year, and how much of what was bought is used."""
    language = deck.language
    used = language.word("spend.use_unknown")
    if tile.use is not None:
        used = language.word("spend.used", share=language.share(tile.use))
    return language.money(tile.cost, deck.book.currency), used


def _said_of(deck: Deck, tile: Tile) -> str:
    return f"{tile.contract.name}: {', '.join(_facts(deck, tile))}"


def _texts(name: str, money: str, used: str, at: Rect) -> list[Text]:
    """As much of them as can be read in a tile; no word is broken."""
    room, height = at.width - _PAD - 4, at.height - 10
    size, lines = _letters(visible(name), room, height)
    if not lines:
        return []
    texts = [Text(name, size, bold=True, lines=lines)]
    left = height - fit.high(lines, size)
    small = max(size * 0.75, _SIZES[-1])
    for text in (money, used):
        if fit.high(1, small) <= left and fit.wide(text, small) <= room:
            texts.append(Text(text, small))
            left -= fit.high(1, small)
    return texts


def _letters(name: str, room: float, height: float) -> tuple[float, int]:
    """The size and the number of lines at which a name is whole, or long enough to know it."""
    for size in _SIZES:
        lines = fit.count(name, room, size, bold=True)
        whole = lines <= 2 and fit.whole_words(name, room, size, bold=True)
        if whole and fit.high(lines, size) <= height * _PART:
            return size, lines
    smallest = _SIZES[-1]
    if fit.high(1, smallest) > height or room < _LEAST_ROOM:
        return smallest, 0
    return max(min(14.0, room / _SIGNS, height * _PART / 2 / fit.PX), smallest), 1


def _legend(canvas: Canvas, deck: Deck, rect: Rect) -> None:
    """What the colors mean."""
    language = deck.language
    there = {use_of(tile.use) for tile in deck.book.spend.tiles}
    left, top = rect.left, rect.bottom + 8
    for use in _USES:
        if use in there:
            text = language.word(f"slides.use.{use}")
            box = Rect(left, 18, top + 1, 16)
            canvas.box(box, name=text, fill=LIGHT.use[use], edge=Pen(LIGHT.edge, 0.75))
            width = fit.wide(text, 12) + 4
            at = Rect(left + 24, width, top, 18)
            canvas.label(at, Text(text, 12, color=LIGHT.faint), anchor="ctr")
            left += 24 + width + 18


def _apart(page: Page, deck: Deck) -> None:
    """What has no tile, counted; by name in the notes."""
    language, found = deck.language, deck.book.spend
    lists = (("unpriced", found.unpriced), ("unstated", found.unstated), ("free", found.free))
    parts = []
    for key, items in lists:
        if items:
            title = language.word(f"spend.{key}")
            parts.append(f"{title}: {language.number(len(items))}")
            page.say(f"{title}: {', '.join(each.name for each in items)}")
    if found.budget is not None:
        year = "" if found.year is None else str(found.year)
        budget = language.word("spend.budget", year=year).strip()
        parts.append(f"{budget}: {language.money(found.budget, deck.book.currency)}")
    if parts:
        at = Rect(BODY.left, BODY.width, BODY.bottom - 24, 20)
        page.canvas.label(at, Text("; ".join(parts), 12, color=LIGHT.faint), anchor="ctr")


def _saved(page: Page, deck: Deck, parts: list[Part], rect: Rect) -> None:
    """What clearing the findings would save, by contract."""
    language = deck.language
    saves = deck.book.kpis.figure("savings")
    value = figure_value(deck.book, language, saves)
    title = language.word("slides.spend.saved", value=value)
    names = [
        each.name if each.name is not None else language.kpi_part("savings", each.key)
        for each in parts
    ]
    chart = bars(
        page.slide,
        rect,
        title=title,
        names=[fit.fitted(each, 140, 12) for each in names],
        values=[round(each.value) for each in parts],
        colors=[LIGHT.sensitivity["personal"]] * len(parts),
        lang=page.canvas.lang,
    )
    money = [language.money(each.value, deck.book.currency) for each in parts]
    listed = "; ".join(f"{name}: {amount}" for name, amount in zip(names, money, strict=True))
    nodes(chart._element, ".//p:cNvPr")[0].set("descr", visible(f"{title}: {listed}"))
