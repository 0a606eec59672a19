"""Overlaps and provisions: who does the same for the same people, and which one could go."""

from __future__ import annotations

from stackaudit.rules.facts.choice import choose
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import CapabilitySubject
from stackaudit.rules.kinds.portfolio import OverlapSubject, ProvisionSubject
from stackaudit.rules.kinds.scopes import Scopes
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, SHARE, TEXTS, many, subject


def _shared(overlap: OverlapSubject) -> list[str]:
    first = overlap.a.entry.capabilities or ()
    second = overlap.b.entry.capabilities or ()
    return [each for each in first if each in second]


@fact("overlap", subject("tool"))
def a(overlap: OverlapSubject) -> ToolSubject:
    """One of the two, by id."""
    return overlap.a


@fact("overlap", subject("tool"))
def b(overlap: OverlapSubject) -> ToolSubject:
    """The other one."""
    return overlap.b


@fact("overlap", TEXTS)
def shared(overlap: OverlapSubject) -> tuple[str, ...]:
    """The names of the capabilities that both provide."""
    return tuple(overlap.world.capabilities[each].label() for each in _shared(overlap))


@fact("overlap", SHARE)
def share(overlap: OverlapSubject) -> float:
    """The part of the capabilities of the smaller tool that the other provides too."""
    smaller = min(len(overlap.a.entry.capabilities or ()), len(overlap.b.entry.capabilities or ()))
    return len(_shared(overlap)) / smaller if smaller else 0.0


@fact("overlap", FLAG)
def main_shared(overlap: OverlapSubject) -> bool:
    """Whether what the smaller tool is mainly for is among them; of equals, either one's."""
    shared_ids = set(_shared(overlap))
    first = overlap.a.entry.capabilities or ()
    second = overlap.b.entry.capabilities or ()
    smaller = [each for each in (first, second) if len(each) == min(len(first), len(second))]
    return any(each and each[0] in shared_ids for each in smaller)


@fact("overlap", subject("tool"))
def keep(overlap: OverlapSubject) -> ToolSubject:
    """The one to keep: by decisions made, then use, dependents, flows and cost."""
    return choose(overlap).keep


@fact("overlap", subject("tool"))
def drop(overlap: OverlapSubject) -> ToolSubject:
    """The one that could go."""
    return choose(overlap).drop


@fact("overlap", TEXTS)
def reasons(overlap: OverlapSubject) -> tuple[str, ...]:
    """What speaks for keeping that one."""
    return choose(overlap).reasons


@fact("overlap", FLAG)
def kept(overlap: OverlapSubject) -> bool:
    """Whether it is stated of one of them why it is deliberately kept."""
    return any(each.entry.keep not in (None, "none") for each in (overlap.a, overlap.b))


@fact("provision", subject("tool"))
def tool(provision: ProvisionSubject) -> ToolSubject:
    """The tool."""
    return provision.tool


@fact("provision", subject("capability"))
def capability(provision: ProvisionSubject) -> CapabilitySubject:
    """What it is mainly for."""
    return provision.capability


@fact("provision", many(subject("tool")), cached=True)
def providers(provision: ProvisionSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that mainly provide the capability to the same people; itself included."""
    world = provision.world
    memory = world.memory.setdefault("main scopes", {})
    if "scopes" not in memory:
        memory["scopes"] = Scopes(
            (each.entry.capabilities[0], name, each.entry)
            for name, each in world.tools.items()
            if each.entry.in_use and each.entry.capabilities
        )
    names = memory["scopes"].sharing(provision.capability.id, provision.tool.entry)
    return tuple(world.tools[each] for each in sorted(names))
