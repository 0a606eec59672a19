"""What a path of the inventory is about: how people call it, its tools, who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stackaudit.phrase import phrase
from stackaudit.rules.asking import Path, Role
from stackaudit.rules.world import World

NOBODY: Final = "none"
"""The word that states that nobody answers for something."""


def label_of(world: World, path: Path) -> str:
    """What a path is about, as a person would name it; its id where nothing else is known."""
    if path.of_the_stack:
        return world.wording.shown(phrase("The whole stack"))
    section = "tools" if path.section == "reviews" else path.section
    subjects: dict[str, Mapping[str, Any]] = {
        "tools": world.tools,
        "flows": world.flows,
        "datasets": world.datasets,
        "capabilities": world.capabilities,
        "contracts": world.contracts,
    }
    found: Any = subjects.get(section, {}).get(path.entry)
    return world.wording.shown(found) if found is not None else path.entry


def tools_of(world: World, path: Path) -> tuple[str, ...]:
    """The tools that it is about, those that matter most for it first."""
    stack = world.stack
    found: tuple[str, ...] = ()
    if path.section in ("tools", "reviews"):
        found = (path.entry,)
    elif path.section == "flows" and path.entry in stack.flows:
        flow = stack.flows[path.entry]
        found = (flow.source, flow.target)
    elif path.section == "datasets" and path.entry in stack.datasets:
        found = (stack.datasets[path.entry].system_of_record or "",)
    elif path.section == "contracts" and path.entry in stack.contracts:
        found = stack.contracts[path.entry].covers
    return tuple(tool for tool in found if tool in stack.tools)


def owner_of(world: World, path: Path, role: Role) -> str | None:
    """Who answers for it on this side; None where nobody is stated. Security has no name."""
    if role == "security":
        return None
    stated = (name for name in _owners(world, path, role) if name and name != NOBODY)
    return next(stated, None)


def _owners(world: World, path: Path, role: Role) -> Iterator[str | None]:
    """Those who may be asked, the nearest first."""
    stack = world.stack
    if path.section == "capabilities" and path.entry in stack.capabilities:
        yield stack.capabilities[path.entry].owner
    for tool in tools_of(world, path):
        owner = stack.tools[tool].owner
        if owner is not None:
            yield owner.business if role == "business" else owner.technical
    if path.section == "flows" and path.entry in stack.flows:
        yield stack.flows[path.entry].owner
