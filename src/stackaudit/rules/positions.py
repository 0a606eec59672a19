"""Where a character of a YAML text stands in its file, so that a problem in it has a column.

A rule writes its conditions as plain, quoted or block scalars; YAML folds lines and removes
indents. What it never touches are the characters that are no space, so they are counted.
"""

from __future__ import annotations

import re
from typing import Final

from stackaudit.inventory.nodes import Lines

_ESCAPE: Final = re.compile(
    r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.DOTALL
)
_SPACES: Final = "ntrvfN_LP \t\r\n"
"""What after a backslash stands for a space, a line break, or nothing at all."""

_BLOCK: Final = re.compile(r"[|>][^\r\n]*(\r\n|\r|\n|$)")


def position_in_scalar(text: str, start: int, before: str) -> int:
    """The packed position of the character that `before` leads up to.

    `text` is the file, `start` the offset at which the scalar begins, `before` its value up to
    the character in question. The start of the scalar if its text is too short.
    """
    lines = Lines(text)
    wanted = sum(not character.isspace() for character in before)
    return lines.position(_offset(text, start, wanted))


def _offset(text: str, start: int, wanted: int) -> int:
    block = _BLOCK.match(text, start)
    quote = text[start : start + 1] if text[start : start + 1] in ("'", '"') else ""
    at = block.end() if block else start + len(quote)
    while at < len(text):
        length, counts = _character(text, at, quote)
        if counts and wanted == 0:
            return at
        wanted -= counts
        at += length
    return start


def _character(text: str, at: int, quote: str) -> tuple[int, bool]:
    """How long the next character is as written, and whether it is one that counts."""
    if quote == "'" and text.startswith("''", at):
        return 2, True
    escape = _ESCAPE.match(text, at) if quote == '"' else None
    if escape is None:
        return 1, not text[at].isspace()
    return len(escape[0]), escape[1] not in _SPACES and not escape[1].startswith("\r")
