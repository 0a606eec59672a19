"""Labels in Mermaid pictures: all but letters, digits and spaces by their numbers."""

from __future__ import annotations

from typing import Final

from stackaudit.outputs.encode.text import cut

LONGEST: Final = 40


def label(content: str) -> str:
    """The content as a quoted label; `#35;` is how Mermaid writes the character of a number."""
    return '"' + "".join(_char(char) for char in cut(content, LONGEST)) + '"'


def _char(char: str) -> str:
    return char if char.isalnum() or char == " " else f"#{ord(char)};"
