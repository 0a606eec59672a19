"""Two datasets that a capability needs together: whether their records can be joined."""

from __future__ import annotations

from stackaudit.rules.facts.data import content_unstated
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.data import DatasetSubject
from stackaudit.rules.kinds.pairs import DatasetPairSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, TEXTS, subject


@fact("dataset_pair", subject("dataset"))
def a(pair: DatasetPairSubject) -> DatasetSubject:
    """One of the two."""
    return pair.a


@fact("dataset_pair", subject("dataset"))
def b(pair: DatasetPairSubject) -> DatasetSubject:
    """The other one."""
    return pair.b


@fact("dataset_pair", TEXTS)
def needed_for(pair: DatasetPairSubject) -> tuple[str, ...]:
    """The capabilities that need both together."""
    return tuple(pair.world.capabilities[each].label() for each in pair.capabilities)


@fact("dataset_pair", FLAG, missing=lambda pair: _joins_unstated(pair), cached=True)
def joinable(pair: DatasetPairSubject) -> bool | None:
    """Whether a chain of shared identity keys says which records belong together.

    Two datasets join where one tool has both and they share a key; others by way of a third.
    """
    return pair.world.graph.joinable(pair.a.id, pair.b.id)


def _joins_unstated(pair: DatasetPairSubject) -> tuple[Missing, ...]:
    """Keys that nobody stated, of these two first; else what the tools that have one may have."""
    world = pair.world
    keyless = [name for name, entry in world.stack.datasets.items() if entry.identity is None]
    own = [each for each in keyless if each in pair.ids]
    found = tuple(Missing("datasets", each, "identity") for each in own or keyless)
    near = sorted({tool for each in pair.ids for tool in world.graph.present_in(each)})
    return found or tuple(each for name in near for each in content_unstated(world.tools[name]))


@fact("dataset_pair", subject("tool"))
def meeting_place(pair: DatasetPairSubject) -> ToolSubject | None:
    """A tool that has at least one of the two, and could have both: one that is to use them first.

    Unknown where no tool in use has either.
    """
    graph = pair.world.graph
    having = {tool for each in pair.ids for tool in graph.present_in(each)}
    using = {tool for each in pair.capabilities for tool in graph.providers(each)}
    both = set(graph.present_in(pair.a.id)) & set(graph.present_in(pair.b.id))
    choice = both & using or both or having & using or having
    return pair.world.tools[min(choice)] if choice else None
