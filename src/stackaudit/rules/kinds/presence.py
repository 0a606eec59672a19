"""Where a source should see a tool: on the site, or among the apps people sign in to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from stackaudit.inventory.model import Tool
from stackaudit.rules.kinds.data import section_place
from stackaudit.rules.kinds.sightings import ON_SITE, SIGN_IN
from stackaudit.rules.subjects import Subject, Undecided, register_kind

if TYPE_CHECKING:
    from stackaudit.graph.missing import Missing
    from stackaudit.rules.kinds.tool import ToolSubject
    from stackaudit.rules.world import World

FITTING: Final[Mapping[str, tuple[str, ...]]] = {"site": ON_SITE, "sign_in": SIGN_IN}
"""Where a tool is expected → the kinds of observations that would show it there."""
_UNSEEN: Final = {"site": "tags seen on the site", "sign_in": "sign-in apps seen"}


class PresenceSubject(Subject):
    """A tool in use, and the place where its declaration says that a source would see it."""

    __slots__ = ("tool", "where")
    kind: ClassVar[str] = "presence"
    section: ClassVar[str | None] = "tools"
    entry: Tool

    def __init__(self, world: World, tool: ToolSubject, where: str) -> None:
        super().__init__(world, (tool.id, where), tool.entry)
        self.tool = tool
        self.where = where

    def named(self) -> tuple[tuple[str, str], ...]:
        return (("tool", self.tool.id), ("presence", self.where))

    def label(self) -> str:
        return self.tool.label()


def _declared(world: World, where: str) -> Iterator[ToolSubject]:
    """The tools in use that are declared as a tag on the site, or as a sign-in app."""
    for name, tool in world.tools.items():
        if tool.entry.in_use and (_on_site(world, name) if where == "site" else _signs_in(tool)):
            yield tool


def _on_site(world: World, tool: str) -> bool:
    """Whether data comes to it by a tag; or it collects, and hands on by a tag.

    What a tool collects without one may enter anywhere: at a till, in an app, by a person.
    """
    graph, flows = world.graph, world.stack.flows
    if any(flows[name].method == "tag" for name in graph.carrying_inflows(tool)):
        return True
    sends = any(flows[name].method == "tag" for name in graph.carrying_outflows(tool))
    return sends and bool(world.stack.tools[tool].collects)


def _signs_in(tool: ToolSubject) -> bool:
    access = tool.entry.access
    return access is not None and access.sso in ("optional", "enforced")


def looked(world: World, where: str) -> bool:
    """Whether any source looked there at all, and what it saw is listed in full."""
    fitting = FITTING[where]
    return "observations" not in world.stack.incomplete and any(
        each.kind in fitting for each in world.stack.observations.values()
    )


def _presences(world: World) -> Iterator[Subject]:
    """a tool in use and where a source should see it: a tag on the site, or a sign-in app

    Only where a source looked: `site` needs an observation of a tag, script, cookie or request,
    `sign_in` one of an app at the identity provider.
    """
    for where in FITTING:
        if looked(world, where):
            for tool in _declared(world, where):
                yield PresenceSubject(world, tool, where)


def _presences_unknown(world: World) -> Iterator[Undecided]:
    """Once for all tools declared as tags, and once for all sign-in apps, if nobody looked.

    Where somebody looked: each tool of which is not stated whether it belongs there, once.
    """
    from stackaudit.graph.missing import Missing

    lacking: dict[str, list[Missing]] = {}
    for where, words in _UNSEEN.items():
        if looked(world, where):
            for tool, missing in _perhaps_declared(world, where):
                lacking.setdefault(tool.id, []).extend(missing)
        elif any(True for _ in _declared(world, where)):
            place = section_place(world, "observations")
            yield Undecided((("stack", words),), (Missing("stack", "observations"),), place)
    for name, found in lacking.items():
        yield Undecided((("tool", name),), tuple(dict.fromkeys(found)), world.tools[name].place())


def _perhaps_declared(
    world: World, where: str
) -> Iterator[tuple[ToolSubject, tuple[Missing, ...]]]:
    """The tools in use of which it is not known whether they belong there, and why.

    Without those that a source has seen there since, whatever they are declared as.
    """
    from stackaudit.rules.facts.presence import missed

    sure = {tool.id for tool in _declared(world, where)}
    for name, tool in world.tools.items():
        if tool.entry.in_use and name not in sure:
            missing = _site_unstated(world, name) if where == "site" else _sign_in_unstated(tool)
            if missing and missed(PresenceSubject(world, tool, where)) is not False:
                yield tool, missing


def _sign_in_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    from stackaudit.graph.missing import Missing

    access = tool.entry.access
    unstated = access is None or access.sso is None
    return (Missing("tools", tool.id, "access.sso"),) if unstated else ()


def _site_unstated(world: World, tool: str) -> tuple[Missing, ...]:
    """How its flows move data, and whether it collects what it hands on by a tag."""
    from stackaudit.graph.missing import Missing

    graph, flows = world.graph, world.stack.flows
    collects = world.stack.tools[tool].collects
    sent = [(name, flows[name].method) for name in graph.carrying_outflows(tool)]
    asked = [name for name in graph.carrying_inflows(tool) if flows[name].method is None]
    if collects != ():
        asked += [name for name, method in sent if method is None]
    missing = [Missing("flows", name, "method") for name in dict.fromkeys(asked)]
    if collects is None and any(method in ("tag", None) for _, method in sent):
        missing.append(Missing("tools", tool, "collects"))
    return tuple(missing)


register_kind("presence", _presences, _presences_unknown)
