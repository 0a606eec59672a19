"""The formats that questions are written in, each made when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.questions import Interview
from stackaudit.outputs.naming import files_in, format_in


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
    return format_in(FORMATS, name)


def targets_of(given: Sequence[str] | None) -> tuple[tuple[Format, Path], ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    return files_in(FORMATS, given, "csv:answers.out")
