"""How data moves: what a flow carries, how, how often, and whether it still runs."""

from __future__ import annotations

import datetime as dt
from typing import Final

from stackaudit.inventory.model.flows import Method, Protection, Status
from stackaudit.inventory.values import Duration
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.facts.words import named, past
from stackaudit.rules.kinds.data import DatasetSubject
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import DATE, FLAG, MINUTES, TEXT, many, subject, words

QUARTER: Final = Duration(3, "mo")

stated("flow", "method", words(*Method.__args__), "method", "How the data moves.")
stated("flow", "status", words(*Status.__args__), "status",
       "Whether it runs; active if nothing is stated.", default="active")  # fmt: skip
stated("flow", "protect", words(*Protection.__args__), "protect",
       "What is done to the data on the way.")  # fmt: skip


@fact("flow", TEXT)
def name(flow: FlowSubject) -> str:
    """Where it comes from, what it goes through, where it goes to."""
    return flow.label()


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
    return tuple(flow.world.datasets[each] for each in sorted(flow.entry.data))


@fact("flow", FLAG)
def runs(flow: FlowSubject) -> bool:
    """Whether it carries data today: active, and neither end planned or retired."""
    return flow.world.graph.carries(flow.id)


@fact("flow", MINUTES, rests_on=("every",))
def interval(flow: FlowSubject) -> float | None:
    """How long it may take until it runs again; nothing for one that runs as things happen."""
    every = flow.entry.every
    if every is None:
        return None
    return every.minutes if isinstance(every, Duration) else 0


@fact("flow", FLAG)
def stated_rare(flow: FlowSubject) -> bool:
    """Whether it is stated to run less often than once a quarter; false if nothing is stated."""
    every = flow.entry.every
    return isinstance(every, Duration) and every.minutes > QUARTER.minutes


@fact("flow", FLAG, missing=lambda flow: _unclear_data(flow))
def carries_personal(flow: FlowSubject) -> bool | None:
    """Whether personal data travels on it in a form that is still personal."""
    if flow.entry.protect in ("hashed", "aggregated", "anonymized"):
        return False
    if flow.entry.data is None:
        return None
    found: bool | None = False
    for each in flow.entry.data:
        privacy = flow.world.stack.datasets[each].privacy
        if privacy in ("personal", "special"):
            return True
        if privacy is None:
            found = None
    return found


def _unclear_data(flow: FlowSubject) -> tuple[Missing, ...]:
    if flow.entry.data is None:
        return (Missing("flows", flow.id, "data"),)
    datasets = flow.world.stack.datasets
    return tuple(
        Missing("datasets", each, "privacy")
        for each in sorted(flow.entry.data)
        if datasets[each].privacy is None
    )


@fact("flow", DATE, rests_on=("last_success",))
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
    every = interval(flow)
    if every is None:
        return None
    return (flow.world.today - done).days * 1440 > max(3 * every, 1440)


def _unclear_health(flow: FlowSubject) -> tuple[Missing, ...]:
    key = "last_success" if flow.entry.last_success is None else "every"
    return (Missing("flows", flow.id, key),)


@fact("flow", FLAG, rests_on=("owner",))
def has_owner(flow: FlowSubject) -> bool | None:
    """Whether somebody answers for it; false only if `none` is stated."""
    return named(flow.entry.owner)


def datasets_of(tool: ToolSubject, ids: list[str], *, complete: bool) -> Collection:
    """Datasets as a collection of subjects, sorted by id."""
    found = tuple(tool.world.datasets[each] for each in sorted(ids))
    return found if complete else Some(found)


__all__ = ["DatasetSubject", "datasets_of"]
