"""Where one state of a stack is read from: a file on the disk, or a revision of git."""

from __future__ import annotations

import datetime as dt
import os.path
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, SurroundingsError, UsageError, quoted
from stackaudit.inventory.files import STDIN
from stackaudit.inventory.tree import DISK, Tree

if TYPE_CHECKING:
    from stackaudit.inventory.git.repository import Repository

_YAML: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Source:
    """A state of files, and the inventory in it if that was named."""

    tree: Tree
    words: str
    """How messages name it: `revision 1a2b3c4d5e (main)`, `old.yaml`, `the work tree`."""
    file: Path | None = None
    """The inventory, where it was named: a file, or the path of `main:stack.yaml`."""
    on: dt.date | None = None
    """The day of a revision; None for files, which have none that they could be trusted with."""

    @property
    def is_revision(self) -> bool:
        """Whether git has it, configuration and all."""
        return self.tree is not DISK


WORK_TREE: Final = Source(DISK, "the work tree")


@contextmanager
def opened(text: str, near: Path, *, parting: str | None = None) -> Iterator[Source]:
    """The state that a text means: a file, a revision, or a path in a revision (`main:x.yaml`).

    A text that begins with `.` or a slash, or ends in .yaml, is a file; what is both a file and a
    revision is refused. `near` is a folder of the repository. With `parting`, a revision means
    the last commit that it and that other one (HEAD) have in common, as in a pull request. Raises
    UsageError, and SurroundingsError where git fails.
    """
    if _surely_file(text):
        yield _file(text)
        return
    from stackaudit.inventory.git.repository import Repository

    is_file = Path(text).is_file()
    try:
        repository = Repository.around(near)
    except (UsageError, SurroundingsError):  # no repository, or no git to ask
        if not is_file:
            raise
        yield _file(text)
        return
    with repository:
        found = _named(repository, text)
        if found is None and is_file:
            yield _file(text)
            return
        if found is not None and is_file:
            raise _ambiguous(text)
        name, path = found or (text, None)
        yield _revision(repository, name, path, near, parting=parting)


def _surely_file(text: str) -> bool:
    if text == STDIN or text.startswith((".", "/", "~")) or os.path.isabs(text):  # noqa: PTH117
        return True
    return text.endswith(_YAML) and (":" not in text or Path(text).is_file())


def _file(text: str) -> Source:
    path = Path(text)
    if text != STDIN and not path.exists():
        hint = "check the name; a revision is a branch, a tag, a commit or HEAD~1"
        raise UsageError(Problem("no-file", f"there is no file {quoted(text)}", None, hint))
    return Source(DISK, "standard input" if text == STDIN else DISK.name(path), path)


def _named(repository: Repository, text: str) -> tuple[str, str | None] | None:
    """The revision and the path that a text names; None if there is no such revision."""
    if repository.known(text) is not None:
        return text, None
    name, colon, path = text.partition(":")
    if colon and path and name and repository.known(name) is not None:
        return name, path
    return None


def _revision(
    repository: Repository, name: str, path: str | None, near: Path, *, parting: str | None
) -> Source:
    revision = repository.revision(name)
    words = f"revision {revision.words}"
    other = None if parting is None else repository.known(parting)
    if other is not None:
        base = repository.parting(revision, other)
        if base is not None and base.id != revision.id:
            revision = base
            words = f"revision {base.short} (where {parting} left {name})"
    tree, on = repository.tree(revision), repository.day(revision)
    if path is None:
        return Source(tree, words, on=on)
    # as git reads it: from the top, unless it begins with a dot
    start = near if path.startswith(".") else repository.top
    file = Path(os.path.abspath(start / path))  # noqa: PTH100
    if not tree.holds(file) or not tree.is_file(file):
        hint = "the path begins at the top of the repository, as in `git show`"
        message = f"there is no file {quoted(path)} in {words}"
        raise UsageError(Problem("no-file", message, None, hint))
    return Source(tree, words, file, on)


def _ambiguous(text: str) -> UsageError:
    hint = f"write ./{text} for the file, or refs/heads/{text} for the branch"
    message = f"{quoted(text)} is both a file and a revision"
    return UsageError(Problem("ambiguous", message, None, hint))
