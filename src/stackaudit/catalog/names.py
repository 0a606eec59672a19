"""Names as people write them, taken apart and compared.

A name becomes words: lower case, no accents, no punctuation; words joined are its *key*, so that
`BigQuery`, `Big Query` and `big-query` have one and the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

LONGEST: Final = 200
"""No name of a product is longer; the rest of a text is not looked at."""

_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
"""S.L., s.r.o., S.p.A: letters with points between them are one word."""
_POINT: Final = re.compile(r"(?<=[a-z0-9])\.(?=[a-z]{2,}\b)")
_WORD: Final = re.compile(r"\.?[a-z0-9]+")
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})
_SIGNS: Final = str.maketrans("", "", "™®©℠")
_DIGRAPHS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DROPPED: Final = frozenset({"and", "the", "und"})

TOP_LEVEL: Final = frozenset(
    {".ai", ".app", ".co", ".com", ".io", ".me", ".net", ".org", ".so", ".us"}
)
"""What vendors of any country put behind a name to make a domain of it."""


def folded(text: str) -> str:
    """Lower case, compatible forms of letters made plain; accents stay."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].translate(_SIGNS))
    return plain.casefold().translate(_LETTERS)


def words(text: str) -> list[str]:
    """The words of a name; what follows a point without a space keeps the point (`.io`)."""
    plain = unicodedata.normalize("NFKD", folded(text))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    plain = _POINT.sub(" .", plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    return [word for word in _WORD.findall(plain) if word not in _DROPPED]


def key(parts: Iterable[str]) -> str:
    """What spellings of one name share: its letters and digits."""
    return "".join(parts).replace(".", "")


def keys(text: str) -> Iterator[str]:
    """The key of a name, and a second one if umlauts can be written out (`ue` for `ü`)."""
    first = key(words(text))
    if first:
        yield first
    written_out = key(words(folded(text).translate(_DIGRAPHS)))
    if written_out != first:
        yield written_out


def without_top_level(parts: Sequence[str]) -> list[str]:
    """`salesforce` of `salesforce.com`."""
    return [word for word in parts if word not in TOP_LEVEL] or list(parts)


def without_prefix(parts: Sequence[str], prefix: Sequence[str]) -> list[str] | None:
    """What follows `prefix`; None if it does not stand there or nothing follows."""
    size = len(prefix)
    if not size or len(parts) <= size or list(parts[:size]) != list(prefix):
        return None
    return list(parts[size:])
