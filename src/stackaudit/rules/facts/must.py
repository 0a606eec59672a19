"""What a capability must have, and whether any of its tools has it."""

from __future__ import annotations

from stackaudit.graph.missing import LISTED_TOOLS, Missing
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import CapabilitySubject
from stackaudit.rules.kinds.portfolio import unplaced
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import TEXTS, many, subject


def _providers(capability: CapabilitySubject) -> tuple[ToolSubject, ...]:
    """The tools in use that list it; those that are mainly for it first, then by id."""
    tools = capability.world.tools.values()
    found = [
        each
        for each in tools
        if each.entry.in_use and capability.id in (each.entry.capabilities or ())
    ]
    first = [each for each in found if (each.entry.capabilities or ("",))[0] == capability.id]
    return (*first, *(each for each in found if each not in first))


@fact("capability", many(subject("tool")))
def providers(capability: CapabilitySubject) -> tuple[ToolSubject, ...]:
    """The tools in use that are stated to provide it, as their main job or beside it."""
    return _providers(capability)


def _meets_unstated(capability: CapabilitySubject) -> tuple[Missing, ...]:
    found = tuple(
        Missing("tools", each.id, "meets")
        for each in _providers(capability)
        if each.entry.meets is None
    )
    more = (LISTED_TOOLS,) if "tools" in capability.world.stack.incomplete else ()
    return (*found, *more, *_maybe_providers(capability))


def _maybe_providers(capability: CapabilitySubject) -> tuple[Missing, ...]:
    """Where no tool is known to provide it: those of which nobody said what they are for."""
    if _providers(capability):
        return ()
    return tuple(Missing("tools", each, "capabilities") for each in unplaced(capability.world))


@fact("capability", TEXTS, missing=_meets_unstated)
def unmet_musts(capability: CapabilitySubject) -> Collection:
    """What it must have and none of the tools that provide it has.

    Nothing where nobody stated a must, or no tool provides it. A tool that does not say what it
    meets may meet everything.
    """
    providers = _providers(capability)
    met = {each for tool in providers for each in tool.entry.meets or ()}
    lacking = tuple(each for each in dict.fromkeys(capability.entry.must or ()) if each not in met)
    if not lacking:
        return ()
    if _meets_unstated(capability):
        return Some(())
    return lacking if providers else ()


@fact("capability", subject("tool"))
def first_provider(capability: CapabilitySubject) -> ToolSubject | None:
    """The first tool in use that is mainly for it, else that provides it; unknown without one."""
    return next(iter(_providers(capability)), None)


@fact("capability", TEXTS)
def all_that_its_tool_should_meet(capability: CapabilitySubject) -> tuple[str, ...]:
    """What its first tool meets, with all that the capability must have."""
    tool = next(iter(_providers(capability)), None)
    meets = (tool.entry.meets or ()) if tool else ()
    return tuple(dict.fromkeys((*meets, *(capability.entry.must or ()))))


@fact("tool", TEXTS, name="meets", writes="meets",
      missing=lambda tool: (Missing("tools", tool.id, "meets"),))  # fmt: skip
def tool_meets(tool: ToolSubject) -> tuple[str, ...] | None:
    """Which of the musts of its capabilities it meets."""
    stated: tuple[str, ...] | None = tool.entry.meets
    return stated
