"""The entries of one section in both states: added, removed, renamed, changed."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.figures.diff.facts import Change, changes
from stackaudit.inventory.merge import flow_id
from stackaudit.inventory.model import Flow

Kind = Literal["added", "removed", "renamed", "changed"]
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is different."""

    kind: Kind
    id: str
    """Its id now; of a removed one, the id that it had."""
    label: str
    """As a person would name it."""
    was: str | None = None
    """The id it had before, if that was another."""
    changes: tuple[Change, ...] = ()
    """The facts that are different; of an added or removed entry, all that it states."""
    widened: tuple[str, ...] = ()
    """Of a tool: what is wider than it was, in words, so that a review has to look again."""
    narrowed: tuple[str, ...] = ()
    """What is less than it was."""


def compared(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    renamed: Mapping[str, str] | None = None,
    leave_out: frozenset[str] = NOTHING,
    tools: Mapping[str, str] | None = None,
) -> tuple[EntryChange, ...]:
    """The entries that are different, sorted by id.

    `renamed` leads from old to new ids of the entries, `tools` from those of tools that they name.
    """
    names = renamed or {}
    return tuple(sorted(_compared(before, after, names, leave_out, tools or names), key=_order))


def _compared(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    renamed: Mapping[str, str],
    leave_out: frozenset[str],
    tools: Mapping[str, str],
) -> Iterator[EntryChange]:
    old = {renamed.get(id_, id_): id_ for id_ in before}
    for id_, entry in after.items():
        was = old.get(id_)
        found = changes(before[was] if was is not None else None, entry, leave_out, tools)
        if was is None:
            yield EntryChange("added", id_, label_of(id_, entry), changes=found)
        elif was != id_:
            yield EntryChange("renamed", id_, label_of(id_, entry), was, found)
        elif found:
            yield EntryChange("changed", id_, label_of(id_, entry), changes=found)
    for id_, was in old.items():
        if id_ not in after:
            gone = changes(before[was], None, leave_out)
            yield EntryChange("removed", was, label_of(was, before[was]), changes=gone)


def _order(change: EntryChange) -> tuple[str, str]:
    return (change.id, change.kind)


def label_of(id_: str, entry: Any) -> str:
    """The name, or else the id."""
    if isinstance(entry, Flow):
        through = f" through {entry.through}" if entry.through else ""
        return f"{entry.source} → {entry.target}{through}"
    return str(getattr(entry, "name", None) or getattr(entry, "title", None) or id_)


def flows_compared(
    before: Mapping[str, Flow], after: Mapping[str, Flow], renamed: Mapping[str, str]
) -> tuple[EntryChange, ...]:
    """Flows by their ids; where the one flow between two tools got another id, it is that one."""
    old = {flow_id(each): each for each in (_with_ids(flow, renamed) for flow in before.values())}
    gone = _by_ends({id_: each for id_, each in old.items() if id_ not in after})
    come = _by_ends({id_: each for id_, each in after.items() if id_ not in old})
    same = {gone[ends][0]: ids[0] for ends, ids in come.items() if len(ids) == len(gone[ends]) == 1}
    found = compared(old, after, same)
    return tuple(
        replace(each, kind="changed") if each.kind == "renamed" and each.changes else each
        for each in found
    )


def _by_ends(flows: Mapping[str, Flow]) -> defaultdict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, flow in flows.items():
        found[flow.source, flow.target].append(id_)
    return found


def _with_ids(flow: Flow, renamed: Mapping[str, str]) -> Flow:
    """The flow with its tools under their ids of today."""
    told = copy.copy(flow)  # as it was validated: a model cannot be made from its own fields
    for key in ("source", "target", "through"):
        if (tool := getattr(flow, key)) in renamed:
            object.__setattr__(told, key, renamed[tool])
    return told
