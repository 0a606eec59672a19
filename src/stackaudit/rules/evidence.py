"""From the notes of a recording evaluation to evidence, witnesses and unknown facts."""

from __future__ import annotations

import math
from typing import Any, Final

from stackaudit.errors import Place
from stackaudit.rules.about import about
from stackaudit.rules.expressions.record import Reading, Record
from stackaudit.rules.facts.registry import Fact, Missing
from stackaudit.rules.finding import Evidence, Unknown
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.show import shown
from stackaudit.rules.subjects import Subject
from stackaudit.rules.template import NATURAL_STYLE

MOST_ITEMS: Final = 50
"""Of a longer list the beginning is kept, and how many there are."""


def evidence(record: Record) -> tuple[Evidence, ...]:
    """Every fact that was read, once, in the order in which it was read."""
    found: dict[tuple[int, Subject], Evidence] = {}
    for fact, subject, value in record.known:
        key = (id(fact), subject)
        if key not in found:
            found[key] = _kept(fact, subject, value)
    return tuple(found.values())


def _kept(fact: Fact, subject: Subject, value: Any) -> Evidence:
    """The evidence of a reading; kept with the subject, as many rules read the same facts."""
    memory, key = subject.memory, ("evidence", fact.name)
    kept: Evidence | None = memory.get(key)
    if kept is None:
        kept = memory[key] = _evidence(fact, subject, value)
    return kept


def _evidence(fact: Fact, subject: Subject, value: Any) -> Evidence:
    origin, place = origin_of(fact, subject)
    style = NATURAL_STYLE.get(fact.type.unit or "") if fact.type.base == "number" else None
    currency = subject.world.stack.currency
    return Evidence(
        fact=fact.full_name,
        subject=about(subject).label,
        value=plain(value),
        shown=subject.world.wording.shown(value, style, currency, fact.type),
        origin=origin,
        place=place,
    )


def origin_of(fact: Fact, subject: Subject) -> tuple[str, Place]:
    """Where a fact comes from, and the place in the inventory that says it or is nearest."""
    origins = subject.world.stack.origins
    if fact.key is not None:
        section, entry, keys = subject.path_of(fact.key)
        stated, place = origins.found(section, entry, *keys)
        if subject.world.from_catalog(section, entry, keys[0]):
            return "catalog", place
        return ("stated" if stated else "default"), place
    return _derived_from(fact, subject)


def _derived_from(fact: Fact, subject: Subject) -> tuple[str, Place]:
    """Of what is worked out: the first thing it rests on that somebody, or the catalog, says."""
    world, said = subject.world, about(subject)
    for key in fact.rests_on:
        section, entry, keys = subject.path_of(key)
        for ref in said.subjects:
            if ref.kind == "tool" and world.from_catalog("tools", ref.id, keys[0]):
                return "catalog", said.place
        if world.stack.origins.states(section, entry, *keys):
            return "derived", world.stack.origins.place(section, entry, *keys)
    return "derived", said.place


_AS_IT_IS: Final = (bool, str, int)


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if value is None or type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Subject):
        return "/".join(value.ids)
    if isinstance(value, Some):
        return {"at_least": _list(value.items)}
    if isinstance(value, tuple):
        return _list(value)
    if isinstance(value, Interval):
        return {"low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, float):
        return None if math.isinf(value) else round(value, 6)
    if isinstance(value, int | str):
        return value
    return shown(value)


def _list(items: tuple[Any, ...]) -> Any:
    """A list, or the beginning of a long one with how many there are."""
    if len(items) <= MOST_ITEMS:
        return [plain(each) for each in items]
    return {"first": [plain(each) for each in items[:MOST_ITEMS]], "count": len(items)}


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
    if len(record.unknown) == 1:
        return _unknown(record.unknown[0])
    found = {each.missing: each for reading in record.unknown for each in _unknown(reading)}
    return tuple(found[path] for path in sorted(found))


def _unknown(reading: Reading) -> tuple[Unknown, ...]:
    """What is missing for one fact, sorted by its path; kept with the subject."""
    fact, subject = reading.fact, reading.subject
    memory, key = subject.memory, ("unknown", fact.name)
    if key not in memory:
        missing = missing_for(fact, subject)
        paths = sorted({str(each) for each in missing}) if len(missing) > 1 else map(str, missing)
        name, ids = fact.full_name, "/".join(subject.ids)
        memory[key] = tuple(Unknown(name, ids, path) for path in paths)
    kept: tuple[Unknown, ...] = memory[key]
    return kept


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
