"""How statements of absence (`none`, `never`) become values that rules can compare."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

NEVER_YET: Final = dt.date.min
"""Stands for `never` where a past day is meant: longer ago than any day."""

NEVER_WILL: Final = dt.date.max
"""Stands for `never` where a coming day is meant: later than any day."""


def past(value: dt.date | str | None) -> dt.date | None:
    """A day that has been, or `never`."""
    return NEVER_YET if isinstance(value, str) else value


def coming(value: dt.date | str | None) -> dt.date | None:
    """A day that will be, or `never`."""
    return NEVER_WILL if isinstance(value, str) else value


def named(value: Any) -> bool | None:
    """Whether a name is stated: false for `none`, unknown for nothing."""
    return None if value is None else value != "none"
