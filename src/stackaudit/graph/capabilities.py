"""The capabilities of a stack: the taxonomy, with the stack's own declarations laid over it."""

from __future__ import annotations

from collections.abc import Mapping

from stackaudit.catalog.taxonomy import Capability, taxonomy
from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import CapabilityEntry
from stackaudit.inventory.stack import Stack
from stackaudit.phrase import word


@dataclass(frozen=True, slots=True)
class ResolvedCapability:
    """What the business must be able to do, as the stack and the taxonomy together say it."""

    id: str
    name: str
    """What the stack calls it, else the taxonomy, else its id."""
    lane: str | None
    """engage, collect, know, activate or measure; None if neither says."""
    does: tuple[str, ...] | None
    """What it does with data; None if neither says, empty if it is not there for such work."""
    owner: str | None
    """Who in the business answers for it; `none` if nobody does."""
    needs: tuple[str, ...] | None
    """The datasets that it cannot be done without."""
    within: int | None
    """How old those datasets may be when they arrive, in minutes."""
    must: tuple[str, ...] | None
    """What a tool has to meet to be fit for it."""
    declared: bool
    """Whether the stack names it under `capabilities:`."""


def resolved(stack: Stack) -> Mapping[str, ResolvedCapability]:
    """Every capability that the taxonomy knows or the stack declares, by id, sorted."""
    known = taxonomy()
    ids = sorted({*known, *stack.capabilities})
    return {id_: _resolved(id_, known.get(id_), stack.capabilities.get(id_)) for id_ in ids}


def _resolved(
    id_: str, known: Capability | None, entry: CapabilityEntry | None
) -> ResolvedCapability:
    stated = entry or CapabilityEntry()
    return ResolvedCapability(
        id=id_,
        name=stated.name or (word("capability", known.name) if known else id_),
        lane=stated.lane or (known.lane if known else None),
        does=stated.does if stated.does is not None else known.does if known else None,
        owner=stated.owner,
        needs=stated.needs,
        within=stated.within.minutes if stated.within else None,
        must=stated.must,
        declared=entry is not None,
    )
