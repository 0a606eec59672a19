"""Where the money goes: a treemap of shapes, and beside it a chart of what could be saved."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.kpis import Part
from stackaudit.figures.report.spend import HEIGHT, WIDTH, Tile
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Pen, Text
from stackaudit.outputs.report.slides.chart import bars
from stackaudit.outputs.report.slides.deck import Deck, Page
from stackaudit.outputs.report.slides.ground import BODY, nodes
from stackaudit.outputs.report.slides.numbers import begun, figure_notes, figure_value
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT, Use, use_of

_MAP: Final = 790.0
_LEGEND: Final = 30.0
_GAP: Final = 2.0
_PAD: Final = 8.0
_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 12.0, 11.0)
_PART: Final = 0.66
"""So much of a tile's height its name may take."""
_LEAST_ROOM: Final = 70.0
"""A name that is cut shorter than that cannot be told from another."""
_SIGNS: Final = 9.0
"""Of a name that has to be cut there shall be about so many letters."""
_BARS: Final = 8
_LARGE_SHARE: Final = 0.05
"""A contract with a smaller part of the whole is no headline."""
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
    _treemap(page, deck, Rect(BODY.left, width, BODY.top, BODY.height - _LEGEND - 22))
    small = f" {language.word('slides.spend.small')}" if page.canvas.cut else ""
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
    across, down = rect.width / WIDTH, rect.height / HEIGHT
    for tile in deck.book.spend.tiles:
        at = Rect(
            rect.left + tile.rect.left * across + _GAP / 2,
            max(tile.rect.width * across - _GAP, 1),
            rect.top + tile.rect.top * down + _GAP / 2,
            max(tile.rect.height * down - _GAP, 1),
        )
        _tile(group, deck, tile, at)
    _legend(page.canvas, deck, rect)


def _tile(group: Canvas, deck: Deck, tile: Tile, at: Rect) -> None:
    """A contract; its name, cost and use as far as they can be read in it."""
    language = deck.language
    use = use_of(tile.use)
    used = language.word("spend.use_unknown")
    if tile.use is not None:
        used = language.word("spend.used", share=language.share(tile.use))
    money = language.money(tile.cost, deck.book.currency)
    name = tile.contract.name
    texts = _texts(name, money, used, at)
    if not texts:
        group.left_out(f"{name}: {money}; {used}")
    group.box(
        at, *texts, name=f"Contract {name}", says=f"{name}: {money}; {used}",
        fill=LIGHT.use[use], inset=(_PAD, 5, 4),
    )  # fmt: skip


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
