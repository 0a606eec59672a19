"""What a long command is doing, on standard error, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stage(doing: str) -> Iterator[None]:
    """Show what is being done, for as long as it lasts."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.status import Status
    from rich.text import Text

    from stackaudit.outputs.sanitize import visible
    from stackaudit.outputs.terminal.console import make_console

    with Status(Text(f"{visible(doing)} …"), console=make_console(sys.stderr)):
        yield
