"""Where every key and value of a YAML text begins and ends, for splicing."""

from __future__ import annotations

from dataclasses import field
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem


@dataclass(slots=True)
class Scalar:
    """A single value: its text, and the characters it stands on."""

    text: str
    start: int
    end: int
    style: str | None

    @property
    def empty(self) -> bool:
        """Whether nothing is written: `key:` and no more."""
        return self.start == self.end


@dataclass(slots=True)
class Mapping:
    """A mapping; `column` is where its keys stand, for block style."""

    start: int
    end: int
    flow: bool
    column: int
    entries: dict[str, tuple[Scalar, Span]] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence:
    """A sequence; `column` is where its dashes stand, for block style."""

    start: int
    end: int
    flow: bool
    column: int
    items: list[Span] = field(default_factory=list)


Span: TypeAlias = Scalar | Mapping | Sequence


def spans(text: str, file: str) -> Span | None:
    """The spans of the one document in `text`; None if it is empty.

    Raises InventoryError for what the reader would refuse too.
    """
    parser = _parser(text)
    try:
        parser.get_event()
        if type(parser.get_event()) is StreamEndEvent:
            return None
        return _span(parser.get_event(), parser.get_event, file)
    except yaml.YAMLError:
        raise InventoryError(
            Problem("yaml-syntax", "the file is not YAML", Place(file, 1, 1), "validate it first")
        ) from None


def _parser(text: str) -> Any:
    """The C parser, or the Python one where a platform lacks the C library."""
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:  # pragma: no cover - wheels for Linux, macOS and Windows have it
        return yaml.SafeLoader(text)
    return CParser(text)


def _span(event: Any, get_event: Any, file: str) -> Span | None:
    start, end = event.start_mark, event.end_mark
    if isinstance(event, ScalarEvent):
        style = None if event.implicit[0] and event.style in (None, "") else event.style
        return Scalar(event.value, start.index, end.index, style)
    if isinstance(event, MappingStartEvent):
        flow = bool(event.flow_style)
        mapping = Mapping(start.index, end.index, flow, start.column)
        return _filled_mapping(mapping, get_event, file)
    if isinstance(event, SequenceStartEvent):
        flow = bool(event.flow_style)
        sequence = Sequence(start.index, end.index, flow, start.column)
        return _filled_sequence(sequence, get_event, file)
    if isinstance(event, AliasEvent):
        raise InventoryError(
            Problem(
                "alias",
                "aliases are not allowed",
                Place(file, start.line + 1, start.column + 1),
                "write the value out",
            )
        )
    return None


def _filled_mapping(mapping: Mapping, get_event: Any, file: str) -> Mapping:
    last = mapping.start
    while True:
        event = get_event()
        if type(event).__name__ == "MappingEndEvent":
            mapping.end = event.end_mark.index if mapping.flow else last
            return mapping
        key = _span(event, get_event, file)
        value = _span(get_event(), get_event, file)
        assert isinstance(key, Scalar) and value is not None
        mapping.entries[key.text] = (key, value)
        last = value.end


def _filled_sequence(sequence: Sequence, get_event: Any, file: str) -> Sequence:
    last = sequence.start
    while True:
        event = get_event()
        if type(event).__name__ == "SequenceEndEvent":
            sequence.end = event.end_mark.index if sequence.flow else last
            return sequence
        item = _span(event, get_event, file)
        assert item is not None
        sequence.items.append(item)
        last = item.end
