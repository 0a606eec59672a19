"""The formats an audit can be written in: one module each, loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.audit import AuditResult
from stackaudit.errors import Problem, UsageError, did_you_mean

Render = Callable[[AuditResult], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the file suffixes that mean it, where it is made."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    doc: str

    def render(self, result: AuditResult) -> str:
        """The audit in this format."""
        make: Render = importlib.import_module(self.module).render
        return make(result)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format("text", (".txt",), "stackaudit.outputs.terminal", "for people"),
            Format("json", (".json",), "stackaudit.outputs.json_report", "for programs"),
        )
    }
)


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


def target_of(text: str) -> Target:
    """What `-o` means: `FORMAT:FILE`, or a file whose suffix says the format.

    Raises UsageError if neither says it.
    """
    name, colon, rest = text.partition(":")
    if colon and rest and name in FORMATS:
        return Target(FORMATS[name], Path(rest))
    path = Path(text)
    for each in FORMATS.values():
        if path.suffix.lower() in each.suffixes:
            return Target(each, path)
    suffixes = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    raise UsageError(
        Problem(
            "unknown-format",
            f"the suffix of `{path.name}` says no format",
            None,
            f"use one of {suffixes}, or write FORMAT:FILE as in json:audit.out",
        )
    )
