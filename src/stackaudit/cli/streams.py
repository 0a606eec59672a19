"""Standard output that may go away: closed by its reader (`stackaudit audit | head`), or full."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast


class PatientStream:
    """Passes everything on to a stream, until its reader goes away; then drops what comes.

    The command runs to its end and keeps its exit code. Where the system refuses what is written
    (a disk that is full) the rest is dropped too, and `lost` says why.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.closed_early = False
        self.lost: str | None = None

    def write(self, text: str) -> int:
        """Write, or drop the text if nobody reads any more."""
        if not self.closed_early:
            try:
                self.stream.write(text)
            except OSError as error:
                self._drop(error)
        return len(text)

    def flush(self) -> None:
        """Flush, unless nobody reads any more."""
        if not self.closed_early:
            try:
                self.stream.flush()
            except OSError as error:
                self._drop(error)

    def _drop(self, error: OSError) -> None:
        self.closed_early = True
        if not isinstance(error, BrokenPipeError):
            self.lost = error.strerror or type(error).__name__

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def print_whole(text: str) -> None:
    """Print an output; what the stream's encoding does not have is written by its number."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


@contextmanager
def patient_stdout() -> Iterator[PatientStream]:
    """Standard output as a patient stream, for the length of a command."""
    _open_what_is_closed()
    before = sys.stdout
    patient = PatientStream(before)
    sys.stdout = cast("TextIO", patient)
    try:
        yield patient
        patient.flush()
    finally:
        sys.stdout = before
        if patient.closed_early:
            _silence(before)


def _open_what_is_closed() -> None:
    """Python has no stream at all where the caller closed one (`>&-`): nobody wants to read it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # till the end
            setattr(sys, name, nowhere)


def _silence(stream: TextIO) -> None:
    """Send what Python still wants to write at its end to nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
