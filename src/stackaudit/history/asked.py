"""What is asked of an audit, whatever it is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from stackaudit.dataclass import dataclass
from stackaudit.rules.severity import Severity
from stackaudit.rules.show import Wording


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
    wording: Wording | None = None
    """The language that people read the audit in, and its writing; that of the rules if None."""
