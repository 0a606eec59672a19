"""Runs git: without prompts, pagers, hooks, locks or the network, and not for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, SurroundingsError

DEADLINE: Final = 60.0
"""Seconds that one call of git may take."""

_FORCED: Final[Mapping[str, str]] = {
    "GIT_ALLOW_PROTOCOL": "",  # no transport at all
    "GIT_ASKPASS": "",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # a revision as it was committed
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",
}
_DROPPED: Final = frozenset(
    {
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)
"""What hooks of git set for the commands they run; the repository is found by its folder."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call of git gave."""

    code: int
    out: str
    error: str

    @property
    def line(self) -> str:
        """The output without the end of its line."""
        return self.out.removesuffix("\n").removesuffix("\r")


def run_git(folder: Path, *arguments: str) -> Answer:
    """Run one command of git in a folder; raises SurroundingsError if it cannot be run."""
    try:
        done = subprocess.run(  # noqa: S603  # the program is found by us, no shell, no input
            command(folder, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=DEADLINE,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        raise too_slow() from None
    except (OSError, ValueError) as error:
        raise not_run(error) from None
    return Answer(done.returncode, _text(done.stdout), _text(done.stderr))


def command(folder: Path, *arguments: str) -> list[str]:
    """The call, in a folder."""
    return [git_program(), "--no-pager", "-C", str(folder), *arguments]


def environment() -> dict[str, str]:
    """The environment of git: ours, without what would lead it elsewhere or make it wait."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _DROPPED and not name.startswith("GIT_TRACE")
    }
    return {**kept, **_FORCED}


def git_program() -> str:
    """Where git is; raises SurroundingsError if it is not installed.

    Only folders of PATH are looked in, never the current one: it may hold anything.
    """
    found = _found(os.environ.get("PATH", os.defpath))
    if found is None:
        hint = "install git, or compare with a file instead of a revision"
        raise SurroundingsError(Problem("no-git", "git is not installed", None, hint))
    return found


@cache
def _found(path: str) -> str | None:
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in path.split(os.pathsep):
        program = Path(folder, name)
        if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None


def too_slow() -> SurroundingsError:
    """The error for a git that does not answer."""
    message = f"git did not answer within {DEADLINE:.0f} seconds"
    return SurroundingsError(Problem("git-failed", message, None, "try again"))


def not_run(error: Exception) -> SurroundingsError:
    """The error for a git that cannot be started."""
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return SurroundingsError(Problem("git-failed", f"git cannot be run: {reason}"))


def failed(answer: Answer, what: str) -> SurroundingsError:
    """The error for a git that failed, with its own first words."""
    words = next((line for line in answer.error.splitlines() if line.strip()), "")
    said = words.removeprefix("fatal: ").strip() or f"it ended with {answer.code}"
    hint = None
    if "dubious ownership" in answer.error:
        hint = "another user owns the folder; see `safe.directory` in `git help config`"
    return SurroundingsError(Problem("git-failed", f"git could not {what}: {said}", None, hint))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
