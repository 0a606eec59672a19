"""From the notes of a recording evaluation to evidence, witnesses and unknown facts."""

from __future__ import annotations

import math
from typing import Any

from stackaudit.errors import Place
from stackaudit.rules.expressions.record import Reading, Record
from stackaudit.rules.facts.registry import Fact, Missing
from stackaudit.rules.finding import Evidence, Unknown
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.show import shown
from stackaudit.rules.subjects import Subject
from stackaudit.rules.template import NATURAL_STYLE


def evidence(record: Record) -> tuple[Evidence, ...]:
    """Every fact that was read, once, in the order in which it was read."""
    found: dict[tuple[str, tuple[str, ...]], Evidence] = {}
    for reading in record.known:
        key = (reading.fact.full_name, reading.subject.ids)
        if key not in found:
            found[key] = _evidence(reading)
    return tuple(found.values())


def _evidence(reading: Reading) -> Evidence:
    fact, subject = reading.fact, reading.subject
    origin, place = origin_of(fact, subject)
    style = NATURAL_STYLE.get(fact.type.unit or "") if fact.type.base == "number" else None
    currency = subject.world.stack.currency
    return Evidence(
        fact=fact.full_name,
        subject=subject.label(),
        value=plain(reading.value),
        shown=shown(reading.value, style, currency),
        origin=origin,
        place=place,
    )


def origin_of(fact: Fact, subject: Subject) -> tuple[str, Place]:
    """Where a fact comes from, and the place in the inventory that says it or is nearest."""
    origins = subject.world.stack.origins
    if fact.key is not None:
        section, entry, keys = subject.path_of(fact.key)
        stated = origins.states(section, entry, *keys)
        place = origins.place(section, entry, *keys)
        if subject.world.from_catalog(section, entry, keys[0]):
            return "catalog", place
        return ("stated" if stated else "default"), place
    return _derived_from(fact, subject)


def _derived_from(fact: Fact, subject: Subject) -> tuple[str, Place]:
    """Of what is worked out: the first thing it rests on that somebody, or the catalog, says."""
    world = subject.world
    tools = [name for kind, name in subject.named() if kind == "tool"]
    for key in fact.rests_on:
        section, entry, keys = subject.path_of(key)
        if any(world.from_catalog("tools", tool, keys[0]) for tool in tools):
            return "catalog", subject.place()
        if world.stack.origins.states(section, entry, *keys):
            return "derived", world.stack.origins.place(section, entry, *keys)
    return "derived", subject.place()


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Subject):
        return "/".join(value.ids)
    if isinstance(value, Some):
        return {"at_least": [plain(each) for each in value.items]}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Interval):
        return {"low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, float):
        return None if math.isinf(value) else round(value, 6)
    if value is None or isinstance(value, bool | int | str):
        return value
    return shown(value)


def witness_path(record: Record) -> tuple[str, ...]:
    """The path of the first fact that has one."""
    for reading in record.known:
        if reading.fact.path is not None:
            found = reading.fact.path(reading.subject)
            if len(found) > 1:
                return found
    return ()


def unknowns(record: Record) -> tuple[Unknown, ...]:
    """What is not stated and could decide the rule, once each, sorted by its path."""
    found = {
        str(missing): Unknown(reading.fact.full_name, "/".join(reading.subject.ids), str(missing))
        for reading in record.unknown
        for missing in missing_for(reading.fact, reading.subject)
    }
    return tuple(found[path] for path in sorted(found))


def missing_for(fact: Fact, subject: Subject) -> tuple[Missing, ...]:
    """The paths in the inventory at which something would have to be said."""
    if fact.missing is not None:
        return fact.missing(subject)
    keys = (fact.key,) if fact.key is not None else fact.rests_on
    origins = subject.world.stack.origins
    found = []
    for key in keys:
        section, entry, path = subject.path_of(key)
        if not origins.states(section, entry, *path):
            found.append(Missing(section, entry or "", ".".join(str(each) for each in path)))
    return tuple(found)
