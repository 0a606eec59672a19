"""A repository on this machine, and what its revisions are called."""

from __future__ import annotations

import datetime as dt
import os.path
import re
from dataclasses import field
from pathlib import Path
from typing import Final, Self

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, SurroundingsError, UsageError, did_you_mean, quoted
from stackaudit.inventory.files import shown_name
from stackaudit.inventory.git.objects import Objects
from stackaudit.inventory.git.run import Answer, failed, run_git
from stackaudit.inventory.git.tree import GitTree

_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_STEPS_BACK: Final = re.compile(r"~(\d{1,6})$|(\^+)$")
_PLAIN: Final = re.compile(r"[A-Za-z0-9][\w./-]*")
"""The name of a branch or a tag, and no expression."""
_SHORTENED: Final = re.compile(r"[0-9a-f]{7,39}")
"""The beginning of a commit's id, which cannot be fetched."""
_SHORT: Final = 10
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_HISTORY: Final = "`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and what whoever asked for it called it."""

    id: str
    """The whole id of the commit."""
    called: str
    """As given: main, HEAD~1, v1.2."""

    @property
    def short(self) -> str:
        """The beginning of the id."""
        return self.id[:_SHORT]

    @property
    def words(self) -> str:
        """For a person: `1a2b3c4d5e (main)`, or the id alone if that is how it was called."""
        return self.short if self.id.startswith(self.called) else f"{self.short} ({self.called})"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, found from a folder in it. Close it, or use it in a `with`."""

    folder: Path
    """Where git is run."""
    top: Path
    """Where its files begin; of a bare repository, the folder of git itself."""
    shallow: bool
    bare: bool
    objects: Objects = field(repr=False, compare=False)

    @classmethod
    def around(cls, folder: Path) -> Self:
        """The repository that a folder is in; raises UsageError if it is in none.

        A folder that is not there (any more) is looked for from the nearest one above it.
        """
        start = _nearest_folder(folder)
        asked = ("--is-inside-work-tree", "--is-bare-repository", "--is-shallow-repository")
        answer = run_git(start, "rev-parse", *asked)
        if answer.code:
            raise _no_repository(answer, start)
        inside, bare, shallow = (word == "true" for word in answer.out.split()[:3])
        place = run_git(start, "rev-parse", "--show-toplevel" if inside else "--absolute-git-dir")
        if place.code:
            raise failed(place, "find the top of the repository")
        top = Path(os.path.realpath(place.line))
        return cls(start, top, shallow, bare, Objects(start))

    def revision(self, name: str) -> Revision:
        """The commit of that name; raises UsageError with the nearest branch or tag."""
        if not name or name.startswith("-") or not name.isprintable():
            hint = "write a branch, a tag, a commit, or HEAD~1"
            raise UsageError(Problem("bad-revision", "this is no name of a revision", None, hint))
        answer = run_git(self.folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if answer.code or not _ID.fullmatch(answer.line):
            raise self._unknown(name)
        return Revision(answer.line, name)

    def known(self, name: str) -> Revision | None:
        """The commit of that name, or None."""
        try:
            return self.revision(name)
        except UsageError:
            return None

    def parting(self, one: Revision, other: Revision) -> Revision | None:
        """The last commit that both come from; None if they have nothing in common.

        Raises SurroundingsError if the clone is too shallow to know.
        """
        answer = run_git(self.folder, "merge-base", one.id, other.id)
        if answer.code == 0 and _ID.fullmatch(found := answer.line.partition("\n")[0]):
            return Revision(found, one.called)
        if answer.code > 1:
            raise failed(answer, "look for where the branches part")
        if self.shallow:
            message = (
                f"{quoted(one.called)} and {quoted(other.called)} part before this clone begins: "
                f"it is shallow, {self._depth()} deep"
            )
            hint = f"the clone has to reach back to where they part: {_HISTORY}"
            raise SurroundingsError(Problem("shallow-clone", message, None, hint))
        return None

    def tree(self, revision: Revision) -> GitTree:
        """The files of a revision."""
        answer = run_git(self.folder, "rev-parse", "--verify", f"{revision.id}^{{tree}}")
        if answer.code:
            raise failed(answer, "read the revision")
        return GitTree(self.top, answer.line, revision.short, self.objects)

    def day(self, revision: Revision) -> dt.date:
        """The day in UTC on which a revision was committed."""
        answer = run_git(self.folder, "show", "--no-patch", "--format=%ct", revision.id)
        seconds = answer.line.rpartition("\n")[2]
        if answer.code or not seconds.isdecimal():
            raise failed(answer, "read the day of the revision")
        return (_EPOCH + dt.timedelta(seconds=int(seconds))).date()

    def _unknown(self, name: str) -> UsageError | SurroundingsError:
        if name == "HEAD" or not self._has_commits():
            message = "this repository has no commit yet, so there is nothing to compare with"
            return UsageError(Problem("no-commit", message, None, "commit, or name a file"))
        message = f"there is no revision {_called(name)} in this repository"
        hint: str | None
        if not name.strip("0"):
            hint = (
                "CI writes zeros where a branch is new: compare with the branch that it goes into"
            )
        elif self.shallow and ".." not in name:
            return self._too_shallow(name, message)
        else:
            hint = self._meant(name)
        return UsageError(Problem("unknown-revision", message, None, hint))

    def _meant(self, name: str) -> str | None:
        """What to try instead of a revision that is not there."""
        if ".." in name:
            return "name one revision; a range is what `stackaudit diff` takes"
        if _ID.fullmatch(name):
            return f"fetch it first: `git fetch origin {name}`"
        names = self._names()
        remote = next((each for each in names if each.partition("/")[2] == name), None)
        if remote is not None:
            return f"did you mean `{remote}`?"
        return did_you_mean(name, names, "see `git branch --all` and `git tag`")

    def _too_shallow(self, name: str, message: str) -> SurroundingsError:
        """A revision that may well exist beyond what was fetched."""
        steps = _STEPS_BACK.search(name)
        if steps is None:
            message = f"{message}, which is a shallow clone, {self._depth()} deep"
            fetching = self._fetching(name)
            hint = f"fetch it first: {f'`{fetching}`; or ' if fetching else ''}{_HISTORY}"
        else:
            back = int(steps[1]) if steps[1] else len(steps[2])
            message = f"{message}: the clone is shallow, {self._depth()} deep"
            hint = f"it needs a depth of {back + 1} or more: {_HISTORY}"
        return SurroundingsError(Problem("shallow-clone", message, None, hint))

    def _fetching(self, name: str) -> str | None:
        """What fetches it, if the remote has it: a commit, or a branch under the name asked for."""
        if _ID.fullmatch(name):
            return f"git fetch origin {name}"
        if not _PLAIN.fullmatch(name) or _SHORTENED.fullmatch(name):
            return None
        remote, _, branch = name.partition("/")
        if branch and remote in run_git(self.folder, "remote").out.split():
            return f"git fetch {remote} {branch}:refs/remotes/{name}"
        return f"git fetch origin {name}:{name}"

    def _depth(self) -> str:
        answer = run_git(self.folder, "rev-list", "--count", "--first-parent", "HEAD")
        count = answer.line if answer.code == 0 and answer.line.isdigit() else "some"
        return f"{count} {'commit' if count == '1' else 'commits'}"

    def _has_commits(self) -> bool:
        return run_git(self.folder, "rev-list", "--all", "--max-count=1").out.strip() != ""

    def _names(self) -> list[str]:
        patterns = ("refs/heads", "refs/remotes", "refs/tags")
        answer = run_git(self.folder, "for-each-ref", "--format=%(refname:short)", *patterns)
        return answer.out.split()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.objects.close()


def _called(name: str) -> str:
    """A revision for a message; the id of a commit is no secret, though it looks like one."""
    return f"`{name[:10]}`" if _ID.fullmatch(name) else quoted(name)


def _nearest_folder(folder: Path) -> Path:
    whole = Path(os.path.abspath(folder))  # noqa: PTH100  # git itself follows links
    return next((each for each in (whole, *whole.parents) if each.is_dir()), whole)


def _no_repository(answer: Answer, folder: Path) -> UsageError | SurroundingsError:
    if "not a git repository" not in answer.error:
        return failed(answer, "open the repository")
    here = folder == Path(os.path.realpath("."))
    name = "this folder" if here else f"the folder {shown_name(folder)}"
    message = f"{name} is not in a git repository"
    hint = "run it where the inventory is kept in git, or name a file instead of a revision"
    return UsageError(Problem("no-repository", message, None, hint))
