"""Proofs of one rule's findings put side by side: what all have in common is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.register import Card
from stackaudit.rules.finding import Evidence

LEAST: Final = 2
"""So many findings are compared in a table; one or two have their proofs below them."""
_COLUMNS: Final = (
    "path", "unknown", "folded_under", "consequences", "waiver", "note", "places",
)  # fmt: skip
_Said = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What proves the findings of a rule, as a table with a row for each."""

    cards: tuple[Card, ...]
    shared: tuple[Evidence, ...]
    """What is the same of all of them."""
    facts: tuple[str, ...]
    """What differs, by the names of the facts: a column for each."""
    found: Mapping[str, Mapping[str, Sequence[Evidence]]]
    """By fingerprint, then by fact."""
    filled: frozenset[str]
    """What else one of them has something of: a column that is empty is none."""

    def of(self, card: Card, fact: str) -> Sequence[Evidence]:
        """What stands in a finding's row below a fact."""
        return self.found[card.fingerprint].get(fact, ())


def proofs(cards: Iterable[Card]) -> Proofs | None:
    """The proofs of a rule's findings side by side; None where they are too few for a table."""
    members = tuple(cards)
    if len(members) < LEAST:
        return None
    said = set.intersection(*({_said(card, each) for each in _plain(card)} for card in members))
    found: dict[str, dict[str, list[Evidence]]] = {}
    for card in members:
        row = found.setdefault(card.fingerprint, {})
        for each in card.evidence:
            if each.origin != "derived" or _said(card, each) not in said:
                row.setdefault(each.fact, []).append(each)
    first = members[0]
    shared = tuple(each for each in _plain(first) if _said(first, each) in said)
    facts = tuple(dict.fromkeys(fact for row in found.values() for fact in row))
    filled = frozenset(name for name in _COLUMNS if any(getattr(card, name) for card in members))
    return Proofs(members, shared, facts, found, filled)


def _plain(card: Card) -> Iterator[Evidence]:
    """What has no place of its own to be told."""
    return (each for each in card.evidence if each.origin == "derived")


def _said(card: Card, evidence: Evidence) -> _Said:
    """What a reader sees of a fact: whose it is only where that is not the finding's subject."""
    own = not evidence.subject or evidence.subject == card.label
    return evidence.fact, None if own else evidence.subject, evidence.shown
