r"""Names from files are hostile: what cannot be seen, or changes what is, gets written out.

Every output that is made of lines passes what comes from a file through :func:`visible`.
"""

from __future__ import annotations

import re
from typing import Final

_HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: ESC, BEL, CSI, tab, newline
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u2800"  # seen by nobody
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2"  # Arabic signs of category Cf
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line ends, bidi
    "\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\u1680\u2000-\u200a\u202f\u205f"  # spaces that pass for another or for none
    "\ud800-\udfff"  # lone surrogates
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: any font draws there what it likes
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"  # tags, and variation selectors for ideographs
)
"""Ranges, not `unicodedata`: the same text on every version of Python."""

_PICTURES: Final = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25aa-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""Signs that a variation selector turns into a picture, or back; after all else it hides."""

_PATTERN: Final = re.compile(
    f"[{_HIDDEN}\ufe00-\ufe0d]|(?<![{_PICTURES}])(?!(?<=[#*0-9])\ufe0f\u20e3)[\ufe0e\ufe0f]"
)

_COMMANDS: Final = re.compile(r"::(?=[a-z])|##(?=(?:vso)?\[)", re.IGNORECASE)
"""How commands to GitHub's runner and to Azure's agent begin, who read them off the log."""


def visible(text: str) -> str:
    r"""The text on one line, with nothing in it that cannot be seen.

    Controls, line ends, tabs, bidi controls, zero-width and other format characters, spaces of
    unusual width, private-use characters and lone surrogates become `\x1b`, `\n`, `\u202e`,
    `\U000e0041`. All else stays as it is: umlauts, CJK with its wide space, the no-break space,
    combining marks, emoji with their variation selector. The joiner inside a composed emoji or
    an Indic or Persian word is written out too: a name is a label, and a label that hides
    something is worse than one that is a little long. Nor does a CI server take anything in it for
    a command: `::error` becomes `:\x3aerror`, `##vso[` becomes `#\x23vso[`.
    """
    if "::" in text or "##" in text:
        text = _COMMANDS.sub(_numbered, text)
    if text.isascii() and text.isprintable():
        return text
    return _PATTERN.sub(_escaped, text)


def _numbered(match: re.Match[str]) -> str:
    return f"{match[0][0]}\\x{ord(match[0][1]):x}"


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
