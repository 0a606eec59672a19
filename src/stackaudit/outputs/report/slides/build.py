"""Which slides there are, in which order, for whom."""

from __future__ import annotations

from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.slides.cards import card_slides
from stackaudit.outputs.report.slides.decisions import decisions_slide
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.report.slides.exposure import exposure_slide
from stackaudit.outputs.report.slides.lane_map import lane_map_slide
from stackaudit.outputs.report.slides.map_choice import drawn_map
from stackaudit.outputs.report.slides.missing import missing_slide
from stackaudit.outputs.report.slides.opening import cover_slide, verdict_slide
from stackaudit.outputs.report.slides.quadrant import quadrant_slide
from stackaudit.outputs.report.slides.questions import questions_slide
from stackaudit.outputs.report.slides.roadmap import roadmap_slide
from stackaudit.outputs.report.slides.saved import saved
from stackaudit.outputs.report.slides.spend import spend_slide
from stackaudit.outputs.report.slides.tables import (
    changes_slide,
    paths_slide,
    renewals_slide,
    silos_slide,
)
from stackaudit.outputs.report.slides.words import worded


def built(book: Book, language: Language, look: Look) -> bytes:
    """Ten slides, one more where there is an older audit, then the cards.

    Chapters that the audience is not shown give their slides to others: executives have renewals
    instead of questions; technical readers silos and paths instead of money and fit. Cards are for
    those who discuss; executives get none.
    """
    deck = Deck(book, worded(language), look)
    shown = set(book.chapters)
    drawn = drawn_map(book)
    cover_slide(deck)
    verdict_slide(deck)
    if "changes" in shown:
        changes_slide(deck)
    lane_map_slide(deck, drawn)
    missing_slide(deck, drawn)
    (spend_slide if "spend" in shown else silos_slide)(deck)
    (quadrant_slide if "quadrant" in shown else paths_slide)(deck)
    exposure_slide(deck)
    decisions_slide(deck)
    roadmap_slide(deck)
    (questions_slide if "questions" in shown else renewals_slide)(deck)
    if book.audience != "executive":
        card_slides(deck)
    return saved(deck.presentation)
