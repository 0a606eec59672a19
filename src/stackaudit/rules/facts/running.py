"""Tools that run although their lifecycle says that they do not: planned, or retired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from stackaudit.inventory.model import Flow
from stackaudit.phrase import counted, phrase
from stackaudit.rules.facts.people import people
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.sightings import Sightings
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, TEXT

_STILL = ("planned", "retired")
_LIVE = ("har", "website")
"""Sources that see what runs, and not what is prepared."""


@fact("tool", FLAG)
def runs(tool: ToolSubject) -> bool:
    """Whether it is in use, or something states that it runs though it is planned or retired.

    That is a flow to it, from it or through it with `status: active`; for a planned tool also that
    a recording or a live page has it, a key that it holds (`grants`), since a key opens what it
    opens from the day on which it is made, a day on which it was last used, people who work with
    it, and a day on which a flow of it last ran through. A flow without a status follows its tools,
    and so does not make a planned tool run.
    """
    return tool.in_use or _moving(tool) is not None or bool(_planned_although(tool))


def _moving(tool: ToolSubject) -> str | None:
    """The first flow that carries data although the tool is planned or retired, by its label."""
    if tool.entry.stage not in _STILL:
        return None
    graph = tool.world.graph
    near = (graph.carrying_inflows, graph.carrying_outflows, graph.carrying_passing)
    found = min((name for flows in near for name in flows(tool.id)), default=None)
    return None if found is None else tool.world.flows[found].label()


def _held(tool: ToolSubject) -> Iterator[str]:
    """The tools that keys of a planned tool open; those of a retired one are another rule's."""
    if tool.entry.stage == "planned":
        for key in tool.world.graph.keys(tool.id):
            if key.sure and key.source[0] == "grants":
                yield key.on


def _seen_by(tool: ToolSubject) -> str | None:
    """The first source that surely saw a planned tool at work; of retired ones another rule speaks.

    A tag in a container, or an app behind single sign-on, may be there to be set up.
    """
    if tool.entry.stage != "planned":
        return None
    seen = Sightings.of(tool.world).by_tool.get(tool.id, ())
    return min((each.source for each in seen if each.source in _LIVE), default=None)


@fact("tool", FLAG)
def left_on(tool: ToolSubject) -> bool:
    """Whether it is retired, and a flow between it and a tool that runs is not said to be over.

    What is still listed of a tool that is gone, and not as finished, nobody switched off.
    """
    return next(flows_left_on(tool), None) is not None


def flows_left_on(tool: ToolSubject) -> Iterator[str]:
    """The flows of a retired tool of which nobody said anything, by their labels."""
    if tool.entry.stage != "retired":
        return
    for name in _near(tool):
        flow = tool.world.stack.flows[name]
        if flow.status is None and flow.data != () and _others_run(tool, flow):
            yield tool.world.flows[name].label()


def _others_run(tool: ToolSubject, flow: Flow) -> bool:
    others = {flow.source, flow.target, flow.through} - {tool.id, None}
    tools = tool.world.stack.tools
    return bool(others) and all(tools[str(each)].stage not in _STILL for each in others)


@fact("tool", TEXT)
def although(tool: ToolSubject) -> str:
    """What contradicts a lifecycle that says it does not run, in words behind its name.

    Nothing where its lifecycle says that it is in use.
    """
    return _planned_although(tool) or _retired_although(tool)


def _planned_although(tool: ToolSubject) -> str:
    """The first thing that contradicts a lifecycle that says planned."""
    if tool.entry.stage != "planned":
        return ""
    moving, key, source = _moving(tool), next(_held(tool), None), _seen_by(tool)
    if moving is not None:
        return phrase(" (planned, and {flow} runs)", flow=moving)
    if key is not None:
        return phrase(" (planned, and holds a key to {tool})", tool=tool.world.tools[key].label())
    if source is not None:
        return phrase(" (planned, and {source} saw it)", source=source)
    return _worked_with(tool)


def _worked_with(tool: ToolSubject) -> str:
    """That a planned tool is used, as its own entry or a flow of it says."""
    used, number = tool.entry.last_used, people(tool) or 0
    if isinstance(used, dt.date) and used <= tool.world.today:
        return phrase(" (planned, and used on {day})", day=used)
    if number > 0:
        one, many = " (planned, and {n} person uses it)", " (planned, and {n} people use it)"
        return counted(number, one, many)
    for name in _near(tool):
        flow = tool.world.stack.flows[name]
        if flow.status in (None, "planned") and _has_run(flow, tool.world.today):
            label = tool.world.flows[name].label()
            return phrase(" (planned, and {flow} ran on {day})", flow=label, day=flow.last_success)
    return ""


def _has_run(flow: Flow, today: dt.date) -> bool:
    return isinstance(flow.last_success, dt.date) and flow.last_success <= today


def _near(tool: ToolSubject) -> list[str]:
    """The ids of its flows to it, from it and through it, of any status but absent; sorted."""
    graph = tool.world.graph
    return sorted({*graph.inflows(tool.id), *graph.outflows(tool.id), *graph.passing(tool.id)})


def _retired_although(tool: ToolSubject) -> str:
    if tool.entry.stage != "retired":
        return ""
    left = _moving(tool) or next(flows_left_on(tool), None)
    return "" if left is None else phrase(" (retired, and {flow} is not finished)", flow=left)
