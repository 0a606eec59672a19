"""Reading files of an inventory: below its root, regular, of bounded size."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.errors import InventoryError, Place, Problem, SurroundingsError, quoted
from stackaudit.inventory.decode import MAX_BYTES

if TYPE_CHECKING:
    from stackaudit.inventory.tree import Tree

STDIN: Final = "-"
MAX_FILES: Final = 1_000
"""More files than any inventory has; keeps a malicious tree of includes from running on."""

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOT_THERE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})


def read_bytes(path: Path, shown: str, asked_at: Place | None = None) -> bytes:
    """The content of a regular file.

    `shown` is how messages name it, `asked_at` the place that asked for it. Raises
    InventoryError for what is not a file or too large, SurroundingsError when the disk fails.
    """
    try:
        _check_regular(
            path.stat(), shown, asked_at
        )  # before it is opened: opening may have effects
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            _check_regular(os.fstat(file.fileno()), shown, asked_at)
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unread(error, shown, asked_at) from None


def _unread(
    error: OSError | ValueError, shown: str, asked_at: Place | None
) -> InventoryError | SurroundingsError:
    if not isinstance(error, OSError) or error.errno in _NOT_THERE:
        hint = "check the name and the folder"
        return InventoryError(Problem("no-file", f"there is no file {shown}", asked_at, hint))
    message = f"{shown} cannot be read: {error.strerror}"
    return SurroundingsError(Problem("cannot-read", message, asked_at))


def _check_regular(status: os.stat_result, shown: str, asked_at: Place | None) -> None:
    if not stat.S_ISREG(status.st_mode):
        message = f"{shown} is not a regular file"
        raise InventoryError(Problem("not-a-file", message, asked_at, "name a YAML file"))
    if status.st_size > MAX_BYTES:
        message = f"{shown} is larger than {MAX_BYTES // 2**20} MiB"
        place = asked_at or Place(shown, 1, 1)
        raise InventoryError(Problem("file-too-large", message, place, "split it with `include:`"))


def read_stdin() -> bytes:
    """The inventory from standard input, never more than the limit."""
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"standard input cannot be read: {error.strerror}"
        raise SurroundingsError(Problem("cannot-read", message)) from error


def included(pattern: str, folder: Path, root: Path, at: Place, tree: Tree) -> list[Path]:
    """The files that an `include:` entry of a file in `folder` names: links resolved, sorted.

    Patterns may hold `*`, `?` and `[…]`, are relative to `folder`, pass over hidden files, and
    never leave the root of the inventory. Raises InventoryError.
    """
    parts = pattern.split("/")
    if pattern.startswith(("/", "~")) or "\\" in pattern or ":" in pattern or ".." in parts:
        raise _outside(at)
    if "**" in pattern or not pattern.isprintable():
        hint = "name each folder, as in teams/*.yaml"
        raise InventoryError(Problem("bad-include", "this is not a pattern of files", at, hint))
    found = {tree.real(path) for path in _matches(pattern, folder, at, tree)}
    if not all(path.is_relative_to(root) for path in found):
        raise _outside(at)
    return sorted(found)


def _matches(pattern: str, folder: Path, at: Place, tree: Tree) -> list[Path]:
    found: list[Path] = []
    for path in tree.matches(pattern, folder):
        found.append(path)
        if len(found) > MAX_FILES:
            raise too_many_files(at)
    if not found:
        message = f"there is no file {quoted(pattern)}"
        hint = "check the name and the folder; it is relative to this file"
        raise InventoryError(Problem("no-file", message, at, hint))
    return found


def too_many_files(at: Place) -> InventoryError:
    """The error for an inventory of more files than any has."""
    message = f"more than {MAX_FILES:,} files in one inventory"
    return InventoryError(Problem("too-many-files", message, at, "name fewer files"))


def _outside(at: Place) -> InventoryError:
    message = "an include must stay below the inventory's folder"
    hint = "move the file below it, or move the inventory up"
    return InventoryError(Problem("include-outside", message, at, hint))


def real_path(path: Path) -> Path:
    """The path with all links followed as far as they lead; never raises."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):  # a name that no file can have
        return path.absolute()


def shown_name(path: Path) -> str:
    """How messages name a file: relative to where the user stands, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere; no folder to stand in; a loop of links
        return path.as_posix()
