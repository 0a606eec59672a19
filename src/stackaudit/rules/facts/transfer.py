"""Where data is processed, measured against what the organization's policy allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.inventory.model.tools import Subprocessor
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import FLAG, TEXTS, words

EU: Final = frozenset(
    {
        "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr",
        "hu", "ie", "it", "lt", "lu", "lv", "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
    }
)  # fmt: skip
"""The member states of the European Union by their ISO 3166-1 codes."""

EEA: Final = EU | {"is", "li", "no"}
"""With the other states of the European Economic Area."""

_AREAS: Final = {"eu": EU, "eea": EEA | {"eu"}}

stated("tool", "safeguard", words("adequacy", "scc", "bcr", "none"), "safeguard",
       "What protects a transfer to a third country.")  # fmt: skip


def within(region: str, allowed: tuple[str, ...]) -> bool:
    """Whether a region is one of those allowed, or lies in one: `de` and `eu-west-1` in `eu`."""
    place = region.casefold().replace("_", "-")
    for each in (name.casefold() for name in allowed):
        if place == each or place.startswith(f"{each}-") or place in _AREAS.get(each, ()):
            return True
    return False


def _allowed(tool: ToolSubject) -> tuple[str, ...] | None:
    """The regions that the policy names; None where it names none, and so rules none out."""
    regions: tuple[str, ...] | None = tool.world.stack.policy.regions
    return regions


@fact("tool", FLAG, rests_on=("region",))
def outside_policy(tool: ToolSubject) -> bool | None:
    """Whether its data is kept in a region that the policy does not name.

    False where there is no such policy: then no region is ruled out.
    """
    allowed = _allowed(tool)
    if allowed is None:
        return False
    return None if tool.entry.region is None else not within(tool.entry.region, allowed)


def _judged(tool: ToolSubject) -> Iterator[tuple[Subprocessor, bool | None]]:
    """Each sub-processor, and whether the policy is against it."""
    policy, allowed = tool.world.stack.policy, _allowed(tool)
    refused = {each.casefold() for each in policy.refused_subprocessors or ()}
    for each in tool.entry.subprocessors or ():
        if each.name.casefold() in refused:
            yield each, True
        elif allowed is None:
            yield each, False
        else:
            yield each, None if each.region is None else not within(each.region, allowed)


def _ruled(tool: ToolSubject) -> bool:
    """Whether the policy says anything that a sub-processor could be against."""
    policy = tool.world.stack.policy
    return policy.regions is not None or bool(policy.refused_subprocessors)


def _subprocessors_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if tool.entry.subprocessors is None:
        return (Missing("tools", tool.id, "subprocessors"),)
    return tuple(
        Missing("tools", tool.id, f"subprocessors.{each.name}")
        for each, against in _judged(tool)
        if against is None
    )


@fact("tool", TEXTS, rests_on=("subprocessors",), missing=_subprocessors_unstated)
def barred_subprocessors(tool: ToolSubject) -> Collection:
    """Its sub-processors that the policy is against, each with its region.

    They are refused by name, or work in a region that the policy does not name.
    """
    if not _ruled(tool):
        return ()
    judged = list(_judged(tool))
    found = tuple(_named(each) for each, against in judged if against)
    open_ = tool.entry.subprocessors is None or any(against is None for _, against in judged)
    return Some(found) if open_ else found


def _named(subprocessor: Subprocessor) -> str:
    return subprocessor.name + (f" ({subprocessor.region})" if subprocessor.region else "")


@fact("tool", TEXTS, rests_on=("subprocessors",), writes="subprocessors")
def accepted_subprocessors(tool: ToolSubject) -> tuple[str, ...]:
    """Its sub-processors that the policy is surely not against and whose region is not asked."""
    policy = tool.world.stack.policy
    if policy.regions is not None:
        return ()
    return tuple(each.name for each, against in _judged(tool) if against is False)
