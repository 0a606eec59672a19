"""Whether anything in the stack has a dataset that is named."""

from __future__ import annotations

from stackaudit.graph.missing import LISTED_FLOWS, LISTED_TOOLS, Missing
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import DatasetSubject
from stackaudit.rules.types import FLAG


def _blind_spots(dataset: DatasetSubject) -> tuple[Missing, ...]:
    """What is not stated and could mention it: what tools hold or collect, what flows carry."""
    stack = dataset.world.stack
    found = [
        Missing("tools", name, key)
        for name, tool in stack.tools.items()
        for key in ("holds", "collects")
        if tool.in_use and getattr(tool, key) is None
    ]
    found += [Missing("flows", name, "data") for name, f in stack.flows.items() if f.data is None]
    if "tools" in stack.incomplete:
        found.append(LISTED_TOOLS)
    if not stack.knows_flows or "flows" in stack.incomplete:
        found.append(LISTED_FLOWS)
    return tuple(found)


@fact("dataset", FLAG, missing=_blind_spots, cached=True)
def mentioned(dataset: DatasetSubject) -> bool | None:
    """Whether any tool collects or holds it, any key opens it, or any flow carries it.

    Tools that are planned or past count too. Unknown where what is not stated might mention it.
    """
    stack, name = dataset.world.stack, dataset.id
    held = any(
        name in (tool.collects or ()) or name in (tool.holds or ())
        or any(name in (grant.data or ()) for grant in tool.grants or ())
        for tool in stack.tools.values()
    )  # fmt: skip
    if held or any(name in (flow.data or ()) for flow in stack.flows.values()):
        return True
    return None if _blind_spots(dataset) else False


@fact("dataset", FLAG)
def needed(dataset: DatasetSubject) -> bool:
    """Whether a capability is stated to need it."""
    stated = dataset.world.stack.capabilities.values()
    return any(dataset.id in (each.needs or ()) for each in stated)
