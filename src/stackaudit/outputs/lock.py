"""One writer at a time: whoever reads a record to write it anew keeps others waiting."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stackaudit.errors import Problem, SurroundingsError

WAIT: Final = 10.0
"""Seconds to wait for another writer; each holds the lock for the length of one small file."""

_PAUSE: Final = 0.05


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """While it lasts no other run of stackaudit writes the file.

    The lock is on the folder, which needs no file of its own and is let go when a process ends,
    however that happens. Where the system cannot lock a folder (Windows, some network disks)
    nothing is locked. Raises SurroundingsError when another writer takes too long.
    """
    try:
        import fcntl

        folder = os.open(path.parent, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        deadline = time.monotonic() + WAIT
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                _wait(path, deadline)
            except OSError:
                break
        yield
    finally:
        os.close(folder)


def _wait(path: Path, deadline: float) -> None:
    if time.monotonic() > deadline:
        message = f"{path} is being written by another run"
        raise SurroundingsError(Problem("locked", message, None, "try again in a moment"))
    time.sleep(_PAUSE)
