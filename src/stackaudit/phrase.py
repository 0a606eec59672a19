"""Texts that are made of a pattern and values, so that they can be made in another language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Value: TypeAlias = object
"""What stands in a phrase: a text (which may be a phrase again), a whole number, a day."""

AND: Final = "{first} and {last}"
OR: Final = "{first} or {last}"
NEXT: Final = "{first}, {last}"
BESIDE: Final = "{first} {last}"
"""How texts are put in a row."""


class Phrase(str):
    """An English text, with what it is made of.

    Whatever reads it takes it for the English text; only what writes for people in another
    language looks at its pattern. Nothing in the values is ever read as a pattern.
    """

    __slots__ = ("pattern", "values")

    pattern: str
    """`{who} approved on {day}`, or `lifecycle:retired`; what languages have another text for."""
    values: Mapping[str, Value]


def phrase(pattern: str, **values: Value) -> Phrase:
    """The text of a pattern; numbers in full digits, days as in 2026-10-31."""
    found = Phrase(pattern.format_map(values) if values else pattern)
    found.pattern = pattern
    found.values = values
    return found


def word(group: str, text: str) -> Phrase:
    """One word of a list, as in `lifecycle`: in another list it may be another word."""
    found = Phrase(text)
    found.pattern = f"{group}:{text}"
    found.values = {}
    return found


def counted(number: int, one: str, many: str, **values: Value) -> Phrase:
    """The pattern for exactly one, or the one for any other number, which is `{n}` in both."""
    return phrase(one if number == 1 else many, n=number, **values)


def in_a_row(names: Sequence[str], last: str) -> str:
    """Texts as a sentence lists them: `a, b and c`, if `last` is AND."""
    if not names:
        return ""
    *before, end = names
    if not before:
        return end
    start = before[0]
    for name in before[1:]:
        start = phrase(NEXT, first=start, last=name)
    return phrase(last, first=start, last=end)
