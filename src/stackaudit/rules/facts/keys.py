"""The keys that a tool holds to others: its grants, and the credentials of flows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stackaudit.phrase import NEXT, in_a_row, phrase, word
from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.graph.keys import Key
    from stackaudit.rules.world import World


def _opens_a_record(world: World, key: Key) -> bool | None:
    """Whether the key opens a system of record: to write, or to read personal data."""
    power = _power(world, key)
    if power is False:
        return False
    there = _is_record(world, key.on)
    return there if there is not True or (power and key.sure) else None


def _power(world: World, key: Key) -> bool | None:
    """Whether the key may change data, or read personal data."""
    if key.can in ("write", "admin"):
        return True
    if key.data is None:
        return None
    classes = [world.stack.datasets[each].privacy for each in key.data]
    if any(each in ("personal", "special") for each in classes):
        return True
    return None if key.can is None or None in classes else False


def _is_record(world: World, tool: str) -> bool | None:
    """Whether the tool is the system of record of anything; unknown if nobody ruled it out."""
    if world.graph.records_of(tool):
        return True
    return None if any(True for _ in _records_unstated(world, tool)) else False


def _records_unstated(world: World, tool: str) -> Iterator[Missing]:
    """Datasets of which the tool may be the system of record, for all that is stated."""
    for name in world.graph.unrecorded:
        if tool in world.graph.may_be_record(name):
            yield Missing("datasets", name, "system_of_record")


def _unlisted_keys(tool: ToolSubject) -> Iterator[Missing]:
    """What nobody said of keys that the tool may hold besides those that are stated."""
    if tool.entry.grants is None:
        yield Missing("tools", tool.id, "grants")
    yield from missing_flows(tool)
    for name, ends in keyless_flows(tool):
        if any(_is_record(tool.world, each) is not False for each in ends):
            yield Missing("flows", name, "credential.held_by")


def keyless_flows(tool: ToolSubject) -> Iterator[tuple[str, set[str]]]:
    """Its flows that need a key of which nobody said who holds it, with their other ends."""
    from stackaudit.graph.exposure import KEYLESS

    graph = tool.world.graph
    for name in (*graph.inflows(tool.id), *graph.outflows(tool.id), *graph.passing(tool.id)):
        flow = tool.world.stack.flows[name]
        needs_key = flow.status not in ("planned", "finished") and flow.method not in KEYLESS
        if needs_key and (flow.credential is None or flow.credential.held_by is None):
            yield name, {flow.source, flow.target} - {tool.id}


def _opened(tool: ToolSubject) -> tuple[list[str], list[Key]]:
    """The systems of record that keys held here surely open; the keys that may open one more."""
    judged = [(key, _opens_a_record(tool.world, key)) for key in tool.world.graph.keys(tool.id)]
    found = sorted({key.on for key, opens in judged if opens})
    return found, [key for key, opens in judged if opens is None and key.on not in found]


def _keys_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    found = set(_unlisted_keys(tool))
    for key in _opened(tool)[1]:
        found.update(_unstated_of(tool.world, key))
    return tuple(sorted(found))


def _unstated_of(world: World, key: Key) -> Iterator[Missing]:
    """What nobody said of one key, of its data, and of the tool that it opens."""
    enough = _power(world, key) is True
    if key.can is None and not (enough and key.sure):
        yield of_key(key, "can")
    if key.data is None and not enough:
        yield of_key(key, "data")
    for name in () if enough else key.data or ():
        if world.stack.datasets[name].privacy is None:
            yield Missing("datasets", name, "privacy")
    if not world.graph.records_of(key.on):
        yield from _records_unstated(world, key.on)


def of_key(key: Key, what: str) -> Missing:
    """That nobody said this of a key: `can`, `data`."""
    if key.source[0] == "flows":
        return Missing("flows", key.source[1], what if what == "data" else f"credential.{what}")
    return Missing("tools", key.stated_by, f"grants.{key.source[1]}.{what}")


def _key_path(tool: ToolSubject) -> tuple[str, ...]:
    found, _ = _opened(tool)
    return (tool.id, found[0]) if found else ()


@fact("tool", many(subject("tool")), rests_on=("grants",), missing=_keys_unstated, path=_key_path,
      cached=True)  # fmt: skip
def opens_records(tool: ToolSubject) -> Collection:
    """The systems of record that keys held here open: to write, or to read personal data.

    Keys are its grants, and the credentials of flows that it holds.
    """
    found, unclear = _opened(tool)
    opened = tuple(tool.world.tools[each] for each in found)
    return Some(opened) if unclear or any(True for _ in _unlisted_keys(tool)) else opened


@fact("tool", TEXTS)
def key_words(tool: ToolSubject) -> tuple[str, ...]:
    """The systems of record that keys held here open, each with what the keys may do there."""
    keys, (found, _) = tool.world.graph.keys(tool.id), _opened(tool)
    rights = {on: {key.can for key in keys if key.on == on and key.can} for on in found}
    return tuple(
        phrase("{tool} ({rights})", tool=tool.world.tools[on].label(), rights=_words(rights[on]))
        for on in found
    )


def _words(rights: set[str]) -> str:
    if not rights:
        return phrase("rights not stated")
    return in_a_row([word("right", each) for each in sorted(rights)], NEXT)
