"""Every error that stackaudit reports: a code, a place, a message, a next step.

A user's mistake (:class:`InputError`) and a failure of the surroundings
(:class:`SurroundingsError`) are ordinary results with an exit code; anything else that
escapes is a bug and the command line reports it as one.
"""

from __future__ import annotations

import difflib
import heapq
import os.path
import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

from stackaudit.dataclass import dataclass

_MANY_NAMES: Final = 100
"""With more names to choose from, only so many are compared closely."""
_LONG: Final = 60
_MANY_DIGITS: Final = 8
_ENOUGH: Final = 200
_SECRET_LIKE: Final = re.compile(
    r"[^\W_-]{32}|(?=[^\W_-]*\d)[^\W_-]{16}|^(sk|pk|gh[a-z]|xox[a-z])[_-]"
)
"""Long unbroken runs of letters and digits, and how well-known tokens begin."""


class ExitCode(IntEnum):
    """What the process says to whoever started it; the same for every output format."""

    OK = 0
    """Nothing gates."""
    FINDINGS = 1
    """Findings gate."""
    INVALID = 2
    """The call, the configuration, the inventory or a rule is invalid."""
    SURROUNDINGS = 3
    """The surroundings failed: network, disk, git, database."""
    BUG = 4
    """A bug in stackaudit."""
    INTERRUPTED = 130
    """Interrupted from the keyboard."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file that a person can go to; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `code` is stable, `message` is for people, `hint` the next step.

    A value from a file never appears in `message` or `hint`: it may be a secret that
    landed in the wrong field. Names (of keys, ids, files) may.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.place} " if self.place else ""
        return f"{where}{self.code} {self.message}"


class StackauditError(Exception):
    """The root of all errors a caller may want to catch; carries one or more problems."""

    exit_code: ExitCode = ExitCode.INVALID

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = [problems] if isinstance(problems, Problem) else list(problems)
        self.problems: tuple[Problem, ...] = in_order(found)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(StackauditError):
    """Something a person wrote is invalid; the subclasses say what."""


class UsageError(InputError):
    """The call itself: an unknown rule, a bad option value, a combination that makes no sense."""


class InventoryError(InputError):
    """The inventory cannot be read, or says something that cannot be."""


class RuleError(InputError):
    """A rule file is invalid; the run stops, because a rule left out would look like a pass."""


class SurroundingsError(StackauditError):
    """Disk, network, git or a database failed; the message says what was tried."""

    exit_code = ExitCode.SURROUNDINGS


class RuleFailedError(StackauditError):
    """A rule failed while it ran: a bug. The other rules still report."""

    exit_code = ExitCode.BUG


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then code, and drop exact repeats, so that every run reads the same."""

    def key(problem: Problem) -> tuple[str, int, int, str, str]:
        place = problem.place or Place("", 0, 0)
        return (place.file, place.line, place.column, problem.code, problem.message)

    return tuple(sorted(dict.fromkeys(problems), key=key))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that the writer most likely meant, or None when none is close."""
    wanted = name.casefold()
    folded: dict[str, str] = {}
    for candidate in sorted(set(known)):
        folded.setdefault(candidate.casefold(), candidate)
    if wanted in folded:
        return folded[wanted]
    likely = folded if len(folded) <= _MANY_NAMES else _most_alike(wanted, folded)
    close = difflib.get_close_matches(wanted, sorted(likely), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _most_alike(name: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that begin and end most like the name: a quick choice before a slow one."""

    def alike(candidate: str) -> tuple[int, str]:
        shortest = min(len(name), len(candidate))
        start = _same(name, candidate)
        end = _same(name[start:][::-1], candidate[start:][::-1])
        return (shortest - start - end + abs(len(name) - len(candidate)), candidate)

    return heapq.nsmallest(_MANY_NAMES, candidates, key=alike)


def _same(one: str, other: str) -> int:
    """How many characters two texts have in common at the start."""
    return len(os.path.commonprefix((one, other)))  # noqa: RUF071 - characters are meant


def did_you_mean(name: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """A hint that names the nearest known name; `otherwise` when nothing is near."""
    found = nearest(name, known)
    return f"did you mean `{found}`?" if found else otherwise


def quoted(name: str) -> str:
    """The name in backticks, for a message: cut when long, with what cannot be seen escaped.

    A name that looks like a secret (a key or token in the place of a name) becomes `…`.
    """
    start = name[:_ENOUGH]
    if _SECRET_LIKE.search(start) or sum(map(str.isdigit, start)) > _MANY_DIGITS:
        return "`…`"
    cut = name if len(name) <= _LONG else f"{name[:_LONG]}…"
    seen = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f"`{''.join(seen)}`"


def listed(names: Sequence[str], last: str = "or") -> str:
    """Join names as a sentence does: `a`, `a or b`, `a, b or c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
