"""What `-f` and `-o` mean: which format, into which file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stackaudit.errors import Problem, UsageError, did_you_mean
from stackaudit.outputs.files import write_whole
from stackaudit.outputs.formats import FORMATS, Format, Source

STDOUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Target:
    """A file to write, and in which format."""

    format: Format
    path: Path


def format_named(name: str) -> Format:
    """The format of that name; raises UsageError with the nearest one."""
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS, f"the formats are {', '.join(FORMATS)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    return FORMATS[name]


def targets_of(given: Sequence[str] | None) -> tuple[Target, ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    targets = tuple(target_of(text) for text in given or ())
    names = [_real(each.path) for each in targets]
    for number, target in enumerate(targets):
        if names[number] in names[:number]:
            raise _same_file(f"-o {target.path} is named twice")
    return targets


def _same_file(message: str) -> UsageError:
    return UsageError(Problem("same-file", message, None, "name another file"))


def write_targets(targets: Iterable[Target], source: Source) -> None:
    """Make every output, then write every file: what cannot be made leaves all files alone.

    Raises SurroundingsError when a file cannot be written.
    """
    made = [(each.path, source.render(each.format).encode("utf-8")) for each in targets]
    for path, content in made:
        write_whole(path, content)


def target_of(text: str) -> Target:
    """What one `-o` means: `FORMAT:FILE`, or a file whose suffix says the format.

    Raises UsageError if neither says it.
    """
    if text == STDOUT:
        hint = "-f says what is printed; -o names a file"
        raise UsageError(Problem("bad-option", "-o - is no file", None, hint))
    name, colon, rest = text.partition(":")
    if colon and rest == STDOUT and name in FORMATS:
        return target_of(rest)
    if colon and rest and name in FORMATS:
        return Target(FORMATS[name], Path(rest))
    if colon and re.fullmatch("[a-z][a-z-]+", name):  # one letter is a drive
        format_named(name)
        raise _unsaid(f"`{text}` names no file")
    return Target(_by_suffix(Path(text)), Path(text))


def _by_suffix(path: Path) -> Format:
    """The format of the longest suffix that the name ends in."""
    name = path.name.lower()
    matching = [
        (suffix, each)
        for each in FORMATS.values()
        for suffix in each.suffixes
        if name.endswith(suffix) and name != suffix
    ]
    if not matching:
        raise _unsaid(f"the suffix of `{path.name}` says no format")
    return max(matching, key=lambda pair: len(pair[0]))[1]


def _unsaid(message: str) -> UsageError:
    suffixes = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    hint = f"use one of {suffixes}, or write FORMAT:FILE as in github-summary:summary.md"
    return UsageError(Problem("unknown-format", message, None, hint))


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
