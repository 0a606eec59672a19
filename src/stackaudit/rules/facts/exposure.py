"""What data a tool handles, and what a breach of it would give away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from stackaudit.phrase import phrase
from stackaudit.rules import kleene
from stackaudit.rules.facts.data import datasets_of, missing_flows
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.show import listing
from stackaudit.rules.types import FLAG, NUMBER, TEXT, TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.graph.exposure import Exposed, Exposure

_CONTENT = ("holds", "collects")


def _exposure(tool: ToolSubject) -> Exposure:
    return tool.world.graph.exposure(tool.id)


def _own(tool: ToolSubject) -> list[Exposed]:
    """What it handles itself: held, received, passing through; not what keys open elsewhere."""
    return [each for each in _exposure(tool).items if each.how != "key"]


# What the tool handles itself


def _content_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of the data it holds or collects."""
    entry = tool.entry
    return tuple(Missing("tools", tool.id, key) for key in _CONTENT if getattr(entry, key) is None)


def _handling_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of the data it holds, collects, receives or passes on."""
    graph = tool.world.graph
    near = (*graph.carrying_inflows(tool.id), *graph.carrying_passing(tool.id))
    unstated = [each for each in near if tool.world.stack.flows[each].data is None]
    return (*_content_unstated(tool), *missing_flows(tool, unstated))


def _classes_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of the data it handles, and whether that is about people."""
    return (*_handling_unstated(tool), *_privacy_unstated(tool, _own(tool)))


def _privacy_unstated(tool: ToolSubject, items: Iterable[Exposed]) -> tuple[Missing, ...]:
    """Why it is not sure whether some of the data is personal as it is here.

    Nobody said of which class it is, or at which end of its flow it is protected.
    """
    datasets = tool.world.stack.datasets
    found = {
        Missing("datasets", each.dataset, "privacy")
        if datasets[each.dataset].privacy is None
        else Missing("flows", each.flow or "", "protect")
        for each in items
        if each.personal_here is None
    }
    return tuple(sorted(found))


@fact("tool", many(subject("dataset")), rests_on=_CONTENT, missing=_handling_unstated, cached=True)
def handles(tool: ToolSubject) -> Collection:
    """The datasets it holds, collects, receives, or passes on."""
    graph, flows = tool.world.graph, tool.world.stack.flows
    passing = (name for flow in graph.carrying_passing(tool.id) for name in flows[flow].data or ())
    found = sorted(graph.present(tool.id).union(passing))
    return datasets_of(tool.world, found, complete=not _handling_unstated(tool))


@fact("tool", many(subject("dataset")), rests_on=_CONTENT, missing=_classes_unstated, cached=True)
def personal_data(tool: ToolSubject) -> Collection:
    """The personal datasets that it handles in a form that is still personal."""
    own = _own(tool)
    found = {each.dataset for each in own if each.personal_here}
    unclear = any(each.personal_here is None and each.dataset not in found for each in own)
    complete = not unclear and not _handling_unstated(tool)
    return datasets_of(tool.world, sorted(found), complete=complete)


@fact("tool", TEXTS, rests_on=_CONTENT, missing=_handling_unstated)
def sees(tool: ToolSubject) -> Collection:
    """The names of the datasets it handles, those about people first."""
    known = handles(tool)
    rank = {"special": 0, "personal": 1, None: 2, "none": 3}
    ranked = sorted(known or (), key=lambda each: (rank[each.entry.privacy], each.id))
    names = tuple(each.label() for each in ranked)
    return Some(names) if isinstance(known, Some) else names


@fact("tool", TEXT)
def sees_words(tool: ToolSubject) -> str:
    """What it handles and what its keys open, in words."""
    known = sees(tool)
    if known == ():
        handled = phrase("it is stated to handle no data")
    elif isinstance(known, Some) and not known.items:
        handled = phrase("nobody has stated what it handles")
    else:
        handled = phrase("it handles {data}", data=_listed(known))
    keys = {key.on for key in tool.world.graph.keys(tool.id)}
    opened = tuple(tool.world.tools[each] for each in sorted(keys))
    if not opened:
        return handled
    return phrase("{handled}; its keys open {tools}", handled=handled, tools=listing(opened))


def _listed(names: Collection) -> str:
    """Names in a row, for a phrase; that there may be more, where they are known in part."""
    if isinstance(names, Some):
        return phrase("{names} and perhaps more", names=listing(names.items))
    return listing(names or ())


@fact("tool", FLAG, rests_on=_CONTENT, missing=_content_unstated)
def has_data(tool: ToolSubject) -> bool | None:
    """Whether it holds or collects anything, or is the system of record of anything."""
    if tool.world.graph.kept(tool.id):
        return True
    return None if _content_unstated(tool) else False


@fact("tool", many(subject("dataset")), rests_on=_CONTENT, missing=_content_unstated)
def own_data(tool: ToolSubject) -> Collection:
    """The datasets it holds or collects itself, or is the system of record of."""
    found = sorted(tool.world.graph.kept(tool.id))
    return datasets_of(tool.world, found, complete=not _content_unstated(tool))


# What a breach would give away


def _exposure_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What could add to what a breach gives away, or make it sure."""
    exposure = _exposure(tool)
    return (*exposure.missing, *_privacy_unstated(tool, exposure.items))


@fact("tool", many(subject("tool")), rests_on=("holds", "collects", "grants"),
      missing=_exposure_unstated, cached=True)  # fmt: skip
def exposes(tool: ToolSubject) -> Collection:
    """The tools whose personal data a breach here gives away.

    Itself for what it holds, the senders of what it receives or passes on, and the tools that
    keys held here open.
    """
    exposure = _exposure(tool)
    sure = {each.of for each in exposure.items if each.sure and each.personal_here}
    found = tuple(tool.world.tools[each] for each in sorted(sure))
    unclear = any(
        each.of not in sure and each.personal_here is not False for each in exposure.items
    )
    return found if exposure.complete and not unclear else Some(found)


def _farthest(tool: ToolSubject) -> tuple[str, ...]:
    """The longest of the paths by which personal data comes to be exposed here."""
    paths = {each.path for each in _exposure(tool).items if each.sure and each.personal_here}
    return max(paths, key=lambda path: (len(path), path), default=())


@fact("tool", NUMBER, rests_on=("holds", "collects", "grants"), missing=_exposure_unstated,
      path=_farthest, cached=True)  # fmt: skip
def exposed_tools(tool: ToolSubject) -> Any:
    """How many tools' personal data a breach here gives away."""
    return kleene.count(exposes(tool))
