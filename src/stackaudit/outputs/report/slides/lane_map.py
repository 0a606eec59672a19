"""The slide with the lane map: what it says, and its notes."""

from __future__ import annotations

from typing import Final

from stackaudit.figures.lanes.model import LaneMap
from stackaudit.figures.lanes.place import placed
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.report.slides.map_drawing import Drawing
from stackaudit.outputs.report.slides.numbers import figure_headline, figure_notes

_MOST_NOTES: Final = 40


def lane_map_slide(deck: Deck, found: LaneMap) -> None:
    """The slide with the map."""
    book, language = deck.book, deck.language
    page = deck.page(figure_headline(book, language, "apart"))
    if book.lanes.empty is not None:
        page.empty(book.lanes.empty, fill="lanes")
    else:
        whole = placed(found)
        drawing = Drawing.of(whole, language)
        page.caption(_caption(book, drawing, language))
        drawing.draw(page.canvas)
    page.say(language.about("lanes"), *figure_notes(book, language, "apart"))
    page.say(*_connections(found, language))
    deck.finish(page)


def _caption(book: Book, drawing: Drawing, language: Language) -> str:
    found = drawing.placed.found
    parts = [
        language.word(
            "headline.lanes",
            tools=language.number(found.tools),
            flows=language.number(found.flows),
            missing=language.number(len(book.lanes.detailed.gaps)),
        )
    ]
    links, tools = book.lanes.no_links, book.kpis.figure("apart")
    if links is not None and tools.empty != links:  # else the headline says so
        parts.append(language.reason(links))
    if found.bundled:
        parts.append(language.word("slides.lanes.bundled"))
    if len(drawing.links) < len(found.links):
        shown, whole = language.number(len(drawing.links)), language.number(len(found.links))
        parts.append(language.word("slides.lanes.most", shown=shown, whole=whole))
    if len(drawing.gaps) < len(found.gaps):
        number = language.number(len(drawing.gaps))
        parts.append(language.word("slides.lanes.most_gaps", shown=number))
    return "; ".join(each.rstrip(".") for each in parts) + "."


def _connections(found: LaneMap, language: Language) -> list[str]:
    """The missing flows in words, as many as anybody reads."""
    names = {chip.id: chip.name for chip in found.chips}
    lines = [
        f"{gap.number}. {names[gap.source]} → {names[gap.target]}: {'; '.join(gap.why)}"
        for gap in found.gaps[:_MOST_NOTES]
    ]
    if len(found.gaps) > _MOST_NOTES:
        lines.append(language.count("more", len(found.gaps) - _MOST_NOTES))
    return lines
