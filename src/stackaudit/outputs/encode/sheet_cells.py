"""Cells and headers of a workbook: text that Excel keeps as text, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stackaudit.outputs.encode.text import cut

LONGEST: Final = 32_767
"""Signs in a cell; XlsxWriter drops what is longer as a whole."""
_PART: Final = 8_000
_IN_MARGIN: Final = 80
"""Signs in one part of a page's margin; Excel refuses more than 255 in all three, as written."""


def cell(content: str) -> str:
    """The content on one line, with nothing in it that cannot be seen."""
    return cut(content, LONGEST)


def lines(contents: Iterable[str]) -> str:
    """Several texts in one cell, each on a line of its own."""
    joined = "\n".join(cut(each, _PART) for each in contents)
    return joined if len(joined) <= LONGEST else joined[: LONGEST - 1] + "…"


def margin(content: str, length: int = _IN_MARGIN) -> str:
    """The content for a page's header or footer, where `&` begins a command."""
    return cut(content, length).replace("&", "&&")
