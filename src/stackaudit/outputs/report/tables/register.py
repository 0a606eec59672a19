"""All findings, by rule: what is said of a rule is said once, what is found in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.report.register import Card
from stackaudit.outputs.report.tables.blocks import Block, Bullets, Grid, Heading, Text
from stackaudit.outputs.report.tables.findings import register
from stackaudit.outputs.report.tables.model import Pages

LARGE: Final = 600
"""With more findings each has one line, without proof and fix."""


def blocks(pages: Pages) -> Iterator[Block]:
    """A heading for each rule, the worst first; what it means, and its findings."""
    whole, book = register(pages), pages.book.register
    rows = dict(zip((card.fingerprint for card in book.cards), whole.rows, strict=True))
    cards = {card.fingerprint: card for card in book.cards}
    columns = ["number", "severity", "subject", "message", "saves"]
    large = len(book.cards) > LARGE
    if large:
        yield Text(pages.word("ui.large"))
    else:
        columns.insert(4, "fix")
    if len({card.status for card in book.cards}) > 1:  # all of them new says nothing
        columns.append("status")
    for shelf in book.by_rule:
        found = [cards[each] for each in shelf.fingerprints]
        yield Heading(shelf.name)
        yield Bullets(tuple(_said(found, shelf.id, pages)))
        own = tuple(rows[each] for each in shelf.fingerprints)
        mine = type(whole)(f"rule/{shelf.id}", "", whole.columns, own)
        proofs = ["evidence"] if pages.book.proofs else []
        wanted = columns if large else [*columns, *_varying(found), *proofs]
        yield Grid(mine.only(*wanted).filled())


def _said(found: list[Card], rule: str, pages: Pages) -> Iterator[Text]:
    """What is the same for all findings of a rule."""
    first = found[0]
    yield Text(first.why, pages.word("finding.why"))
    if "ask_it" not in _varying(found):
        yield Text(first.ask_it, pages.word("finding.ask_it"))
    if "ask_marketing" not in _varying(found):
        yield Text(first.ask_marketing, pages.word("finding.ask_marketing"))
    if first.references:
        yield Text(", ".join(first.references), pages.word("finding.references"))
    yield Text(rule, pages.word("column.rule"))


def _varying(found: list[Card]) -> list[str]:
    """The questions that are not the same for all of them."""
    keys = ("ask_it", "ask_marketing")
    return [key for key in keys if len({getattr(card, key) for card in found}) > 1]
