"""What `-f` and `-o` mean, for every command that writes in several formats."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar

from stackaudit.errors import Problem, UsageError, did_you_mean

STDOUT: Final = "-"


class Suffixed(Protocol):
    """A format, as far as its name and the names of its files go."""

    @property
    def name(self) -> str:
        """The word for it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end."""


F = TypeVar("F", bound=Suffixed)


def format_in(formats: Mapping[str, F], name: str) -> F:
    """The format of that name; raises UsageError with the nearest one."""
    if name not in formats:
        hint = did_you_mean(name, formats, f"the formats are {', '.join(formats)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    return formats[name]


def file_in(formats: Mapping[str, F], text: str, example: str) -> tuple[F, Path]:
    """What one `-o` means: `FORMAT:FILE`, or a file whose suffix says the format.

    `example` is how a FORMAT:FILE looks, for the hint. Raises UsageError if neither says it.
    """
    if text == STDOUT:
        hint = "-f says what is printed; -o names a file"
        raise UsageError(Problem("bad-option", "-o - is no file", None, hint))
    name, colon, rest = text.partition(":")
    if colon and rest == STDOUT and name in formats:
        return file_in(formats, rest, example)
    if colon and rest and name in formats:
        return formats[name], Path(rest)
    if colon and re.fullmatch("[a-z][a-z-]+", name):  # one letter is a drive
        format_in(formats, name)
        raise _unsaid(formats, f"`{text}` names no file", example)
    path = Path(text)
    found = _by_suffix(formats, path)
    if found is None:
        raise _unsaid(formats, f"the suffix of `{path.name}` says no format", example)
    return found, path


def files_in(
    formats: Mapping[str, F], given: Sequence[str] | None, example: str
) -> tuple[tuple[F, Path], ...]:
    """What every `-o` means; raises UsageError where one names no format, or two one file."""
    found = tuple(file_in(formats, text, example) for text in given or ())
    _refuse_twice(path for _, path in found)
    return found


def _refuse_twice(paths: Iterable[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        real = os.path.normcase(os.path.realpath(path))
        if real in seen:
            message = f"-o {path} is named twice"
            raise UsageError(Problem("same-file", message, None, "name another file"))
        seen.add(real)


def _by_suffix(formats: Mapping[str, F], path: Path) -> F | None:
    """The format of the longest suffix that the name ends in."""
    name = path.name.lower()
    matching = [
        (len(suffix), each)
        for each in formats.values()
        for suffix in each.suffixes
        if name.endswith(suffix) and name != suffix
    ]
    return max(matching, key=lambda pair: pair[0])[1] if matching else None


def _unsaid(formats: Mapping[str, F], message: str, example: str) -> UsageError:
    suffixes = ", ".join(suffix for each in formats.values() for suffix in each.suffixes)
    hint = f"use one of {suffixes}, or write FORMAT:FILE as in {example}"
    return UsageError(Problem("unknown-format", message, None, hint))
