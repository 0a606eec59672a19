"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stackaudit.errors import Problem, SurroundingsError, UsageError

SUFFIX: Final = ".stackaudit-tmp"


def write_whole(path: Path, content: bytes) -> None:
    """Write the file beside its place and move it there; the old one stays until that moment.

    Leftovers of runs that were killed are removed. Raises SurroundingsError when the folder is
    missing or the disk fails; then the old file is untouched.
    """
    try:
        _remove_leftovers(path)
        _write(path, content)
    except OSError as error:
        raise _cannot_write(path, error) from error


def check_folder(path: Path) -> None:
    """Raises the error of writing a file whose folder is missing, without writing it."""
    try:
        path.parent.stat()
    except OSError as error:
        raise _cannot_write(path, error) from error


def folder_for(path: Path) -> None:
    """Make the folder that a file goes into, and those above it; raises SurroundingsError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> SurroundingsError:
    message = f"{path} cannot be written: {error.strerror or type(error).__name__}"
    hint = "check that the folder exists, is writable, and has room"
    return SurroundingsError(Problem("cannot-write", message, None, hint))


def keep_apart(paths: Iterable[Path], read: Iterable[str | Path]) -> None:
    """Raises UsageError where an output would overwrite a file that was read."""
    inputs = {os.path.realpath(each) for each in read}
    for path in paths:
        if os.path.realpath(path) in inputs:
            message = f"-o {path} would overwrite what is read"
            raise UsageError(Problem("same-file", message, None, "name another file"))


def _write(path: Path, content: bytes) -> None:
    prefix = f".{path.name}.{os.getpid()}."
    handle, temporary = tempfile.mkstemp(prefix=prefix, suffix=SUFFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those of any new file."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _remove_leftovers(path: Path) -> None:
    """Temporary files of the same target whose process is gone."""
    start = f".{path.name}."
    for leftover in path.parent.glob(f"*{SUFFIX}"):
        if not leftover.name.startswith(start):
            continue
        process = leftover.name.removeprefix(start).partition(".")[0]
        if process.isdigit() and not _alive(int(process)):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _alive(process: int) -> bool:
    if os.name == "nt":  # os.kill would end the process there
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
