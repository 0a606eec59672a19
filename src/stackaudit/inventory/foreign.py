"""Other people's YAML, through the same reader: what an inventory may not have is understood here.

Anchors and aliases are written out, tags are left aside, merge keys are merged, as every YAML
reader does. The limits stay: an alias may not grow into more than a list of tools ever has.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, Final

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from stackaudit.dataclass import dataclass
from stackaudit.inventory.nodes import Map, Node, Seq

MERGE: Final = "<<"
MAX_EXPANDED: Final = 1_000_000
"""So many events may come out of aliases in one file."""

_BEGINS: Final = (MappingStartEvent, SequenceStartEvent)
_ENDS: Final = (MappingEndEvent, SequenceEndEvent)


class AliasError(Exception):
    """An alias that cannot be written out; the first argument says why, `offset` where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(slots=True)
class _Recording:
    """The events of an anchored value, from its first to its last."""

    name: str
    events: list[Any] = field(default_factory=list)
    depth: int = 0


@dataclass(slots=True)
class Expanded:
    """A parser whose events have no anchors, aliases and tags any more."""

    parser: Any
    anchors: dict[str, list[Any]] = field(default_factory=dict)
    recording: list[_Recording] = field(default_factory=list)
    replay: list[Any] = field(default_factory=list)
    """What comes before the parser's next event, the last first."""
    left: int = MAX_EXPANDED

    def get_event(self) -> Any:
        """The next event; raises AliasError for an alias that leads nowhere or too far."""
        if self.replay:
            event = self.replay.pop()
        else:
            event = self.parser.get_event()
            if type(event) is AliasEvent:
                event = self._written_out(event)
        self._note(event)
        return event

    def _written_out(self, event: Any) -> Any:
        """The first event of what an alias stands for; the others are replayed."""
        at = event.start_mark.index
        events = self.anchors.get(event.anchor)
        if events is None:
            inside = any(each.name == event.anchor for each in self.recording)
            why = "a value that contains itself" if inside else "an alias of nothing"
            raise AliasError(why, at)
        self.left -= len(events)
        if self.left < 0:
            raise AliasError("aliases that grow into too much", at)
        self.replay.extend(reversed(events[1:]))
        return events[0]

    def _note(self, event: Any) -> None:
        """Take anchor and tag off the event, and remember it for the anchors it is inside of."""
        kind = type(event)
        if kind is ScalarEvent or kind in _BEGINS:
            if event.tag is not None:
                event.tag = None
                event.implicit = (not event.style, True) if kind is ScalarEvent else True
            if event.anchor is not None:
                self.recording.append(_Recording(event.anchor))
                event.anchor = None
        for each in self.recording:
            each.events.append(event)
            each.depth += (kind in _BEGINS) - (kind in _ENDS)
        while self.recording and self.recording[-1].depth == 0:
            done = self.recording.pop()
            self.anchors[done.name] = done.events


def merged(root: Node) -> Node:
    """Put what merge keys bring into their mappings; what a mapping says itself goes first.

    Values are shared and not copied; what a merge key has that is no mapping stays as it stands.
    """
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map):
            _merge(node)
            waiting.extend(node.values())
        elif isinstance(node, Seq):
            waiting.extend(node)
    return root


def _merge(owner: Map) -> None:
    while isinstance(owner.get(MERGE), Map | Seq):
        at = owner.marks[2 * list(owner).index(MERGE)]
        said = owner.drop(MERGE)
        for other in said if isinstance(said, Seq) else [said]:
            for key, value in other.items() if isinstance(other, Map) else ():
                if key not in owner:
                    owner[key] = value
                    owner.marks.extend((at, at))
