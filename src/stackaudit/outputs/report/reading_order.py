"""Names written from right to left, in sentences that are read from left to right.

Two Hebrew or Arabic names side by side are one run of text to whatever draws them: `A → B` would
show B on the left and A on the right, with an arrow that points from B to A. A mark that nobody
sees between them keeps each name for itself (Unicode Standard Annex 9, implicit directional marks).
"""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = "\u200e"
_LEFTWARD: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of scripts that are written from right to left."""
_BETWEEN: Final = re.compile(r" → |[,;:] | · | \(|\)|…")
"""What stands between names, or ends them."""


def runs_leftward(text: str) -> bool:
    """Whether a text has letters of a script that is written from right to left."""
    return _LEFTWARD.search(text) is not None


def kept_in_order(text: str) -> str:
    """The text, shown in the order in which it says things.

    The text is made visible and cut to its length before: both would take the marks for hidden
    signs. Without letters that run leftward it stays as it is.
    """
    if not runs_leftward(text):
        return text
    return _MARK + _BETWEEN.sub(lambda found: f"{_MARK}{found[0]}{_MARK}", text)
