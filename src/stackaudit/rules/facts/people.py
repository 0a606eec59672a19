"""How many people work with a tool, and how many of them may do everything."""

from __future__ import annotations

from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import NUMBER


def _people_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """The used seats where seats were bought, else the users."""
    contract = tool.world.stack.own_contract(tool.id)
    if contract is not None and contract.seats is not None:
        return (Missing("tools", tool.id, "contract.used"),)
    return (Missing("tools", tool.id, "users"),)


@fact("tool", NUMBER, rests_on=("users", "contract.used"), missing=_people_unstated)
def people(tool: ToolSubject) -> int | None:
    """How many people have an account: its users, or the used seats of its own contract."""
    if tool.entry.users is not None:
        return tool.entry.users
    contract = tool.world.stack.own_contract(tool.id)
    return contract.used if contract is not None else None
