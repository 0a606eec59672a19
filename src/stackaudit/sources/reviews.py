"""A review as a record in the files of an inventory: what was decided, and what was looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import InputError, Problem, UsageError, did_you_mean, quoted
from stackaudit.graph.scope import as_written, scope_of
from stackaudit.inventory.edit.records import recorded
from stackaudit.inventory.files import read_bytes
from stackaudit.inventory.reader import MAX_SCALAR, read_document
from stackaudit.inventory.stack import Stack
from stackaudit.rules.facts.review_policy import possible_levels
from stackaudit.rules.world import World
from stackaudit.sources.answers.apply import inventory_problems
from stackaudit.sources.review_files import Where, where

STATES: Final = ("requested", "in_review", "approved", "rejected")
_SAW_IT: Final = ("approved", "rejected")
"""The states in which a reviewer has looked at the tool, so that there is a scope to record."""

_KEYS: Final = ("state", "on", "by", "until", "evidence", "conditions", "scope")
"""What a record is made of; the rest of an entry (notes, people's own keys) stays."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody says of the review of a tool."""

    tool: str
    state: str
    on: dt.date
    by: str | None = None
    until: dt.date | None = None
    evidence: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The file that a record goes into, before and after; nothing is written yet."""

    file: str
    before: str
    after: str


def written(decision: Decision, world: World) -> Written:
    """The record of a decision, with the scope of the tool as it stands, in its file.

    Which file that is: :func:`stackaudit.sources.review_files.where`. Raises UsageError for a
    decision that cannot be recorded, InputError if the inventory would not take it; then nothing
    is to be written.
    """
    stack = world.stack
    check_tool(decision.tool, stack)
    _check(decision)
    _check_end(decision, world)
    place = where(decision.tool, stack.origins)
    before = _content(place)
    after = recorded(
        before, "reviews", decision.tool, _entry(decision, world),
        keys=_KEYS, order=tuple(stack.origins.declared["tools"]), file=place.file,
    )  # fmt: skip
    _check_inventory(stack, place, after)
    return Written(place.file, before, after)


def file_of(tool: str, stack: Stack) -> str:
    """The file that the record of a tool goes into."""
    return where(tool, stack.origins).file


def check_tool(tool: str, stack: Stack) -> None:
    """Raises UsageError, with the nearest name, for a tool that is not there."""
    if tool not in stack.tools:
        other = "name a tool by its id under `tools:`"
        if Path(tool).is_file():
            other = f"{other}; the inventory is named with --stack {tool}"
        hint = did_you_mean(tool, stack.tools, other)
        raise _refused("unknown-tool", f"there is no tool {quoted(tool)}", hint)


def _refused(code: str, message: str, hint: str | None) -> UsageError:
    return UsageError(Problem(code, message, None, hint))


def _check(decision: Decision) -> None:
    if decision.state not in STATES:
        hint = did_you_mean(decision.state, STATES, f"write one of {', '.join(STATES)}")
        raise _refused("bad-option", "--state: there is no such state", hint)
    if decision.state == "approved" and decision.by is None:
        raise _refused("no-reviewer", "an approval needs --by", "say who approved it")
    if decision.state != "approved" and (decision.until or decision.conditions):
        option = "--until" if decision.until else "--condition"
        raise _refused("bad-option", f"{option} is for approvals", "leave it out")
    if decision.until is not None and decision.until < decision.on:
        raise _refused("bad-option", "--until is before the review", "name a later day")
    _check_texts(decision)


def _check_end(decision: Decision, world: World) -> None:
    """No approval is recorded for longer than it would count."""
    if decision.until is None:
        return
    policy, tool = world.review_policy, world.tools[decision.tool]
    ends = [policy.longest[level].after(decision.on) for level in possible_levels(tool)]
    if decision.until > max(ends):
        message = (
            f"--until: an approval of {quoted(decision.tool)} counts until {max(ends)} at most"
        )
        hint = "name that day or an earlier one; `reviews.longest` of the configuration decides"
        raise _refused("bad-option", message, hint)


def _check_texts(decision: Decision) -> None:
    """What an inventory would refuse, named by the option that says it."""
    said = (("--by", (decision.by,)), ("--evidence", decision.evidence))
    for option, texts in (*said, ("--condition", decision.conditions)):
        for text in texts:
            if text is not None and not text.strip():
                raise _refused("bad-option", f"{option} is empty", "write something")
            if text is not None and len(text) > MAX_SCALAR:
                message = f"{option} is longer than any text in an inventory"
                raise _refused("bad-option", message, "say it in short")


def _entry(decision: Decision, world: World) -> dict[str, Any]:
    scope = scope_of(world.graph, decision.tool) if decision.state in _SAW_IT else None
    entry: Mapping[str, Any] = {
        "state": decision.state,
        "on": decision.on.isoformat(),
        "by": decision.by,
        "until": decision.until.isoformat() if decision.until else None,
        "evidence": list(decision.evidence) or None,
        "conditions": list(decision.conditions) or None,
        "scope": as_written(scope) if scope is not None else None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _content(place: Where) -> str:
    if place.number is None and not Path(place.file).exists():
        return ""
    if not Path(place.file).is_file():
        message = "a review cannot be written into standard input"
        raise _refused("no-file", message, "name the file of the inventory with --stack")
    return read_bytes(Path(place.file), place.file).decode("utf-8")


def _check_inventory(stack: Stack, place: Where, after: str) -> None:
    """What is written has to be an inventory, together with all its other files."""
    documents, found = list(stack.origins.documents), read_document(after.encode(), place.file)
    if place.number is None:
        documents.append(found)
    else:
        documents[place.number] = found
    problems = inventory_problems(documents)
    if problems:
        raise InputError(problems)
