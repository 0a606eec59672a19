"""The formats that questions are written in, each made when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.errors import Problem, UsageError, did_you_mean
from stackaudit.figures.questions import Interview


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffixes that mean it, where it is made (text: in the terminal)."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    printable: bool = True
    """Whether it is text."""

    def render(self, found: Interview) -> bytes:
        """The questions in this format; raises UsageError if a package for it is missing."""
        make: Callable[[Interview], bytes] = importlib.import_module(self.module).render
        return make(found)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("text", (".txt",), "stackaudit.outputs.terminal.questions"),
            Format("markdown", (".md", ".markdown"), "stackaudit.outputs.questions_markdown"),
            Format("csv", (".csv",), "stackaudit.outputs.questions_csv"),
            Format("xlsx", (".xlsx",), "stackaudit.outputs.questions_xlsx", printable=False),
        )
    }
)


def format_named(name: str) -> Format:
    """The format of that name; raises UsageError with the nearest one."""
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS, f"the formats are {', '.join(FORMATS)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    return FORMATS[name]


def target_of(text: str) -> tuple[Format, Path]:
    """What `-o` means: `FORMAT:FILE`, or a file whose suffix says the format.

    Raises UsageError if neither says it.
    """
    name, colon, rest = text.partition(":")
    if colon and rest and name in FORMATS:
        return FORMATS[name], Path(rest)
    path = Path(text)
    for each in FORMATS.values():
        if path.suffix.lower() in each.suffixes:
            return each, path
    suffixes = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    message = f"the suffix of `{path.name}` says no format"
    hint = f"use one of {suffixes}, or write FORMAT:FILE as in csv:answers.out"
    raise UsageError(Problem("unknown-format", message, None, hint))
