"""Signs, and what stands for them where the terminal's encoding does not have them."""

from __future__ import annotations

import unicodedata
from typing import Final

from stackaudit.dataclass import dataclass

_STAND_INS: Final = {
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "✓": "ok",
    "✗": "x",
    "•": "*",
    "·": "-",
    "…": "...",
    "─": "-",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "€": "EUR",
    "£": "GBP",
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "\xa0": " ",
    "\u3000": " ",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a stream can write."""

    name: str

    @property
    def complete(self) -> bool:
        """Whether it has every character."""
        return self.name.lower().replace("_", "-").startswith("utf")

    def fit(self, text: str) -> str:
        """The text with what cannot be written replaced: → by ->, é by e, 例 by ?."""
        if text.isascii() or self.complete:
            return text
        return "".join(char if self._has(char) else self._stand_in(char) for char in text)

    def _has(self, text: str) -> bool:
        try:
            text.encode(self.name)
        except UnicodeEncodeError:
            return False
        return True

    def _stand_in(self, char: str) -> str:
        if char in _STAND_INS:
            return _STAND_INS[char]
        parts = unicodedata.normalize("NFKD", char)
        kept = "".join(part for part in parts if not unicodedata.combining(part))
        if not kept:  # a mark on the letter before it
            return ""
        return kept if self._has(kept) else "?"
