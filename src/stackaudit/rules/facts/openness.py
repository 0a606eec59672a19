"""Who runs an account, whether marketing can work alone in it, and how a tool can be left."""

from __future__ import annotations

from typing import Final

from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import FLAG, TEXT

stated("tool", "api", FLAG, "openness.api", "Whether it has an API that the organization may use.")
stated("tool", "export", FLAG, "openness.export", "Whether the data can be taken out in bulk.")
stated("tool", "self_service", FLAG, "openness.self_service",
       "Whether marketing can do its daily work in it without IT.")  # fmt: skip
stated("tool", "own_access", FLAG, "own_access",
       "Whether the organization can get into the account itself.")  # fmt: skip
stated("tool", "operator", TEXT, "operated_by",
       "Who outside runs the account; `none` if nobody does.")  # fmt: skip


@fact("tool", FLAG, rests_on=("operated_by",))
def run_outside(tool: ToolSubject) -> bool | None:
    """Whether somebody outside runs the account; false only if `none` is stated."""
    operator = tool.entry.operated_by
    return None if operator is None else operator != "none"


@fact("tool", FLAG, rests_on=("owner.technical",))
def has_own_technical_owner(tool: ToolSubject) -> bool | None:
    """Whether somebody in the organization's own IT answers for it.

    False if `none` is stated, or only the one outside who runs the account.
    """
    owner = tool.entry.owner.technical if tool.entry.owner else None
    return None if owner is None else owner not in ("none", tool.entry.operated_by)


TO_BE_NAMED: Final = "to be named"
"""Stands for an owner until there is one."""


@fact("tool", TEXT, rests_on=("owner.business",))
def business_owner_to_be(tool: ToolSubject) -> str:
    """Who in the business answers for it; `to be named` where nobody is stated to."""
    owner = tool.entry.owner.business if tool.entry.owner else None
    return TO_BE_NAMED if owner in (None, "none") else str(owner)


@fact("tool", TEXT, rests_on=("owner.technical",))
def technical_owner_to_be(tool: ToolSubject) -> str:
    """Who in the organization's own IT answers for it; `to be named` where nobody is stated to."""
    owner = tool.entry.owner.technical if tool.entry.owner else None
    return TO_BE_NAMED if not has_own_technical_owner(tool) else str(owner)


@fact("tool", FLAG, missing=lambda tool: _alone_unstated(tool))
def works_without_it(tool: ToolSubject) -> bool | None:
    """Whether the business can do its daily work in it alone.

    As stated; else not, where it has no roles and a technical owner has to act for everybody.
    """
    openness, access, owner = tool.entry.openness, tool.entry.access, tool.entry.owner
    if openness is not None and openness.self_service is not None:
        return bool(openness.self_service)
    roles = access.roles if access else None
    runs = owner.technical not in (None, "none") if owner else False
    return False if roles is False and runs else None


def _alone_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    return (Missing("tools", tool.id, "openness.self_service"),)


@fact("tool", FLAG, rests_on=("capabilities",), missing=lambda tool: _owner_unstated(tool))
def serves_business(tool: ToolSubject) -> bool | None:
    """Whether what it is mainly for is owned by the business.

    Not where nobody owns it, or somebody who is named as the technical owner of a tool.
    """
    if tool.entry.capabilities is None:
        return None
    if not tool.entry.capabilities:
        return False
    owner = tool.world.capabilities[tool.entry.capabilities[0]].entry.owner
    return None if owner is None else owner != "none" and owner not in _technical(tool)


def _technical(tool: ToolSubject) -> frozenset[str]:
    """Everybody who is named as the technical owner of a tool."""
    memory = tool.world.memory
    if "technical owners" not in memory:
        owners = (each.owner for each in tool.world.stack.tools.values())
        memory["technical owners"] = frozenset(
            each.technical for each in owners if each is not None and each.technical is not None
        )
    found: frozenset[str] = memory["technical owners"]
    return found


def _owner_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if not tool.entry.capabilities:
        return (Missing("tools", tool.id, "capabilities"),)
    return (Missing("capabilities", tool.entry.capabilities[0], "owner"),)
