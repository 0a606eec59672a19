r"""Text for typst: data that is never read as markup, and that can be broken into lines.

Texts reach typst inside JSON, as values; it does not read values as markup. What is left to do is
to keep hidden signs out, and to let words break that are too long for a cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from stackaudit.outputs.encode.text import cut

LONGEST: Final = 4_000
_ROOM: Final = 18
"""Signs of a word that fit into a narrow cell."""
_WORD: Final = re.compile(rf"\S{{{_ROOM + 1},}}")
_PIECE: Final = re.compile(rf"[^/._\-:@→]{{1,{_ROOM - 6}}}[/._\-:@→]?|.")
_BREAK: Final = "\u200b"


def text(content: str, undrawn: Collection[str] = (), length: int = LONGEST) -> str:
    """The content on one line; signs that no font has are written out by their numbers."""
    shown = cut(content, length)
    if undrawn:
        shown = "".join(_number(each) if each in undrawn else each for each in shown)
    return _WORD.sub(_broken, shown)


def _broken(match: re.Match[str]) -> str:
    return _BREAK.join(_PIECE.findall(match[0]))


def _number(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
