"""What a rule declares under `clears`, done to a stack: the change as a new inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import yaml

from stackaudit.catalog.taxonomy import by_alias
from stackaudit.inventory.load import load_text
from stackaudit.inventory.stack import Stack
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.kleene import Some
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import shown
from stackaudit.rules.subjects import Subject
from stackaudit.rules.template import Template

Plain = dict[str, Any]

_TOOL_REFERENCES = {
    "datasets": ("system_of_record",),
    "contracts": ("covers",),
    "roadmap": ("tools",),
}


def changed(rule: Rule, subject: Subject) -> Stack:
    """The stack of the subject after the change that the rule says clears its finding.

    Raises InventoryError if the change makes an invalid inventory: a mistake in the rule.
    """
    stack = subject.world.stack
    plain = as_plain(stack)
    for owner, fact, value in rule.clears.sets.values():
        of = owner.value(subject, subject.world.today)
        _set(plain, of, fact, value.value(subject, subject.world.today), stack)
    if rule.clears.remove is not None:
        _remove(plain, rule.clears.remove.value(subject, subject.world.today), stack)
    if rule.clears.add is not None:
        _merge(plain, _filled(rule.clears.add, subject))
    return load_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), by_alias())


def as_plain(stack: Stack) -> Plain:
    """Everything the inventory's files declare, in one plain mapping."""
    merged: Plain = {}
    for document in stack.origins.documents:
        _merge(merged, _plain(document.root))
    merged.pop("include", None)
    return merged


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(each) for each in node]
    return node


def _merge(into: Plain, more: Mapping[str, Any]) -> None:
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
        return node.fill(subject, subject.world.today)
    if isinstance(node, dict):
        return {_filled(key, subject): _filled(value, subject) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(each, subject) for each in node]
    return node


def _set(plain: Plain, of: Subject, fact: Fact, value: Any, stack: Stack) -> None:
    key = fact.writes if isinstance(fact.writes, str) else fact.writes(of)  # type: ignore[misc]
    section, entry, keys = of.path_of(key)
    here = _entry(plain, section, entry or "", stack)
    *parents, last = [int(k) if str(k).isdigit() else k for k in keys]
    for parent in parents:
        if isinstance(here, dict) and not isinstance(here.get(parent), dict | list):
            here[parent] = {}
        here = here[parent]
    here[last] = written(value, fact)


def _entry(plain: Plain, section: str, entry: str, stack: Stack) -> Any:
    """The mapping of one entry, made if it is not there."""
    if section == "flows":
        return next(each for each in plain["flows"] if _is_flow(each, entry, stack))
    entries = plain.setdefault(section, {})
    if not isinstance(entries.get(entry), dict):
        entries[entry] = {}
    return entries[entry]


def _is_flow(node: Plain, name: str, stack: Stack) -> bool:
    flow = stack.flows[name]
    stated: Mapping[str, Any] = {
        "id": flow.id, "from": flow.source, "to": flow.target, "through": flow.through,
        "method": flow.method,
    }  # fmt: skip
    return all(node.get(key) == value for key, value in stated.items())


def written(value: Any, fact: Fact) -> Any:
    """A value as an inventory states it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Subject):
        return value.id
    if isinstance(value, tuple | Some):
        return [each.id if isinstance(each, Subject) else str(each) for each in value]
    if isinstance(value, dt.date):
        return shown(value)
    if isinstance(value, int | float):
        number = f"{value:.2f}".removesuffix(".00")
        if fact.type.unit == "money a year":
            return f"{number}/year"
        return f"{max(round(value), 1)}min" if fact.type.unit == "minutes" else number
    return value


def _remove(plain: Plain, subject: Subject, stack: Stack) -> None:
    if subject.kind == "flow":
        plain["flows"] = [each for each in plain["flows"] if not _is_flow(each, subject.id, stack)]
    elif subject.kind == "tool":
        _remove_tool(plain, subject.id)
    elif subject.kind == "contract":
        if subject.id in plain.get("contracts", {}):
            del plain["contracts"][subject.id]
        else:
            plain["tools"][subject.id].pop("contract", None)
    else:
        del plain[subject.section or ""][subject.id]


def _remove_tool(plain: Plain, name: str) -> None:
    """The tool, and every mention of it."""
    del plain["tools"][name]
    plain.get("reviews", {}).pop(name, None)
    if "flows" in plain:
        plain["flows"] = [each for each in plain["flows"] or [] if not _touches(each, name)]
    for section, keys in _TOOL_REFERENCES.items():
        entries = plain.get(section) or {}
        for entry in entries.values() if isinstance(entries, dict) else entries:
            for key in keys if isinstance(entry, dict) else ():
                _forget(entry, key, name)
    for contract in [n for n, each in (plain.get("contracts") or {}).items() if not each["covers"]]:
        del plain["contracts"][contract]
    for tool in plain["tools"].values():
        if isinstance(tool, dict):
            _forget(tool, "successor", name)
            if "grants" in tool:
                tool["grants"] = [each for each in tool["grants"] or [] if each.get("on") != name]


def _forget(entry: Plain, key: str, name: str) -> None:
    if entry.get(key) == name:
        del entry[key]
    elif isinstance(entry.get(key), list):
        entry[key] = [each for each in entry[key] if each != name]


def _touches(flow: Plain, name: str) -> bool:
    holder = (flow.get("credential") or {}).get("held_by")
    return name in (flow.get("from"), flow.get("to"), flow.get("through"), holder)
