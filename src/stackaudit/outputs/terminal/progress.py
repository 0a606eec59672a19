"""How far a long reading has come, on standard error, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE: Final = 0.5
"""Seconds before anything is shown: most files are read before."""
EVERY: Final = 500
"""Things between two looks at the clock."""


def watched(things: Iterable[T], doing: str) -> Iterator[T]:
    """The things, one by one, with a line that counts them while they come."""
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from stackaudit.outputs.sanitize import visible
    from stackaudit.outputs.terminal.console import make_console

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False),
               TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())  # fmt: skip
    progress = Progress(*columns, console=make_console(sys.stderr), transient=True)
    task = progress.add_task(visible(doing), total=None)
    started, shown = monotonic(), False
    try:
        for number, thing in enumerate(things, 1):
            if number % EVERY == 0:
                if not shown and monotonic() - started > PATIENCE:
                    progress.start()
                    shown = True
                progress.update(task, completed=number)
            yield thing
    finally:
        if shown:
            progress.stop()
