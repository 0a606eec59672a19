"""What to do, said once for a rule where its findings differ in nothing but what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stackaudit.figures.report.register import Card

GAP: Final = "…"
"""Stands for what each finding names in its message."""
_LEAST: Final = 20
"""So many letters have to be the same: below, a sentence for each is clearer."""
_WORD: Final = re.compile(r"[\w'\u2019]*$")
_REST: Final = re.compile(r"^[\w'\u2019]*")


def fixes(cards: Iterable[Card]) -> Mapping[str, str]:
    """By rule what to do about all of its findings; rules whose findings say it each are not in it.

    Nothing is lost: a gap is only where every finding names in its message what belongs there.
    """
    by_rule: dict[str, list[Card]] = {}
    for card in cards:
        by_rule.setdefault(card.rule, []).append(card)
    found = ((rule, _shared(members)) for rule, members in by_rule.items())
    return {rule: text for rule, text in found if text is not None}


def general(texts: Sequence[str]) -> str:
    """What texts have in common at both ends, with a gap between where they differ."""
    if len(set(texts)) == 1:
        return texts[0]
    head, tail = _ends(texts)
    return f"{head}{GAP}{tail}"


def _shared(cards: Sequence[Card]) -> str | None:
    texts = [card.fix for card in cards]
    if len(set(texts)) == 1:
        return texts[0]
    head, tail = _ends(texts)
    named = all(
        text[len(head) : len(text) - len(tail)] in card.message
        for text, card in zip(texts, cards, strict=True)
    )
    return f"{head}{GAP}{tail}" if named and len(head) + len(tail) >= _LEAST else None


def _ends(texts: Sequence[str]) -> tuple[str, str]:
    """What all begin and end with, in whole words."""
    head = _WORD.sub("", _common(texts))
    rests = [text[len(head) :][::-1] for text in texts]
    return head, _REST.sub("", _common(rests)[::-1])


def _common(texts: Sequence[str]) -> str:
    """What all begin with, letter by letter: what the first and the last in order do."""
    one, other = min(texts), max(texts)
    number = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:number] if number is not None else min(one, other, key=len)
