"""What all encoders begin with: nothing hidden, nothing endless."""

from __future__ import annotations

from typing import Final

from stackaudit.outputs.sanitize import visible

ELLIPSIS: Final = "…"


def cut(text: str, length: int) -> str:
    """The visible text, with … at its end where it is longer than so many characters.

    Cut before anything is escaped: half an escape would be a new meaning.
    """
    shown = visible(text[: length + 1])
    return shown if len(shown) <= length else shown[: length - 1] + ELLIPSIS
