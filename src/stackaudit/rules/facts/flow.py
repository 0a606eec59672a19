"""How data moves: what a flow carries, how, how often, and whether it still runs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, get_args

from stackaudit.inventory.model import Flow
from stackaudit.inventory.model.flows import Method, Protection, Status
from stackaudit.inventory.values import Duration
from stackaudit.phrase import counted, phrase
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.facts.words import NEVER_YET, named, past
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection
from stackaudit.rules.types import DATE, FLAG, MINUTES, TEXT, TEXTS, many, subject, words

if TYPE_CHECKING:
    from stackaudit.rules.world import World

QUARTER: Final = Duration(3, "mo")
DAY: Final = 1440
"""Minutes of a day."""

MISSED: Final = 3
"""So many intervals may pass after a success before the flow counts as overdue."""

UNITS: Final = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}

stated("flow", "method", words(*get_args(Method)), "method", "How the data moves.")
stated("flow", "status", words(*get_args(Status)), "status",
       "Whether it runs; active if nothing is stated.", default="active")  # fmt: skip
stated("flow", "protect", words(*get_args(Protection)), "protect",
       "What is done to the data on the way.")  # fmt: skip


@fact("flow", TEXT)
def name(flow: FlowSubject) -> str:
    """Where it comes from, what it goes through, where it goes to."""
    return flow.label()


@fact("flow", TEXT, name="id")
def id_(flow: FlowSubject) -> str:
    """Its id, stated or made from its ends."""
    return flow.id


@fact("flow", subject("tool"))
def source(flow: FlowSubject) -> ToolSubject:
    """The tool that the data leaves."""
    return flow.world.tools[flow.entry.source]


@fact("flow", subject("tool"))
def target(flow: FlowSubject) -> ToolSubject:
    """The tool that the data reaches."""
    return flow.world.tools[flow.entry.target]


@fact("flow", many(subject("dataset")), rests_on=("data",))
def data(flow: FlowSubject) -> Collection:
    """The datasets that it carries."""
    if flow.entry.data is None:
        return None
    return tuple(flow.world.datasets[each] for each in sorted(set(flow.entry.data)))


@fact("flow", FLAG)
def runs(flow: FlowSubject) -> bool:
    """Whether it carries data today: active, and something to carry.

    One of a planned or retired tool only runs if it is stated to be active.
    """
    return flow.runs


@fact("flow", FLAG)
def between_tools_in_use(flow: FlowSubject) -> bool:
    """Whether the tools at both ends, and the one in between, are in use."""
    entry, tools = flow.entry, flow.world.tools
    if not (tools[entry.source].in_use and tools[entry.target].in_use):
        return False
    return entry.through is None or tools[entry.through].in_use


@fact("flow", MINUTES, rests_on=("every",))
def interval(flow: FlowSubject) -> float | None:
    """How long it may take until it runs again; nothing for one that runs as things happen."""
    every = flow.entry.every
    if every is None:
        return None
    return every.minutes if isinstance(every, Duration) else 0


@fact("flow", TEXT)
def rhythm(flow: FlowSubject) -> str:
    """How often it runs, in words."""
    return rhythm_of(flow.entry)


def rhythm_of(flow: Flow) -> str:
    """How often a flow runs, in words."""
    every = flow.every
    if not isinstance(every, Duration):
        return phrase("nobody said how often" if every is None else "as things happen")
    unit = UNITS[every.unit]
    return counted(every.amount, f"every {unit}", f"every {{n}} {unit}s")


@fact("flow", FLAG)
def stated_rare(flow: FlowSubject) -> bool:
    """Whether it is stated to run less often than once a quarter; false if nothing is stated."""
    every = flow.entry.every
    return isinstance(every, Duration) and every.minutes > QUARTER.minutes


@fact("flow", FLAG, missing=lambda flow: _unclear_data(flow))
def carries_personal(flow: FlowSubject) -> bool | None:
    """Whether personal data travels on it in a form that is still personal."""
    from stackaudit.graph.ends import protects

    if protects(flow.entry):
        return False
    if flow.entry.data is None:
        return None
    classes = [flow.world.stack.datasets[each].privacy for each in flow.entry.data]
    if any(each in ("personal", "special") for each in classes):
        return True
    return None if None in classes else False


def _unclear_data(flow: FlowSubject) -> tuple[Missing, ...]:
    if flow.entry.data is None:
        return (Missing("flows", flow.id, "data"),)
    datasets = flow.world.stack.datasets
    return tuple(
        Missing("datasets", each, "privacy")
        for each in sorted(set(flow.entry.data))
        if datasets[each].privacy is None
    )


@fact("flow", DATE, rests_on=("last_success",), writes="last_success")
def last_success(flow: FlowSubject) -> dt.date | None:
    """When it last ran through; `never` is longer ago than any day."""
    return past(flow.entry.last_success)


@fact("flow", FLAG, missing=lambda flow: _unclear_health(flow))
def overdue(flow: FlowSubject) -> bool | None:
    """Whether its last success is older than three intervals, and than a day.

    A flow without a last success is unknown, unless somebody states that it is active.
    """
    done = past(flow.entry.last_success)
    if done is None:
        return False if flow.entry.status == "active" else None
    age, every = (flow.world.today - done).days * DAY, interval(flow)
    if age <= DAY:
        return False
    if done == NEVER_YET:
        return True
    return None if every is None else age > MISSED * every


def _unclear_health(flow: FlowSubject) -> tuple[Missing, ...]:
    key = "last_success" if flow.entry.last_success is None else "every"
    return (Missing("flows", flow.id, key),)


@fact("flow", TEXT)
def health(flow: FlowSubject) -> str:
    """What is stated of how it runs, in words: its status, its last success, its rhythm."""
    done = past(flow.entry.last_success)
    known = "" if done is None else _last_run(done, flow.world.today)
    if flow.entry.status == "broken":
        return phrase(_BROKEN, last_run=known) if known else phrase("is marked broken")
    if flow.entry.every is None:
        return known or phrase("runs, nobody said how often")
    often = rhythm(flow)
    return phrase(_SHOULD, last_run=known, rhythm=often) if known else phrase(_RUNS, rhythm=often)


_BROKEN: Final = "is marked broken; it {last_run}"
_SHOULD: Final = "{last_run}, and should run {rhythm}"
_RUNS: Final = "runs {rhythm}"


def _last_run(done: dt.date, today: dt.date) -> str:
    if done == NEVER_YET:
        return phrase("never ran through")
    days = (today - done).days
    return counted(days, "last ran through on {day}, {n} day ago",
                   "last ran through on {day}, {n} days ago", day=done)  # fmt: skip


@fact("flow", FLAG, rests_on=("owner",))
def has_owner(flow: FlowSubject) -> bool | None:
    """Whether somebody answers for it; false only if `none` is stated."""
    return named(flow.entry.owner)


@fact("flow", DATE, missing=lambda flow: (Missing("flows", flow.id, "requested"),))
def requested(flow: FlowSubject) -> dt.date | None:
    """When a planned flow was asked for."""
    day: dt.date | None = flow.entry.requested
    return day


@fact("flow", FLAG)
def between_tools_not_past(flow: FlowSubject) -> bool:
    """Whether the tools at both ends, and the one in between, are in use or to come."""
    entry, tools = flow.entry, flow.world.tools
    ends = {entry.source, entry.target, entry.through or entry.source}
    return all(tools[each].entry.stage not in ("retired", "rejected") for each in ends)


# Who answers for it, and how records are matched


@fact("flow", FLAG)
def key_unowned(flow: FlowSubject) -> bool:
    """Whether it is stated that nobody owns its key; else whoever owns the flow answers for it."""
    credential = flow.entry.credential
    return credential is not None and credential.owner == "none"


@fact("flow", TEXT, writes="owner")
def owner(flow: FlowSubject) -> str | None:
    """Who answers for it; `none` if it is stated that nobody does."""
    return flow.entry.owner


@fact("flow", TEXT, writes="credential.owner")
def key_owner(flow: FlowSubject) -> str | None:
    """Who answers for the key that it runs on; `none` if it is stated that nobody does."""
    return flow.entry.credential.owner if flow.entry.credential else None


@fact("flow", TEXT)
def likely_owner(flow: FlowSubject) -> str:
    """Who might answer for it: its owner, else that of the tools at its ends, else IT."""
    owners = [flow.world.tools[each].entry.owner for each in (flow.entry.source, flow.entry.target)]
    names = [flow.entry.owner, *(each.technical for each in owners if each)]
    return next((each for each in names if each not in (None, "none")), None) or "IT"


@fact("flow", TEXTS)
def possible_keys(flow: FlowSubject) -> tuple[str, ...]:
    """The identity keys of the datasets that it carries."""
    datasets = flow.world.stack.datasets
    return tuple(
        sorted({k for each in flow.entry.data or () for k in datasets[each].identity or ()})
    )


@fact("flow", TEXTS, rests_on=("key",), writes="key")
def matched_on(flow: FlowSubject) -> tuple[str, ...] | None:
    """The identity keys that its records are matched on; none if `none` or `[]` is stated."""
    key = flow.entry.key
    return None if key is None else tuple(each for each in key if each != "none")


@fact("flow", FLAG)
def ends_retired(flow: FlowSubject) -> bool:
    """Whether a tool at one of its ends, or the one in between, is retired."""
    entry, retired = flow.entry, _retired(flow.world)
    return bool(retired) and not retired.isdisjoint((entry.source, entry.target, entry.through))


def _retired(world: World) -> frozenset[str | None]:
    """The tools that are retired."""
    if "retired" not in world.memory:
        tools = world.stack.tools
        world.memory["retired"] = frozenset(n for n in tools if tools[n].stage == "retired")
    found: frozenset[str | None] = world.memory["retired"]
    return found


@fact("flow", many(subject("tool")))
def retired_ends(flow: FlowSubject) -> tuple[ToolSubject, ...]:
    """The tools at its ends, and in between, that are retired."""
    entry, tools = flow.entry, flow.world.tools
    ends = sorted({entry.source, entry.target, entry.through or entry.source})
    return tuple(tools[each] for each in ends if tools[each].entry.stage == "retired")


@fact("flow", FLAG)
def counted_up(flow: FlowSubject) -> bool:
    """Whether what it carries is stated to be sums, or to name nobody: there is nobody to match."""
    return flow.entry.protect in ("aggregated", "anonymized")
