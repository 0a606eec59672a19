"""Standard output that may be closed early by whoever reads it, as in `stackaudit audit | head`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast


class PatientStream:
    """Passes everything on to a stream, until its reader goes away; then drops what comes.

    The command runs to its end and keeps its exit code.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.closed_early = False

    def write(self, text: str) -> int:
        """Write, or drop the text if nobody reads any more."""
        if not self.closed_early:
            try:
                self.stream.write(text)
            except BrokenPipeError:
                self.closed_early = True
        return len(text)

    def flush(self) -> None:
        """Flush, unless nobody reads any more."""
        if not self.closed_early:
            try:
                self.stream.flush()
            except BrokenPipeError:
                self.closed_early = True

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
def patient_stdout() -> Iterator[None]:
    """Standard output as a patient stream, for the length of a command."""
    before = sys.stdout
    patient = PatientStream(before)
    sys.stdout = cast("TextIO", patient)
    try:
        yield
        patient.flush()
    finally:
        sys.stdout = before
        if patient.closed_early:
            _silence(before)


def _silence(stream: TextIO) -> None:
    """Send what Python still wants to write at its end to nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
