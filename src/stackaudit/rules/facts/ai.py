"""What AI in a tool does with data, and what it could change elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.graph.keys import Key
from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.keys import keyless_flows, of_key
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, many, subject

stated("tool", "ai_acts", FLAG, "ai.acts",
       "Whether it does things on its own, without a person who confirms.")  # fmt: skip
stated("tool", "ai_trains", FLAG, "ai.trains_on_data", "Whether models are trained on our data.")

_CHANGES = ("write", "admin")


def _has_personal(tool: ToolSubject, on: str) -> bool | None:
    """Whether personal data is in the other tool; unknown if nobody ruled it out."""
    graph = tool.world.graph
    classes = [graph.personal(each) for each in graph.present(on)]
    if True in classes:
        return True
    return None if None in classes or graph.may_have_more(on) else False


def _changes(tool: ToolSubject, key: Key) -> bool | None:
    """Whether the key may change something in a tool that has personal data."""
    if key.can == "read":
        return False
    there = _has_personal(tool, key.on)
    if there is not True:
        return there
    return True if key.can in _CHANGES and key.sure else None


def _keys_unlisted(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of keys that the tool may hold besides those that are stated."""
    found = [] if tool.entry.grants is not None else [Missing("tools", tool.id, "grants")]
    keyless = [name for name, _ in keyless_flows(tool)]
    found += [Missing("flows", name, "credential.held_by") for name in keyless]
    return (*found, *missing_flows(tool))


def _judged(tool: ToolSubject) -> list[tuple[Key, bool | None]]:
    return [(key, _changes(tool, key)) for key in tool.world.graph.keys(tool.id)]


def _reach_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    found = set(_keys_unlisted(tool))
    for key, changes in _judged(tool):
        if changes is None:
            found.update(_unstated_of(tool, key))
    return tuple(sorted(found))


def _unstated_of(tool: ToolSubject, key: Key) -> Iterator[Missing]:
    """What nobody said of the key, and of the data in the tool that it opens."""
    world, entry = tool.world, tool.world.stack.tools[key.on]
    if key.can is None:
        yield of_key(key, "can")
    if _has_personal(tool, key.on) is None:
        yield from (
            Missing("tools", key.on, each)
            for each in ("holds", "collects")
            if getattr(entry, each) is None
        )
        for name in sorted(world.graph.present(key.on)):
            if world.stack.datasets[name].privacy is None:
                yield Missing("datasets", name, "privacy")


@fact("tool", many(subject("tool")), rests_on=("grants",), missing=_reach_unstated, cached=True)
def may_change(tool: ToolSubject) -> Collection:
    """The tools with personal data in which keys held here may change something.

    Keys are its grants, and the credentials of flows that it holds.
    """
    judged = _judged(tool)
    found = sorted({key.on for key, changes in judged if changes})
    unclear = any(changes is None and key.on not in found for key, changes in judged)
    opened = tuple(tool.world.tools[each] for each in found)
    return Some(opened) if unclear or _keys_unlisted(tool) else opened
