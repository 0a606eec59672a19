"""The facts that an entry of an inventory states, one text each, and what changed in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.tools import Subprocessor
from stackaudit.inventory.values import Duration, Money, Rate

Value: TypeAlias = "str | tuple[str, ...]"
"""A fact as a person would write it, or the items of a list."""

_WRITTEN: Final = {"source": "from", "target": "to"}
_SHARES: Final = frozenset({"innovation_share"})


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is different. A list says what came and what went, too."""

    fact: str
    """Its path in the entry: access.mfa."""
    before: str | None
    """None where nobody stated it."""
    after: str | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changes(
    before: object,
    after: object,
    leave_out: frozenset[str],
    tools: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """What is different between two entries (None: there is none), in the order of the model.

    `tools` leads from old to new ids: to call a tool by its new id is no difference.
    """
    old = {name: _as_now(value, tools) for name, value in _stated(before, leave_out)}
    new = dict(_stated(after, leave_out))
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        _change(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _as_now(value: Value, tools: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return tuple(tools.get(each, each) for each in value)
    return tools.get(value, value)


def _change(name: str, old: Value | None, new: Value | None) -> Change:
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    if isinstance(old, tuple) and isinstance(new, tuple):
        added = tuple(each for each in new if each not in old)
        removed = tuple(each for each in old if each not in new)
    return Change(name, _joined(old), _joined(new), added, removed)


def _joined(value: Value | None) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(value) if value else "none"
    return value


def _stated(
    entry: object, leave_out: frozenset[str], path: str = ""
) -> Iterator[tuple[str, Value]]:
    for name, value in _parts(entry):
        if value is None or (not path and name in leave_out):
            continue
        whole = f"{path}{name}"
        if name in _SHARES and isinstance(value, float):
            yield whole, f"{value * 100:g}%"
        elif isinstance(value, Mapping) or _is_part(value):
            yield from _stated(value, leave_out, f"{whole}.")
        elif isinstance(value, tuple | list | frozenset):
            yield whole, _items(value)
        else:
            yield whole, _text(value)


def _parts(entry: object) -> Iterator[tuple[str, Any]]:
    if isinstance(entry, Mapping):
        yield from ((str(name), value) for name, value in entry.items())
    elif is_dataclass(entry):
        for each in fields(entry):
            yield _WRITTEN.get(each.name, each.name), getattr(entry, each.name)


def _is_part(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, Money | Duration | Rate | Subprocessor)


def _items(values: Any) -> tuple[str, ...]:
    found = (_text(each) for each in values)
    return tuple(sorted(found) if isinstance(values, frozenset) else found)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return "never" if value in (dt.date.min, dt.date.max) else value.isoformat()
    if isinstance(value, Money):
        price = f"{_plain(value.amount)}/{value.period}"
        return f"{price} {value.currency}" if value.currency else price
    if isinstance(value, Rate):
        return f"{value.amount:g}/{value.period}"
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, Subprocessor):
        return f"{value.name} ({value.region})" if value.region else value.name
    if _is_part(value):
        stated = _stated(value, frozenset())
        return ", ".join(f"{name} {_joined(each)}" for name, each in stated)
    return str(value)


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
