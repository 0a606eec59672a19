"""The formats of a difference, each made when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.naming import files_in, format_in

if TYPE_CHECKING:
    from stackaudit.figures.diff.difference import Difference


@dataclass(frozen=True, slots=True)
class DiffFormat:
    """A format: its name, the suffixes that mean it, where it is made."""

    name: str
    suffixes: tuple[str, ...]
    module: str

    def render(self, found: Difference) -> str:
        """The difference in this format."""
        text: str = importlib.import_module(self.module).render(found)
        return text


FORMATS: Final[Mapping[str, DiffFormat]] = MappingProxyType(
    {
        each.name: each
        for each in (
            DiffFormat("text", (".txt",), "stackaudit.outputs.terminal.diff"),
            DiffFormat("markdown", (".md", ".markdown"), "stackaudit.outputs.diff_markdown"),
            DiffFormat("json", (".json",), "stackaudit.outputs.diff_json"),
        )
    }
)


def diff_format(name: str) -> DiffFormat:
    """The format of that name; raises UsageError with the nearest one."""
    return format_in(FORMATS, name)


def diff_targets(given: Sequence[str] | None) -> tuple[tuple[DiffFormat, Path], ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    return files_in(FORMATS, given, "json:diff.out")
