"""The files of one revision, under the paths that they have in the work tree."""

from __future__ import annotations

import os.path
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem
from stackaudit.inventory.decode import MAX_BYTES
from stackaudit.inventory.git.objects import FOLDER, LINK, SUBMODULE, Entry, Objects, TooLarge
from stackaudit.inventory.tree import DISK

MAX_ENTRIES: Final = 20_000
"""More files than any pattern or rule pack means; few objects can make a tree without an end."""
MAX_LINKS: Final = 40
"""Links that lead to links: as many as a file system follows."""
_MAX_LINK: Final = 4096


@dataclass(frozen=True, slots=True)
class GitTree:
    """The tree of a commit. What lies outside of the repository is read from the disk.

    Links are resolved within the revision; one that leads out of the repository leads nowhere.
    """

    top: Path
    """Where the repository's files begin in the work tree; links resolved."""
    root: str
    """The id of the tree object."""
    label: str
    """How messages name the revision: its short id."""
    objects: Objects

    def read(self, path: Path, shown: str, asked_at: Place | None = None) -> bytes:
        parts = self._parts(path)
        if parts is None:
            return DISK.read(path, shown, asked_at)
        entry = self._entry(self._followed(parts))
        if entry is None or entry.kind == LINK:  # a link that is still there leads in a circle
            raise self._absent(parts, shown, asked_at)
        if entry.kind in (FOLDER, SUBMODULE):
            message = f"{shown} is not a regular file"
            raise InventoryError(Problem("not-a-file", message, asked_at, "name a YAML file"))
        try:
            return self.objects.content(entry.id)
        except TooLarge:
            message = f"{shown} is larger than {MAX_BYTES // 2**20} MiB"
            place = asked_at or Place(shown, 1, 1)
            hint = "split it with `include:`"
            raise InventoryError(Problem("file-too-large", message, place, hint)) from None

    def real(self, path: Path) -> Path:
        parts = self._parts(path)
        if parts is None:
            return DISK.real(path)
        followed = self._followed(parts)
        return self.top.joinpath(*followed) if followed is not None else self.top.parent

    def name(self, path: Path) -> str:
        parts = self._parts(path)
        return DISK.name(path) if parts is None else f"{self.label}:{'/'.join(parts)}"

    def matches(self, pattern: str, folder: Path) -> Iterator[Path]:
        if self._parts(folder) is None:
            yield from DISK.matches(pattern, folder)
        elif pattern:
            found = [folder]
            for part in pattern.split("/"):
                found = [path for each in found for path in self._named(part, each)]
                _check_count(len(found))
            yield from found

    def _named(self, pattern: str, folder: Path) -> Iterator[Path]:
        """The entries of a folder that one part of a pattern names."""
        if pattern in ("", "."):
            if self.is_folder(folder):
                yield folder
            return
        for name in self._names(folder):
            hidden = name.startswith(".") and not pattern.startswith(".")
            if fnmatchcase(name, pattern) and not hidden:
                yield folder / name

    def below(self, folder: Path) -> Iterator[Path]:
        parts = self._parts(folder)
        if parts is None:
            yield from DISK.below(folder)
            return
        start = self._entry(self._followed(parts))
        waiting = [(folder, start.id)] if start is not None and start.kind == FOLDER else []
        count = 0
        while waiting:
            above, id = waiting.pop()
            for name, entry in sorted(self.objects.folder_entries(id).items()):
                count += 1
                _check_count(count)
                yield above / name
                if entry.kind == FOLDER:
                    waiting.append((above / name, entry.id))

    def holds(self, path: Path) -> bool:
        return self._parts(path) is not None

    def is_file(self, path: Path) -> bool:
        parts = self._parts(path)
        if parts is None:
            return DISK.is_file(path)
        entry = self._entry(self._followed(parts))
        return entry is not None and entry.kind not in (FOLDER, SUBMODULE, LINK)

    def is_folder(self, path: Path) -> bool:
        parts = self._parts(path)
        if parts is None:
            return DISK.is_folder(path)
        entry = self._entry(self._followed(parts))
        return entry is not None and entry.kind == FOLDER

    def is_top(self, folder: Path) -> bool:
        parts = self._parts(folder)
        return DISK.is_top(folder) if parts is None else not parts

    def _parts(self, path: Path) -> tuple[str, ...] | None:
        """The path from the top, or None outside of the repository.

        A path may lead to the repository through links of the disk; below its top only those of
        the revision count.
        """
        parts = self._below_top(path)
        if parts is not None:
            return parts
        whole = Path(os.path.abspath(path))  # noqa: PTH100  # the last name stays as it is
        return self._below_top(DISK.real(whole.parent) / whole.name)

    def _below_top(self, path: Path) -> tuple[str, ...] | None:
        whole = Path(os.path.abspath(path))  # noqa: PTH100  # no link of the disk is followed
        return whole.relative_to(self.top).parts if whole.is_relative_to(self.top) else None

    def _names(self, folder: Path) -> list[str]:
        entry = self._entry(self._followed(self._parts(folder) or ()))
        if entry is None or entry.kind != FOLDER:
            return []
        return sorted(self.objects.folder_entries(entry.id))

    def _entry(self, parts: tuple[str, ...] | None) -> Entry | None:
        """The entry at a path that has no links in it."""
        if parts is None:
            return None
        entry = Entry("", FOLDER, self.root)
        for part in parts:
            if entry.kind != FOLDER:
                return None
            found = self.objects.folder_entries(entry.id).get(part)
            if found is None:
                return None
            entry = found
        return entry

    def _followed(self, parts: tuple[str, ...]) -> tuple[str, ...] | None:
        """The path with its links followed as far as they lead; None where they lead out."""
        left = list(reversed(parts))
        here: tuple[str, ...] = ()
        links = 0
        while left:
            here = (*here, left.pop())
            entry = self._entry(here)
            if entry is None or entry.kind != LINK:
                continue
            links += 1
            target = self._target(here[:-1], entry)
            if target is None:
                return None
            if links > MAX_LINKS:
                return (*here, *reversed(left))  # a link still: no file, as on a disk
            here, left = (), [*left, *reversed(target)]
        return here

    def _target(self, folder: tuple[str, ...], link: Entry) -> tuple[str, ...] | None:
        """Where a link in a folder leads, from the top."""
        try:
            text = self.objects.content(link.id, _MAX_LINK).decode("utf-8", "surrogateescape")
        except TooLarge:
            return None
        if "\0" in text:
            return None
        return self._below_top(self.top.joinpath(*folder) / text)

    def _absent(self, parts: tuple[str, ...], shown: str, asked_at: Place | None) -> InventoryError:
        for end in range(1, len(parts)):
            entry = self._entry(self._followed(parts[:end]))
            if entry is not None and entry.kind == SUBMODULE:
                message = f"{shown} is in the submodule {'/'.join(parts[:end])}"
                hint = "files of a submodule are in its own repository; run stackaudit in there"
                return InventoryError(Problem("in-submodule", message, asked_at, hint))
        hint = "check the name and the folder"
        return InventoryError(Problem("no-file", f"there is no file {shown}", asked_at, hint))


def _check_count(count: int) -> None:
    if count > MAX_ENTRIES:
        message = f"more than {MAX_ENTRIES:,} files in one folder or pattern"
        raise InventoryError(Problem("too-many-files", message, None, "name fewer files"))
