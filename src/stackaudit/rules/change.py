"""What a rule declares under `clears`, done to a stack: the change as a new inventory."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import reduce
from typing import Any, Final

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.errors import Problem, RuleError
from stackaudit.inventory.load import load_text
from stackaudit.inventory.model.observations import thing
from stackaudit.inventory.stack import Stack
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.kleene import Interval, Some
from stackaudit.rules.removal import Plain, is_flow, remove
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import shown
from stackaudit.rules.subjects import Subject
from stackaudit.rules.template import Template
from stackaudit.rules.types import DAYS, MINUTES, MONEY, PER_DAY, SHARE
from stackaudit.rules.waiver import Waivers

_NOT_IN_FILES: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def changed(rule: Rule, subject: Subject) -> Stack:
    """The stack of the subject after the change that the rule says clears its finding.

    Raises RuleError if the change cannot be made, InventoryError if it makes an invalid
    inventory: mistakes in the rule.
    """
    stack, today = subject.world.stack, subject.world.today
    plain = as_plain(stack)
    for name, (owner, fact, value) in rule.clears.sets.items():
        of, new = owner.value(subject, today), value.value(subject, today)
        if of is None or new is None or isinstance(new, Interval | Some):
            raise _impossible(rule, f"what `{name}` is set to is not known")
        _set(plain, of, fact, new, stack)
    if rule.clears.remove is not None:
        gone = rule.clears.remove.value(subject, today)
        if gone is None:
            raise _impossible(rule, "what is to be removed is not known")
        if not remove(plain, gone, stack):
            raise _impossible(rule, f"a {gone.kind} has no entry of its own to remove")
    if rule.clears.add is not None:
        _merge(plain, _filled(rule.clears.add, subject))
    return load_text(as_text(plain), by_alias())


def waivers_after(rule: Rule, subject: Subject) -> Waivers:
    """What is still accepted after the change: removing a waiver leaves the inventory alone."""
    waivers = subject.world.waivers
    gone = rule.clears.remove is not None and subject.kind == "waiver"
    return waivers.without(subject.id) if gone else waivers


def entries_added(rule: Rule, subject: Subject) -> Any:
    """The entries that the change adds, with the names of the stack at hand; None if none."""
    return None if rule.clears.add is None else _filled(rule.clears.add, subject)


def _impossible(rule: Rule, message: str) -> RuleError:
    return RuleError(Problem("bad-clears", message, rule.place, "mend `clears:` of the rule"))


def as_plain(stack: Stack) -> Plain:
    """Everything the inventory's files declare, in one plain mapping."""
    merged: Plain = {}
    for document in stack.origins.documents:
        _merge(merged, _plain(document.root))
    merged.pop("include", None)
    return merged


def as_text(plain: Plain) -> str:
    """An inventory file that says what the mapping says: JSON, which is YAML too."""
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    return _NOT_IN_FILES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node


def _merge(into: Plain, more: Mapping[str, Any]) -> None:
    """Mappings key by key, lists by what they lack; of single values the later one."""
    for key, value in more.items():
        here = into.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            _merge(here, value)
        elif isinstance(here, list) and isinstance(value, list):
            here.extend(each for each in value if each not in here)
        else:
            into[key] = value


def _filled(node: Any, subject: Subject) -> Any:
    """The entries to add, with their placeholders filled."""
    if isinstance(node, Template):
        record = node.record(subject, subject.world.today)
        return node.fill(subject, subject.world.today) if record is None else record
    if isinstance(node, dict):
        return {_filled(key, subject): _filled(value, subject) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(each, subject) for each in node]
    return node


def _set(plain: Plain, of: Subject, fact: Fact, value: Any, stack: Stack) -> None:
    assert fact.writes is not None  # checked when the rule was loaded
    key = fact.writes if isinstance(fact.writes, str) else fact.writes(of)
    section, entry, keys = of.path_of(key)
    seen = section == "observations"
    entries = _seen(plain, of.id) if seen else [_entry(plain, section, entry, stack)]
    *parents, last = keys
    for each in entries:
        reduce(_inside, parents, each)[last] = written(value, fact)


def _seen(plain: Plain, what: str) -> list[Any]:
    """Everything that sources saw of one thing: a finding about it is about all of it."""
    keys = ("tool", "product", "domain", "name")
    return [each for each in plain["observations"] if thing(*map(each.get, keys)) == what]


def _entry(plain: Plain, section: str, entry: str | None, stack: Stack) -> Any:
    """The mapping of one entry, made if it is not there; of the section itself without one."""
    if section == "flows":
        return next(each for each in plain["flows"] if is_flow(each, entry or "", stack))
    if section == "roadmap":
        return next(each for each in plain["roadmap"] if each["id"] == entry)
    found = _inside(plain, section)
    return found if entry is None else _inside(found, entry)


def _inside(here: Any, key: str | int) -> Any:
    """What is under the key: a mapping is made where there is none, or only `none`."""
    if isinstance(here, list):
        return here[int(key)]
    if not isinstance(here.get(key), dict | list):
        here[key] = {}
    return here[key]


def written(value: Any, fact: Fact) -> Any:
    """A value as an inventory states it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Subject):
        return value.id
    if isinstance(value, tuple):
        return [each.id if isinstance(each, Subject) else str(each) for each in value]
    if isinstance(value, dt.date):
        return shown(value)
    return _number(value, fact.type.unit) if isinstance(value, int | float) else value


def _number(value: float, unit: str | None) -> str:
    if unit == MINUTES.unit:
        return f"{max(round(value), 1)}min"
    if unit == DAYS.unit:
        return f"{max(round(value), 1)}d"
    if unit == SHARE.unit:
        return f"{_digits(value * 100)}%"
    suffix = {MONEY.unit: "/year", PER_DAY.unit: "/day"}.get(unit, "")
    return f"{_digits(value)}{suffix}"


def _digits(value: float) -> str:
    return f"{value:.2f}".removesuffix(".00")
