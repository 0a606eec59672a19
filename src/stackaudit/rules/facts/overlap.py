"""Overlaps and provisions: who does the same for the same people, and which one could go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.graph.missing import Missing
from stackaudit.phrase import phrase
from stackaudit.rules.facts.choice import choose
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import CapabilitySubject
from stackaudit.rules.kinds.portfolio import OverlapSubject, ProvisionSubject, unplaced
from stackaudit.rules.kinds.scopes import Scopes, serve_the_same
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Number, number
from stackaudit.rules.types import FLAG, MONEY, NUMBER, SHARE, TEXT, TEXTS, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World


def _capabilities(tool: ToolSubject) -> tuple[str, ...]:
    """What it is for, each once, the main one first."""
    return tuple(dict.fromkeys(tool.entry.capabilities or ()))


def _shared(overlap: OverlapSubject) -> tuple[str, ...]:
    other = frozenset(_capabilities(overlap.b))
    return tuple(each for each in _capabilities(overlap.a) if each in other)


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


@fact("overlap", TEXT)
def do(overlap: OverlapSubject) -> str:
    """`do`, or `can do` where it is the catalog that says what one of them is for."""
    tools = (overlap.a, overlap.b)
    likely = any(overlap.world.from_catalog("tools", each.id, "capabilities") for each in tools)
    return phrase("can do" if likely else "do")


@fact("overlap", SHARE, rests_on=("capabilities",))
def share(overlap: OverlapSubject) -> float:
    """The part of the capabilities of the smaller tool that the other provides too."""
    smaller = min(len(_capabilities(overlap.a)), len(_capabilities(overlap.b)))
    return len(_shared(overlap)) / smaller if smaller else 0.0


@fact("overlap", FLAG, rests_on=("capabilities",))
def main_shared(overlap: OverlapSubject) -> bool:
    """Whether what the smaller tool is mainly for is among them; of equals, either one's."""
    both = (_capabilities(overlap.a), _capabilities(overlap.b))
    size = min(map(len, both))
    return any(each[0] in _shared(overlap) for each in both if each and len(each) == size)


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
    """What speaks for keeping that one; nothing where they are equal."""
    return choose(overlap).reasons


@fact("overlap", TEXT)
def verdict(overlap: OverlapSubject) -> str:
    """Which to keep and why, in words; that it is open where nothing but the cost is known."""
    return choose(overlap).verdict


@fact("overlap", FLAG)
def kept(overlap: OverlapSubject) -> bool:
    """Whether it is stated of one of them why it is deliberately kept."""
    return any(each.entry.keep not in (None, "none") for each in (overlap.a, overlap.b))


@fact("overlap", MONEY)
def saving(overlap: OverlapSubject) -> Number:
    """What a year without the one that could go saves.

    Nothing where one of them is deliberately kept: then both stay, and no total may count on it.
    """
    return 0.0 if kept(overlap) else choose(overlap).saving


@fact("provision", subject("tool"))
def tool(provision: ProvisionSubject) -> ToolSubject:
    """The tool."""
    return provision.tool


@fact("provision", subject("capability"))
def capability(provision: ProvisionSubject) -> CapabilitySubject:
    """What it is mainly for."""
    return provision.capability


def _main_scopes(world: World) -> Scopes:
    """The tools in use by what they are mainly for."""
    memory = world.memory
    if "main scopes" not in memory:
        tools = world.stack.tools
        offers = (
            (tool.capabilities[0], name)
            for name, tool in tools.items()
            if tool.in_use and tool.capabilities
        )
        memory["main scopes"] = Scopes(offers, tools, unplaced(world))
    scopes: Scopes = memory["main scopes"]
    return scopes


def _crowd(provision: ProvisionSubject) -> tuple[tuple[str, ...], int]:
    return _main_scopes(provision.world).crowd(provision.capability.id, provision.tool.entry)


def _unplaced_nearby(provision: ProvisionSubject) -> tuple[Missing, ...]:
    """Tools for the same people of which nobody said what they are for."""
    tools, own = provision.world.stack.tools, provision.tool.entry
    near = [each for each in unplaced(provision.world) if serve_the_same(own, tools[each])]
    return tuple(Missing("tools", each, "capabilities") for each in near)


@fact("provision", many(subject("tool")))
def providers(provision: ProvisionSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that mainly provide the capability to the same people; itself included.

    The same people are those of one brand, in one region, on one channel; where it serves several,
    those for whom the most tools do it.
    """
    return tuple(provision.world.tools[each] for each in _crowd(provision)[0])


@fact("provision", NUMBER, rests_on=("capabilities",), missing=_unplaced_nearby)
def crowd(provision: ProvisionSubject) -> Number:
    """How many they are; a range where it is not stated what some tools are for."""
    found, at_most = _crowd(provision)
    return number(len(found), at_most)
