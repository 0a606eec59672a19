"""Taking an entry out of an inventory, with all that only made sense with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from stackaudit.inventory.stack import Stack
from stackaudit.rules.subjects import Subject

Plain: TypeAlias = "dict[str, Any]"
"""An inventory, or a part of it, as plain mappings, lists and texts."""


def remove(plain: Plain, subject: Subject, stack: Stack) -> bool:
    """Take the entry of a subject out; false if the kind of subject has no entry of its own."""
    if subject.kind == "waiver":
        pass  # it stands in the configuration; see `waivers_after`
    elif subject.kind == "flow":
        plain["flows"] = [each for each in plain["flows"] if not is_flow(each, subject.id, stack)]
    elif subject.kind == "contract":
        _remove_contract(plain, subject.id)
    elif len(subject.ids) != 1 or subject.section is None:
        return False
    elif subject.section == "tools":
        _remove_tool(plain, subject.id)
    elif isinstance(plain[subject.section], list):
        entries = plain[subject.section]
        plain[subject.section] = [each for each in entries if each.get("id") != subject.id]
    else:
        del plain[subject.section][subject.id]
    return True


def is_flow(node: Plain, name: str, stack: Stack) -> bool:
    """Whether an entry under `flows:` is the flow of that name."""
    flow = stack.flows[name]
    stated: Mapping[str, Any] = {
        "id": flow.id, "from": flow.source, "to": flow.target, "through": flow.through,
        "method": flow.method,
    }  # fmt: skip
    return all(node.get(key) == value for key, value in stated.items())


def _remove_contract(plain: Plain, name: str) -> None:
    """A shared contract, or that of the tool with this id."""
    if name in (plain.get("contracts") or {}):
        del plain["contracts"][name]
    else:
        plain["tools"][name].pop("contract", None)


def _remove_tool(plain: Plain, name: str) -> None:
    """The tool, the flows that end there or go through it, and every mention of it."""
    del plain["tools"][name]
    (plain.get("reviews") or {}).pop(name, None)
    if plain.get("flows"):
        plain["flows"] = [each for each in plain["flows"] if not _touches(each, name)]
    if plain.get("observations"):
        seen = plain["observations"]
        plain["observations"] = [each for each in seen if each.get("tool") != name]
    for entry, key in _mentions(plain):
        _forget(entry, key, name)
    contracts = plain.get("contracts") or {}
    for contract in [each for each, entry in contracts.items() if not entry["covers"]]:
        del contracts[contract]


def _touches(flow: Plain, name: str) -> bool:
    return name in (flow.get("from"), flow.get("to"), flow.get("through"))


def _mentions(plain: Plain) -> Iterator[tuple[Plain, str]]:
    """Every entry, with the key of it, that may name a tool."""
    for section, key in (
        ("datasets", "system_of_record"), ("contracts", "covers"), ("roadmap", "tools"),
    ):  # fmt: skip
        for entry in _entries(plain.get(section)):
            yield entry, key
    for tool in _entries(plain["tools"]):
        yield tool, "successor"
        yield tool, "grants"
        for grant in _entries(tool.get("grants")):
            yield grant, "held_by"
    for flow in _entries(plain.get("flows")):
        for credential in _entries([flow.get("credential")]):
            yield credential, "held_by"


def _entries(section: Any) -> Iterator[Plain]:
    for entry in section.values() if isinstance(section, dict) else section or ():
        if isinstance(entry, dict):
            yield entry


def _forget(entry: Plain, key: str, name: str) -> None:
    value = entry.get(key)
    if value == name:
        del entry[key]
    elif isinstance(value, list):
        entry[key] = [each for each in value if name not in (each, _grantor(each))]


def _grantor(item: Any) -> Any:
    """The tool that a grant opens."""
    return item.get("on") if isinstance(item, dict) else None
