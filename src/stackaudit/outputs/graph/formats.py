"""The formats of the data graph: one module each, loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import LaneMap
from stackaudit.outputs.naming import files_in, format_in


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
    return format_in(FORMATS, name)


def graph_targets(given: Sequence[str] | None) -> tuple[tuple[GraphFormat, Path], ...]:
    """The files of every `-o`; raises UsageError where one names no format, or two one file."""
    return files_in(FORMATS, given, "dot:graph.txt")
