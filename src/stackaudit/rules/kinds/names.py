"""How names look to a person: spacing, case and letters that are drawn alike do not count."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_DRAWN_LIKE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a": "\u0430\u0410\u03b1\u0391",  # Cyrillic and Greek a
        "b": "\u0412\u0392",
        "c": "\u0441\u0421\u03f2",
        "d": "\u0501",
        "e": "\u0435\u0415\u0395",
        "h": "\u043d\u041d\u0397",
        "i": "\u0456\u0406\u0399\u03b9",
        "j": "\u0458\u0408",
        "k": "\u043a\u041a\u039a\u03ba",
        "m": "\u043c\u041c\u039c",
        "n": "\u039d",
        "o": "0\u043e\u041e\u03bf\u039f",
        "p": "\u0440\u0420\u03c1\u03a1",
        "q": "\u051b",
        "s": "\u0455\u0405",
        "t": "\u0442\u0422\u03a4",
        "u": "\u03c5",
        "v": "\u03bd",
        "w": "\u051d",
        "x": "\u0445\u0425\u03c7\u03a7",
        "y": "\u0443\u0423\u03a5",
        "z": "\u0396",
    }
)
"""Latin letters and what can be mistaken for them; after the confusables of Unicode TS 39."""

_PLAIN: Final = str.maketrans(
    {ord(each): letter for letter, likes in _DRAWN_LIKE.items() for each in likes}
)
_STROKES: Final = str.maketrans({"I": "l", "1": "l", "|": "l"})
"""Drawn as one upright stroke, as a small L."""


def looks(name: str) -> frozenset[str]:
    """How the name looks, as keys: two names that share one look the same.

    Empty for a name without letters and digits.
    """
    plain = unicodedata.normalize("NFKC", name).translate(_PLAIN)
    found = {_letters(plain), _letters(plain.translate(_STROKES))}
    return frozenset(found - {""})


def same_letters(one: str, other: str) -> bool:
    """Whether two names differ in spacing, punctuation and case only."""
    return _letters(unicodedata.normalize("NFKC", one)) == _letters(
        unicodedata.normalize("NFKC", other)
    )


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
