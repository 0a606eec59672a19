"""How the names that sources write are compared, and the ids that follow from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from stackaudit.catalog.names import key, words
from stackaudit.inventory.model.scalars import NONE

LONGEST_ID: Final = 60

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l"})


def folded(name: str) -> str:
    """A name as it is compared: without case, and without signs and spaces if it is all Latin."""
    spaced = written(name)
    plain = unicodedata.normalize("NFKD", spaced)
    latin = all(each.isascii() for each in plain if each.isalnum())
    return (key(words(name)) if latin else "") or spaced


def written(name: str) -> str:
    """A name without case and with one space between its words."""
    return " ".join(name.casefold().split())


def id_of(name: str) -> str:
    """The id for a name: `Müller & Söhne` becomes `mueller-soehne`.

    A name without a letter or digit of the Latin alphabet gets one from its digest, always the
    same.
    """
    plain = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:LONGEST_ID].strip("-")
    if found == NONE:  # stands for the absence of a tool
        return f"tool-{found}"
    return found or f"tool-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
