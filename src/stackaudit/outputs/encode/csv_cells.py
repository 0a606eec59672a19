"""Cells that spreadsheet programs take for text, whatever they begin with."""

from __future__ import annotations

from typing import Final

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet program takes for a formula; the last four are the
full-width forms, which some take for the same."""


def neutral(cell: str) -> str:
    """The cell as text for a spreadsheet program, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_LIVE) else cell
