"""What scripts need that are not written in Latin, Greek or Cyrillic letters."""

from __future__ import annotations

from typing import Final

_TALL_FROM: Final = 0x0590
_SYMBOLS: Final = range(0x2000, 0x2C00)
"""Punctuation, arrows and signs, which the fonts of every script have."""


def is_tall(text: str) -> bool:
    """Whether it has letters whose fonts need higher lines: Chinese, Arabic, Hebrew, Thai …"""
    if text.isascii():
        return False
    return any(ord(each) >= _TALL_FROM and ord(each) not in _SYMBOLS for each in text)
