"""What can be wrong with an expression."""

from __future__ import annotations


class ExpressionProblem(ValueError):
    """What is wrong with an expression, at which character (from 0), and what to do."""

    def __init__(self, message: str, offset: int = 0, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint
