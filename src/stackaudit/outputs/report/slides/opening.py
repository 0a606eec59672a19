"""The first two slides: for whom it is, and the verdict with the five figures."""

from __future__ import annotations

import io
from typing import Any, Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.kpis import Kpi
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.chart import bars
from stackaudit.outputs.report.slides.deck import Deck, Page, write
from stackaudit.outputs.report.slides.ground import BODY, COVER_WIDTH, WIDTH, nodes
from stackaudit.outputs.report.slides.numbers import begun, figure_notes, figure_value, figure_whole
from stackaudit.outputs.report.slides.parts import ACCENT, EMU
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT
from stackaudit.rules.severity import Severity

_TILE: Final = 190.0
_WHOLE: Final = 49.0
_BELOW: Final = (13.0, 12.0)
"""The room below a figure, and the letters in it."""
_GAP: Final = 16.0
_LOGO: Final = Rect(WIDTH - 60 - 240, 240.0, 60.0, 110.0)
_PAD: Final = 14.0
_VALUES: Final = (34.0, 30.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_LEAST: Final = 24.0
"""The letters of the five figures are the same, unless one is too long for these."""


def cover_slide(deck: Deck) -> None:
    """Title, client, day, author, confidentiality and logo."""
    book, language = deck.book, deck.language
    page = deck.cover(deck.title)
    subtitle = page.slide.placeholders[1]
    shown = fit.fitted(deck.client, COVER_WIDTH, 24, 2)
    if shown != visible(deck.client):
        page.canvas.left_out(deck.client)
    write(subtitle, shown, page.canvas.lang, 24)
    _logo(deck, page)
    verdict = book.kpis.verdict
    lines = [Text(language.outcome(verdict.outcome, verdict.gating), 20, True, lines=2, after=10)]
    lines.append(Text(language.word("report.as_of", date=language.date(book.as_of)), 16))
    if deck.look.author:
        by = f"{language.word('report.prepared_by')} {visible(deck.look.author)}"
        lines.append(Text(by, 16, lines=2))
    if deck.look.confidentiality:
        lines.append(Text(deck.look.confidentiality, 16, bold=True, lines=2))
    page.canvas.label(Rect(120, COVER_WIDTH, 500, 176), *lines)
    page.say(
        language.word("report.made_with", version=book.limits.version),
        language.word("slides.notes.digest", digest=book.limits.inventory_digest),
        _currency(deck),
    )
    deck.finish(page)


def _currency(deck: Deck) -> str:
    language = deck.language
    if deck.book.currency is None:
        return language.word("report.amounts_without_currency")
    return language.word("report.all_amounts", currency=deck.book.currency)


def _logo(deck: Deck, page: Page) -> None:
    """The logo of the configuration, as large as its place allows."""
    if deck.look.logo is None:
        return
    picture = page.slide.shapes.add_picture(io.BytesIO(deck.look.logo.data), 0, 0)
    scale = min(_LOGO.width * EMU / picture.width, _LOGO.height * EMU / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    picture.left = round(_LOGO.right * EMU) - picture.width
    picture.top = round(_LOGO.top * EMU)
    name = nodes(picture._element, ".//p:cNvPr")[0]
    name.set("descr", visible(deck.look.author or deck.language.word("slides.logo")))


def verdict_slide(deck: Deck) -> None:
    """What the audit says as a whole."""
    book, language = deck.book, deck.language
    verdict = book.kpis.verdict
    outcome = language.outcome(verdict.outcome, verdict.gating)
    saves = book.kpis.figure("savings")
    headline = outcome
    if saves.value:
        money = figure_value(book, language, saves)
        headline = f"{outcome} {begun(language.word('slides.headline.savings', value=money))}"
    page = deck.page(headline)
    page.caption(language.about("kpis"))
    width = (BODY.width - 4 * _GAP) / 5
    values = [figure_value(book, language, each) for each in book.kpis.figures]
    size = min(_value_size(each, width - 2 * _PAD) for each in values)
    for number, kpi in enumerate(book.kpis.figures):
        at = Rect(BODY.left + number * (BODY.width + _GAP) / 5, width, BODY.top, _TILE)
        _tile(page.canvas, deck, kpi, at, max(size, _LEAST))
    top = BODY.top + _TILE + 24
    _sureness(page, deck, Rect(BODY.left + 640, BODY.width - 640, top, BODY.bottom - top))
    page.flush()
    _severities(page, deck, Rect(BODY.left, 600, top, BODY.bottom - top))
    for kpi in book.kpis.figures:
        page.say(*figure_notes(book, language, kpi.id), "")
    deck.finish(page)


def _value_size(value: str, room: float) -> float:
    return fit.size_for(value, room, _VALUES, 1, bold=True)


def _tile(canvas: Canvas, deck: Deck, kpi: Kpi, rect: Rect, largest: float) -> None:
    """One figure: its name, the value, the whole, or why there is none."""
    book, language = deck.book, deck.language
    value = figure_value(book, language, kpi)
    whole = figure_whole(book, language, kpi)
    if kpi.empty is not None:
        whole = language.reason(kpi.empty)
    title = language.kpi(kpi.id)
    group = canvas.group(rect, f"Figure {kpi.id}", f"{title}: {value} {whole}".strip())
    group.box(rect, name="Tile", fill=LIGHT.lane)
    group.box(Rect(rect.left, rect.width, rect.top, 4), name="Mark", fill=ACCENT)
    room = rect.width - 2 * _PAD
    inner = Rect(rect.left + _PAD, room, rect.top + 12, 70)
    group.label(inner, Text(title, 14, color=LIGHT.faint, lines=3))
    size = min(_value_size(value, room), largest)
    at = Rect(rect.left + _PAD, room, rect.top + 84, 54)
    group.box(at, Text(value, size, bold=True), name=f"Value {kpi.id}", anchor="ctr")
    below = fit.size_for(whole, room, _BELOW, 2, bold=False)
    most = int(_WHOLE / fit.high(1, below, whole))
    group.label(Rect(at.left, room, at.bottom + 2, _WHOLE), Text(whole, below, lines=most))


def _sureness(page: Page, deck: Deck, rect: Rect) -> None:
    """How far the verdict can be trusted, and how large the stack is."""
    language, verdict = deck.language, deck.book.kpis.verdict
    share, checks = language.share(verdict.decided_share), language.number(verdict.checks)
    stated = language.share(verdict.completeness)
    texts = [
        Text(language.word("slides.verdict.sure"), 16, bold=True, after=6),
        Text(language.word("verdict.decided", share=share, checks=checks), 15, lines=2, after=6),
        Text(language.word("verdict.completeness", share=stated), 15, lines=2, after=12),
        Text(language.word("slides.verdict.size"), 16, bold=True, after=6),
    ]
    counted = [
        language.count("verdict.tools_in_use", verdict.tools_in_use),
        language.count("verdict.flows", verdict.flows),
        language.count("verdict.datasets", verdict.datasets),
    ]
    texts.append(Text(" · ".join(counted), 15, lines=2))
    page.canvas.label(rect, *texts)


def _severities(page: Page, deck: Deck, rect: Rect) -> None:
    """The causes by severity, as a native chart."""
    language, verdict = deck.language, deck.book.kpis.verdict
    if not verdict.causes:
        reason = deck.book.register.empty
        waived = language.count("verdict.causes", 0)
        page.message(language.reason(reason) if reason else waived, rect)
        return
    found = verdict.by_severity
    title = language.count("verdict.causes", verdict.causes)
    counted = [f"{language.severity(each)} {found.get(each, 0)}" for each in _FALLING]
    chart: Any = bars(
        page.slide,
        rect,
        title=title,
        names=[language.severity(each) for each in _FALLING],
        values=[found.get(each, 0) for each in _FALLING],
        colors=[LIGHT.severity[each] for each in _FALLING],
        lang=page.canvas.lang,
    )
    nodes(chart._element, ".//p:cNvPr")[0].set("descr", f"{title}: {', '.join(counted)}")


_FALLING: Final = tuple(sorted(Severity, reverse=True))
