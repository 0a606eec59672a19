"""Where files are read from: the disk, or the tree of a git revision.

Paths are those of the work tree in both cases, so that a configuration, an inventory and what
they name mean the same wherever they are read.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from stackaudit.errors import Place
from stackaudit.inventory.files import read_bytes, real_path, shown_name


class Tree(Protocol):
    """Files and folders, to be read and never to be changed."""

    def read(self, path: Path, shown: str, asked_at: Place | None = None) -> bytes:
        """The content of a regular file of bounded size; links are followed.

        `shown` is how messages name it, `asked_at` the place that asked for it. Raises
        InventoryError for what is not there, not a file or too large, SurroundingsError when the
        disk or git fails.
        """

    def real(self, path: Path) -> Path:
        """The path with all links followed as far as they lead; never outside unnoticed."""

    def name(self, path: Path) -> str:
        """How messages name a file, with forward slashes."""

    def matches(self, pattern: str, folder: Path) -> Iterator[Path]:
        """What a pattern with `*`, `?` and `[…]` matches below a folder, but hidden files."""

    def below(self, folder: Path) -> Iterator[Path]:
        """Everything below a folder, at any depth."""

    def holds(self, path: Path) -> bool:
        """Whether a path is one of this tree, there or not; others are read from the disk."""

    def is_file(self, path: Path) -> bool:
        """Whether there is a regular file, links followed."""

    def is_folder(self, path: Path) -> bool:
        """Whether there is a folder, links followed."""

    def is_top(self, folder: Path) -> bool:
        """Whether a repository begins here, beyond which nobody looks."""


class FolderTree:
    """What is on the disk now."""

    def read(self, path: Path, shown: str, asked_at: Place | None = None) -> bytes:
        return read_bytes(path, shown, asked_at)

    def real(self, path: Path) -> Path:
        return real_path(path)

    def name(self, path: Path) -> str:
        return shown_name(path)

    def matches(self, pattern: str, folder: Path) -> Iterator[Path]:
        # not Path.glob, which takes hidden files too and raises for odd patterns
        for name in glob.iglob(pattern, root_dir=folder):  # noqa: PTH207
            yield folder / name

    def below(self, folder: Path) -> Iterator[Path]:
        return folder.rglob("*")

    def holds(self, path: Path) -> bool:  # noqa: ARG002
        return True

    def is_file(self, path: Path) -> bool:
        return path.is_file()

    def is_folder(self, path: Path) -> bool:
        return path.is_dir()

    def is_top(self, folder: Path) -> bool:
        return (folder / ".git").exists()


DISK: Final[Tree] = FolderTree()
