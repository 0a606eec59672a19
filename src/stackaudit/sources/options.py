"""What a caller may tell a source about its input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from stackaudit.dataclass import dataclass
from stackaudit.sources.tables.mapping import Mapped


@dataclass(frozen=True, slots=True)
class Options:
    """How an input is to be read."""

    encoding: str = "utf-8"
    mapped: Mapped = field(default_factory=Mapped)
    """What a mapping file says of the columns."""
    currency: str | None = None
    """The currency of the stack."""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    """What one unit of another currency is worth in the stack's."""
    keep_unknown: bool = False
    """Whether the cells of columns that nobody knows are kept under keys that begin with x-."""
