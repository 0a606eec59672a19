"""What people call the things that findings are about."""

from __future__ import annotations

from collections.abc import Mapping

from stackaudit.rules.finding import SubjectRef
from stackaudit.rules.subjects import Subject
from stackaudit.rules.world import World


def name_of(world: World, ref: SubjectRef) -> str:
    """The name of what a finding refers to; its id where it has none."""
    members: Mapping[str, Mapping[str, Subject]] = {
        "tool": world.tools,
        "flow": world.flows,
        "dataset": world.datasets,
        "capability": world.capabilities,
        "contract": world.contracts,
    }
    found = members.get(ref.kind, {}).get(ref.id)
    return found.label() if found else ref.id


def tool_name(world: World, tool: str) -> str:
    """The name of a tool on a path."""
    return name_of(world, SubjectRef("tool", tool))
