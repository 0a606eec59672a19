"""The register of findings as a table, and the flows that they say are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.lanes.model import Gap
from stackaudit.figures.report.register import Card
from stackaudit.outputs.report.tables.model import Cell, Field, Lines, Pages, Table, table


def register(pages: Pages) -> Table:
    """Every finding, the worst first; its proof only where the book shows proofs."""
    book = pages.book
    fields = _FIELDS + (_PROOF if book.proofs else ())
    title, cards = pages.word("sheet.findings"), book.register.cards
    return table("findings", title, fields, cards, pages, pages.reason(book.register.empty))


def _status(card: Card, pages: Pages) -> Cell:
    return pages.language.status(card.status)


def _folded(card: Card, pages: Pages) -> Cell:
    return pages.places.get(card.folded_under or "")


def _severity(card: Card, pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    return card.severity


def _may_be(card: Card, pages: Pages) -> Cell:
    return None if card.may_be is None else pages.language.severity(card.may_be)


def _waiver(card: Card, pages: Pages) -> Cell:
    if card.waiver is None:
        return card.note
    until = pages.language.short_date(card.waiver.expires)
    accepted = pages.language.word("finding.waived_by", owner=card.waiver.owner, date=until)
    return Lines((accepted, card.waiver.reason, *filter(None, (card.waiver.ticket, card.note))))


def _evidence(card: Card, pages: Pages) -> Cell:
    return Lines(tuple(_facts(card, pages))) if card.evidence else None


def _facts(card: Card, pages: Pages) -> Iterator[str]:
    for each in card.evidence:
        origin = pages.language.stated("origin", each.origin)
        yield f"{each.subject}: {each.fact} = {each.shown} ({origin})"


def _places(card: Card, pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    return Lines(tuple(map(str, card.places))) if card.places else None


_FIELDS: Final[tuple[Field[Card], ...]] = (
    Field("number", "number", 6, lambda card, _: card.number),
    Field("severity", "severity", 12, _severity),
    Field("title", "text", 27, lambda card, _: card.title),
    Field("subject", "text", 24, lambda card, _: card.label),
    Field("message", "long", 50, lambda card, _: card.message),
    Field("fix", "long", 50, lambda card, _: card.fix),
    Field("tools", "text", 26, lambda card, p: p.names(card.tools)),
    Field("business_owner", "text", 18, lambda card, _: ", ".join(card.owners.business)),
    Field("technical_owner", "text", 18, lambda card, _: ", ".join(card.owners.technical)),
    Field("lead", "text", 14, lambda card, p: p.language.lead(card.lead)),
    Field("effort", "text", 10, lambda card, p: p.language.effort(card.effort)),
    Field("saves", "money", 13, lambda card, p: p.total(card.saves)),
    Field("at_stake", "money", 13, lambda card, p: p.total(card.at_stake)),
    Field("status", "text", 10, _status),
    Field("blocks", "text", 9, lambda card, p: p.language.flag(card.gates)),
    Field("category", "text", 16, lambda card, p: p.word(f"category.{card.category}")),
    Field("may_be", "text", 10, _may_be),
    Field("cause", "number", 9, _folded),
    Field("waiver", "long", 30, _waiver),
    Field("why", "long", 120, lambda card, _: card.why),
    Field("ask_it", "long", 40, lambda card, _: card.ask_it),
    Field("ask_marketing", "long", 40, lambda card, _: card.ask_marketing),
    Field("rule", "text", 28, lambda card, _: card.rule),
)
_PROOF: Final[tuple[Field[Card], ...]] = (
    Field("evidence", "facts", 80, _evidence),
    Field("path", "long", 40, lambda card, _: " → ".join(each.name for each in card.path)),
    Field("place", "facts", 34, _places),
    Field("fingerprint", "text", 36, lambda card, _: card.fingerprint),
)


def missing(pages: Pages) -> Table:
    """The flows that are missing, each with the findings that say so.

    A line of a map of capabilities stands for several of them: those come together.
    """
    lanes = pages.book.lanes
    names = {chip.id: chip.name for chip in lanes.detailed.chips}
    shown = {name: gap.number for gap in lanes.map.gaps for name in gap.fingerprints}
    cards = {card.fingerprint: card for card in pages.book.register.cards}
    datasets = {row.dataset.id: row.dataset.name for row in pages.book.inventory.datasets}

    def line(gap: Gap) -> int | None:
        return next((shown[name] for name in gap.fingerprints if name in shown), None)

    def place(gap: Gap) -> int:
        return line(gap) or len(cards) + 1

    def fixes(gap: Gap, _: Pages) -> Cell:
        known = (cards[name].fix for name in gap.fingerprints if name in cards)
        return Lines(tuple(dict.fromkeys(known)))

    def data(gap: Gap, _: Pages) -> Cell:
        return ", ".join(datasets.get(each, each) for each in gap.data)

    fields: tuple[Field[Gap], ...] = (
        Field("number", "number", 6, lambda gap, _: line(gap)),
        Field("from", "text", 28, lambda gap, _: names.get(gap.source, gap.source)),
        Field("to", "text", 28, lambda gap, _: names.get(gap.target, gap.target)),
        Field("data", "text", 28, data),
        Field("why", "long", 60, lambda gap, _: Lines(gap.why)),
        Field("fix", "long", 60, fixes),
        Field("findings", "text", 12, lambda gap, p: p.numbers(gap.fingerprints)),
    )
    title = pages.word("sheet.missing")
    empty = pages.reason(lanes.no_links) or pages.word("sheet.nothing_missing")
    gaps = sorted(lanes.detailed.gaps, key=place)
    return table("missing", title, fields, gaps, pages, empty)
