"""What a change claims that decides what can be found at all, in words for its verdict.

None of it is a record, and none of it gates: a tool that is retired, renamed or removed, a dataset
that is classified lower, a policy that allows more. But each can make a finding go away, or let a
tool inherit the review and the known findings of another, so whoever approves the change is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stackaudit.errors import Place, quoted
from stackaudit.history.records import REVIEWS, renamed_tools, some
from stackaudit.inventory.merge import made_id
from stackaudit.inventory.model import Dataset, Flow, Tool
from stackaudit.inventory.stack import Stack

PRIVACY: Final = ("none", "personal", "special")
CONFIDENTIALITY: Final = ("public", "internal", "confidential", "restricted")
_SENSITIVE: Final = ("personal", "special", "restricted")
_POLICIES: Final = ("regions", "refused_subprocessors", "innovation_share")


def changed_claims(stack: Stack, base: Stack) -> Iterator[str]:
    """Everything of the kind, a sentence each."""
    yield from _policy(stack, base)
    yield from _gaps(stack, base)
    yield from _classes(stack, base)
    yield from _renamed(stack, base)
    yield from _other_products(stack, base)
    yield from _no_longer_rejected(stack, base)
    yield from _out_of_use(stack, base)
    yield from _stopped(stack, base)


def _policy(stack: Stack, base: Stack) -> Iterator[str]:
    """What the organization has decided for all its tools."""
    for key in _POLICIES:
        now, then = getattr(stack.policy, key), getattr(base.policy, key)
        if now != then:
            stated = stack.origins.states("policy")
            where = f" ({_at(stack.origins.place('policy', None, key))})" if stated else ""
            yield f"policy changed: `{key}` is {_value(now)}, was {_value(then)}{where}"


def _value(value: object) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, tuple):
        return quoted(", ".join(map(str, value))) if value else "empty"
    return quoted(str(value))


def _gaps(stack: Stack, base: Stack) -> Iterator[str]:
    """Sections that are called incomplete, or no longer are; flows of which nothing is said."""
    if base.knows_flows and not stack.knows_flows:
        yield "no flows are stated any more: what they decided is open"
    place = _at(stack.origins.place("incomplete"))
    for section in sorted(stack.incomplete ^ base.incomplete):
        verb = "listed" if section in stack.incomplete else "no longer listed"
        later = ": in force after merging" if section == REVIEWS else ""
        yield f"{quoted(section)} {verb} as incomplete ({place}){later}"


def _classes(stack: Stack, base: Stack) -> Iterator[str]:
    """Datasets that count as less sensitive than they did, or are gone."""
    for name, then in sorted(base.datasets.items()):
        now = stack.datasets.get(name)
        if now is not None:
            if lower := list(_lowered(now, then)):
                place = _at(stack.origins.place("datasets", name))
                yield f"dataset {quoted(name)} lowered: {' and '.join(lower)} ({place})"
        elif then.privacy in _SENSITIVE or then.confidentiality in _SENSITIVE:
            words = " ".join(filter(None, (then.privacy, then.confidentiality)))
            yield f"dataset {quoted(name)} removed, was {words}"


def _lowered(now: Dataset, then: Dataset) -> Iterator[str]:
    for key, order in (("privacy", PRIVACY), ("confidentiality", CONFIDENTIALITY)):
        today, before = getattr(now, key), getattr(then, key)
        if before is None or today == before:
            continue
        if today is None or order.index(today) < order.index(before):
            yield f"{key} is {today or 'not stated'}, was {before}"


def _renamed(stack: Stack, base: Stack) -> Iterator[str]:
    """Tools that say they were called otherwise, which the base does not know of them."""
    there = {*base.tools, *(old for each in base.tools.values() for old in each.previously or ())}
    for name, tool in sorted(stack.tools.items()):
        before = base.tools.get(name)
        said = set((before.previously if before else None) or ())
        for old in sorted(set(tool.previously or ()) - said):
            place = _at(stack.origins.place("tools", name, "previously"))
            unknown = "" if old in there else ", which the base does not have"
            yield (
                f"{quoted(name)} says that it was {quoted(old)}{unknown}, "
                f"and takes over what is known and waived of it ({place})"
            )


def _other_products(stack: Stack, base: Stack) -> Iterator[str]:
    """Tools that are something else now, under an id whose history they keep."""
    for name, then, now in _both(stack, base):
        for key in ("product", "vendor"):
            before, today = getattr(then, key), getattr(now, key)
            if before is not None and today != before:
                place = _at(stack.origins.place("tools", name, key))
                said = f"is {quoted(today)}" if today is not None else "is not stated"
                yield f"the {key} of {quoted(name)} {said}, was {quoted(before)} ({place})"
                break


def _both(stack: Stack, base: Stack) -> Iterator[tuple[str, Tool, Tool]]:
    """The tools of the base that are still there, by their ids now: as they were, as they are."""
    names = renamed_tools(stack.tools)
    for old, then in sorted(base.tools.items()):
        name = names.get(old, old)
        if (now := stack.tools.get(name)) is not None:
            yield name, then, now


def _no_longer_rejected(stack: Stack, base: Stack) -> Iterator[str]:
    """Rejections that only a lifecycle remembered; those of reviews are records."""
    there = {name: now for name, then, now in _both(stack, base) if then.stage == "rejected"}
    for name, now in sorted(there.items()):
        if now.stage != "rejected":
            place = _at(stack.origins.place("tools", name, "lifecycle"))
            yield f"{quoted(name)} was rejected, and its lifecycle is {now.stage} ({place})"
    for name in _removed(stack, base):
        if base.tools[name].stage == "rejected":
            yield f"{quoted(name)} was rejected, and is removed"


def _removed(stack: Stack, base: Stack) -> list[str]:
    names = renamed_tools(stack.tools)
    return sorted(each for each in base.tools if names.get(each, each) not in stack.tools)


def _out_of_use(stack: Stack, base: Stack) -> Iterator[str]:
    """Tools that were in use, and that no rule about use looks at any more."""
    for stage in ("planned", "retired", "rejected"):
        found = [
            name for name, then, now in _both(stack, base) if then.in_use and now.stage == stage
        ]
        yield from _counted(found, f"in use before, {stage} now")
    gone = [name for name in _removed(stack, base) if base.tools[name].in_use]
    yield from _counted(gone, "in use before, removed")


def _stopped(stack: Stack, base: Stack) -> Iterator[str]:
    """Flows that are still listed, and of which it is said now that nothing moves on them."""
    names = renamed_tools(stack.tools)
    for status in ("planned", "broken", "paused", "finished", "absent"):
        found = [
            name
            for name, flow in sorted(stack.flows.items())
            if flow.status == status
            and (then := _flow_before(flow, name, base, names)) is not None
            and then.status in (None, "active")
        ]
        if found:
            kind = "flow" if len(found) == 1 else "flows"
            listed = some([quoted(each) for each in found])
            yield f"{len(found):,} {kind} said to run before, {status} now: {listed}"


def _flow_before(flow: Flow, name: str, base: Stack, names: Mapping[str, str]) -> Flow | None:
    """The flow in the base: by its id, or by its ends where a tool of it has another id now."""
    if name in base.flows:
        return base.flows[name]
    back = {new: old for old, new in names.items()}
    ends = [back.get(each, each) for each in (flow.source, flow.target)]
    through = back.get(flow.through, flow.through) if flow.through else None
    return base.flows.get(made_id(ends[0], ends[1], flow.method, through))


def _counted(names: Sequence[str], what: str) -> Iterator[str]:
    if names:
        kind = "tool" if len(names) == 1 else "tools"
        yield f"{len(names):,} {kind} {what}: {some([quoted(each) for each in names])}"


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}"
