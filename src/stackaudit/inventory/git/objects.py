"""Objects of a repository, one process for all of them (`git cat-file --batch`).

Only ids of objects are ever sent, so that no name of a file can mean something else to git.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Problem, SurroundingsError
from stackaudit.inventory.decode import MAX_BYTES
from stackaudit.inventory.git.run import DEADLINE, command, environment, not_run

FOLDER: Final = 0o040000
LINK: Final = 0o120000
SUBMODULE: Final = 0o160000
_KIND: Final = 0o170000
_SEPARATORS: Final = ("/", "\\", ":") if os.name == "nt" else ("/",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder of a revision."""

    name: str
    mode: int
    id: str

    @property
    def kind(self) -> int:
        """Folder, link, submodule, or a regular file."""
        return self.mode & _KIND


class TooLarge(Exception):
    """The object is larger than any file that is read."""


class Objects:
    """Reads objects by their ids. Starts git when it is first asked, and again after it closed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._folders: dict[str, dict[str, Entry]] = {}

    def folder_entries(self, id: str) -> dict[str, Entry]:
        """What a folder holds, by name."""
        if id not in self._folders:
            width = len(id) // 2
            try:
                found = _entries(self.content(id), width)
            except TooLarge:
                message = "a folder of the revision has more files than any that is read"
                raise InventoryError(Problem("too-many-files", message)) from None
            self._folders[id] = {each.name: each for each in found if _is_name(each.name)}
        return self._folders[id]

    def content(self, id: str, limit: int = MAX_BYTES) -> bytes:
        """The bytes of an object; raises TooLarge, and SurroundingsError if it is not there."""
        try:
            process = self._started()
            watch = threading.Timer(DEADLINE, process.kill)
            watch.daemon = True
            watch.start()
            try:
                return self._asked(process, id, limit)
            finally:
                watch.cancel()
        except (OSError, ValueError) as error:
            self.close()
            raise not_run(error) from None

    def _asked(self, process: subprocess.Popen[bytes], id: str, limit: int) -> bytes:
        source, target = process.stdout, process.stdin
        assert source is not None
        assert target is not None
        target.write(f"{id}\n".encode("ascii"))
        target.flush()
        header = source.readline(200).split()
        if len(header) == 2 and header[1] == b"missing":
            message = "an object of the revision is not in this clone"
            hint = "it is partial or damaged; fetch the revision in full"
            raise SurroundingsError(Problem("git-object-missing", message, None, hint))
        if len(header) != 3:
            self.close()
            raise _stopped()
        size = int(header[2])
        if size > limit:
            self.close()  # sooner than reading what nobody wants
            raise TooLarge
        data = source.read(size + 1)
        if len(data) != size + 1:
            self.close()
            raise _stopped()
        return data[:-1]

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # as in `run_git`
                command(self.folder, "cat-file", "--batch"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        return self._process

    def close(self) -> None:
        """End git."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be sent: nobody is there
                    continue
        process.wait()


def _entries(data: bytes, width: int) -> Iterator[Entry]:
    """The entries of a tree object: mode, space, name, NUL, id in `width` bytes."""
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        name = data[space + 1 : end].decode("utf-8", "surrogateescape")
        yield Entry(name, int(data[at:space], 8), data[end + 1 : end + 1 + width].hex())
        at = end + 1 + width


def _is_name(name: str) -> bool:
    """Whether a file can be called so; a tree made by hand may say anything."""
    return name not in ("", ".", "..") and not any(each in name for each in _SEPARATORS)


def _stopped() -> SurroundingsError:
    message = f"git ended before it answered, or took longer than {DEADLINE:.0f} seconds"
    return SurroundingsError(Problem("git-failed", message, None, "try `git fsck`"))
