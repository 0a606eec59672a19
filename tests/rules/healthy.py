"""A healthy stack, and what is planted in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from stackaudit.audit import AuditResult, audit, read_stack_text, world_of
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.library import load_rules
from stackaudit.rules.review_policy import ReviewPolicy
from stackaudit.rules.rule import Rule
from stackaudit.rules.waiver import Waiver

Plain: TypeAlias = "dict[str, Any]"

DAY: Final = dt.date(2026, 11, 2)
RULES: Final[tuple[Rule, ...]] = load_rules()
_BY_NAME: Final = ("flows", "roadmap", "observations")
"""Lists that stand under names in the file, so that one entry of them can be changed."""


class _Texts(yaml.BaseLoader):
    """YAML as text and containers, as an inventory is read."""


def _read(text: str) -> Plain:
    found: Plain = yaml.load(text, _Texts) or {}
    return found


HEALTHY: Final = _read((Path(__file__).parent / "data" / "healthy.yaml").read_text("utf-8"))


def audited(
    change: str = "",
    *,
    keep_scopes: bool = False,
    waivers: Sequence[Waiver] = (),
    policy: ReviewPolicy | None = None,
    day: dt.date = DAY,
) -> AuditResult:
    """The audit, by all rules that ship, of the healthy stack with a change to it.

    The change is a part of an inventory: mappings go into mappings, all else replaces what is
    there, and `~` takes a key out; `like: desk` begins as a copy of the healthy entry `desk`.
    What is changed was there when its review looked, unless `keep_scopes` says that the reviews
    saw the stack before.
    """
    plain = _changed(HEALTHY, _with_copies(_read(change)))
    saw = HEALTHY if keep_scopes else plain
    text = _text(_with_scopes(plain, _scopes(saw)))
    stack = read_stack_text(text)
    return audit(stack, rules=RULES, as_of=day, waivers=waivers, review_policy=policy)


def _with_copies(change: Plain) -> Plain:
    """The change with the entries that are like another one written out."""
    result = dict(change)
    for section, entries in change.items():
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and "like" in entry:
                rest = {key: value for key, value in entry.items() if key != "like"}
                whole = _changed(HEALTHY[section][entry["like"]], rest)
                result[section] = {**result[section], name: whole}
    return result


def _changed(here: Any, change: Any) -> Any:
    if not isinstance(here, dict) or not isinstance(change, dict):
        return change
    result = dict(here)
    for key, value in change.items():
        if value == "~":
            result.pop(key, None)
        else:
            result[key] = _changed(result.get(key), value)
    return result


def _with_scopes(plain: Plain, scopes: Mapping[str, Plain]) -> Plain:
    """The stack with the scope of each review in place of `now`."""
    reviews = {
        tool: {**review, "scope": scopes[tool]} if review.get("scope") == "now" else review
        for tool, review in plain["reviews"].items()
    }
    return {**plain, "reviews": reviews}


def _scopes(plain: Plain) -> dict[str, Plain]:
    """What a reviewer would see of each tool."""
    blank = _with_scopes(plain, {tool: {} for tool in plain["reviews"]})
    world = world_of(read_stack_text(_text(blank)), DAY)
    now = facts_of("tool")["scope_now"].read
    return {name: dict(now(tool)) for name, tool in world.tools.items()}


def _text(plain: Plain) -> str:
    """The inventory as a file has it."""
    listed: Plain = {**plain}
    for section in _BY_NAME:
        with_id = section != "observations"
        listed[section] = [
            {"id": name, **entry} if with_id else entry
            for name, entry in plain.get(section, {}).items()
        ]
    return json.dumps(listed)
