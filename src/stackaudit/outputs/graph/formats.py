"""The formats of the data graph: one module each, loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.errors import Problem, UsageError, did_you_mean
from stackaudit.figures.lanes.model import LaneMap


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A format: its name, the file suffixes that mean it, and what it is for."""

    name: str
    suffixes: tuple[str, ...]
    doc: str
    binary: bool = False
    """Whether it is only for files."""

    def render(self, found: LaneMap, *, dark: bool = False) -> bytes:
        """The map in this format; raises UsageError where an extra is missing."""
        module = importlib.import_module(f"stackaudit.outputs.graph.{self.name}")
        made: bytes = module.render(found, dark=dark)
        return made


FORMATS: Final[Mapping[str, GraphFormat]] = MappingProxyType(
    {
        each.name: each
        for each in (
            GraphFormat("tree", (".txt",), "for people at a terminal"),
            GraphFormat("svg", (".svg",), "the lane map as a picture"),
            GraphFormat("png", (".png",), "the lane map in pixels", binary=True),
            GraphFormat("mermaid", (".mmd", ".mermaid"), "for Markdown pages"),
            GraphFormat("dot", (".dot", ".gv"), "for Graphviz"),
            GraphFormat("graphml", (".graphml",), "for Gephi, yEd and others"),
            GraphFormat("json", (".json",), "for programs"),
        )
    }
)


def graph_format(name: str) -> GraphFormat:
    """The format of that name; raises UsageError with the nearest one."""
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS, f"the formats are {', '.join(FORMATS)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    return FORMATS[name]


def graph_target(text: str) -> tuple[GraphFormat, Path]:
    """What `-o` means: `FORMAT:FILE`, or a file whose suffix says the format; else UsageError."""
    name, colon, rest = text.partition(":")
    if colon and rest and name in FORMATS:
        return FORMATS[name], Path(rest)
    suffix = Path(text).suffix.lower()
    for each in FORMATS.values():
        if suffix in each.suffixes:
            return each, Path(text)
    known = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    hint = f"use one of {known}, or write FORMAT:FILE as in dot:graph.txt"
    message = f"the suffix of `{Path(text).name}` says no format"
    raise UsageError(Problem("unknown-format", message, None, hint))
