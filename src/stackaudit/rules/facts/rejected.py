"""Tools that were turned down or are gone, and what of them is still there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from stackaudit.phrase import phrase, word
from stackaudit.rules.facts.contract import missing, runs_on
from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.keys import of_key
from stackaudit.rules.facts.paid import contracts_of
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.running import flows_left_on
from stackaudit.rules.kinds.sightings import Sightings
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World


@fact("tool", FLAG, missing=lambda tool: (Missing("reviews", tool.id),))
def turned_down(tool: ToolSubject) -> bool | None:
    """Whether it was rejected: by its lifecycle, or by its review.

    Unknown only where the inventory says that its reviews are listed in part.
    """
    if tool.entry.stage == "rejected":
        return True
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return None if "reviews" in tool.world.stack.incomplete else False
    return review.state == "rejected"


def _since(tool: ToolSubject) -> dt.date | None:
    """The day on which its review rejected it, if that is stated."""
    review = tool.world.stack.reviews.get(tool.id)
    return review.on if review is not None and review.state == "rejected" else None


def _signs(tool: ToolSubject) -> Iterator[str]:
    graph, entry, since = tool.world.graph, tool.entry, _since(tool)
    if entry.in_use:
        yield phrase("its lifecycle is {stage}", stage=word("lifecycle", entry.stage))
    near = (graph.carrying_inflows, graph.carrying_outflows, graph.carrying_passing)
    for name in sorted({name for flows in near for name in flows(tool.id)}):
        yield phrase("{flow} runs", flow=tool.world.flows[name].label())
    for label in flows_left_on(tool):
        yield phrase("{flow} is not finished", flow=label)
    if since is not None and isinstance(entry.last_used, dt.date) and entry.last_used > since:
        yield phrase("it was used on {day}", day=entry.last_used)
    for source, day in _seen_after(tool):
        yield phrase("{source} saw it on {day}", source=source, day=day)
    for contract in contracts_of(tool):
        if contract.covers == (tool.id,) and runs_on(contract):
            yield phrase("its contract runs on")


def _seen_after(tool: ToolSubject) -> list[tuple[str, dt.date]]:
    """The sources that saw it after the rejection, each with the last day; sorted."""
    since, found = _since(tool), dict[str, dt.date]()
    for each in Sightings.of(tool.world).by_tool.get(tool.id, ()):
        if since is not None and each.seen is not None and each.seen > since:
            found[each.source] = max(each.seen, found.get(each.source, each.seen))
    return sorted(found.items())


def _sightings_unstated(tool: ToolSubject) -> Iterator[Missing]:
    """When a source saw it, or whether what a source saw is this tool."""
    sightings, stated = Sightings.of(tool.world), tool.world.stack.observations
    for thing, names in sightings.things.items():
        meant = sightings.meant(thing)
        if tool.id in meant.tools and not meant.sure:
            yield Missing("observations", names[0], "tool")
        elif tool.id in meant.tools:
            undated = (name for name in names if stated[name].seen is None)
            yield from (Missing("observations", name, "seen") for name in undated)


def _signs_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What could show that it is still in use, and nobody said."""
    found = list(missing_flows(tool))
    if tool.entry.last_used is None and _since(tool) is not None:
        found.append(Missing("tools", tool.id, "last_used"))
    if _since(tool) is not None:
        found += _sightings_unstated(tool)
    if tool.entry.contract is None and tool.id not in tool.world.covering:
        found.append(Missing("tools", tool.id, "contract"))
    own = [each for each in contracts_of(tool) if each.covers == (tool.id,)]
    if any(runs_on(each) is None for each in own):
        found += [missing(each, "renews") for each in own if each.entry.renews is None]
    return tuple(found)


@fact("tool", TEXTS, missing=_signs_unstated)
def signs_of_use(tool: ToolSubject) -> Collection:
    """What shows that people, data or money still go to it, in words.

    That it is listed as in use, a flow that runs or is not finished, use after the rejection, a
    source that saw it after that, a contract of its own that goes on.
    """
    found = tuple(_signs(tool))
    return Some(found) if _signs_unstated(tool) else found


_MOST_ASKED: Final = 20
"""Of so many keys without a holder is asked; more would not make the question clearer."""


def _keys_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody said of keys held here: grants, who holds a flow's key, what a key may do."""
    world = tool.world
    found = [Missing("tools", tool.id, "grants")] if tool.entry.grants is None else []
    unsure = (key for key in world.graph.keys(tool.id) if not key.sure)
    found += [of_key(key, "can") for key in unsure if world.tools[key.on].entry.in_use]
    return (*dict.fromkeys(found), *_keys_without_holder(world))


def _keys_without_holder(world: World) -> tuple[Missing, ...]:
    """Credentials of which nobody said who holds them: it may be any tool; the same for all."""
    if "keys without holder" not in world.memory:
        held_somewhere = (
            Missing("flows", name, "credential.held_by")
            for name, flow in world.stack.flows.items()
            if flow.credential is not None
            and flow.credential.held_by is None
            and flow.status not in ("planned", "finished", "absent")
            and (world.tools[flow.source].entry.in_use or world.tools[flow.target].entry.in_use)
        )
        world.memory["keys without holder"] = tuple(islice(held_somewhere, _MOST_ASKED))
    found: tuple[Missing, ...] = world.memory["keys without holder"]
    return found


@fact("tool", many(subject("tool")), rests_on=("grants",), missing=_keys_unstated)
def opens(tool: ToolSubject) -> Collection:
    """The tools in use that keys held here open: grants, and credentials of flows."""
    tools = tool.world.tools
    keys = tool.world.graph.keys(tool.id)
    found = tuple(
        tools[each]
        for each in sorted({key.on for key in keys if key.sure})
        if tools[each].entry.in_use
    )
    return Some(found) if _keys_unstated(tool) else found
