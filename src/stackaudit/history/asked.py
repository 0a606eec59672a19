"""What is asked of an audit, whatever it is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an audit on the command line; it holds for both sides."""

    as_of: dt.date
    stack: str | None = None
    """The inventory of the change; the configured one if none is given."""
    config: Path | None = None
    baseline: Path | None = None
    folders: Sequence[Path] = ()
    """More rules."""
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fail_on: Severity | None = None
    never: bool = False
