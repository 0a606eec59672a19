"""Severities, from what may wait to what may not."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; compares in its order."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """As it is written in rules, options and reports."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity that a word names; raises KeyError for any other word."""
        return cls[word.upper()]


SEVERITIES = tuple(each.word for each in Severity)
