"""How sensitive the data of a tool or a flow is, in one word for pictures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, get_args

from stackaudit.inventory.stack import Stack

if TYPE_CHECKING:
    from stackaudit.rules.world import World

Sensitivity = Literal["special", "restricted", "personal", "none", "unknown"]
"""special: GDPR article 9; restricted: not personal, and still not for everybody; personal;
none: neither; unknown: nobody said what it is, or what is in it."""

SENSITIVITIES: Final[tuple[Sensitivity, ...]] = get_args(Sensitivity)
"""The most sensitive first."""


def of_dataset(stack: Stack, dataset: str) -> Sensitivity:
    """What the inventory says of a kind of data."""
    entry = stack.datasets.get(dataset)
    if entry is None:
        return "unknown"
    if entry.privacy == "special":
        return "special"
    if entry.confidentiality == "restricted":
        return "restricted"
    if entry.privacy is None:
        return "unknown"
    return "personal" if entry.privacy == "personal" else "none"


def of_data(stack: Stack, datasets: Iterable[str], *, complete: bool = True) -> Sensitivity:
    """The most sensitive of several; what may be more than is listed is never `none`."""
    found = {of_dataset(stack, each) for each in datasets}
    worst = next((each for each in SENSITIVITIES[:3] if each in found), None)
    if worst is not None:
        return worst
    return "none" if found == {"none"} and complete else "unknown"


def sensitivity_of(world: World, tool: str) -> Sensitivity:
    """The most sensitive data that a tool holds, receives or passes on; `none` only if sure."""
    graph = world.graph
    handled = {each.dataset for each in graph.exposure(tool).items if each.how != "key"}
    passing = graph.carrying_passing(tool)
    known = all(world.stack.flows[each].data is not None for each in passing)
    complete = known and not graph.may_have_more(tool)
    if not handled:
        return "none" if complete else "unknown"
    return of_data(world.stack, handled, complete=complete)
