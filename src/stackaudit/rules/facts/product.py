"""Which product of the catalog an inventory means; what a tool costs for each person."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from stackaudit.rules.facts.contract import missing
from stackaudit.rules.facts.paid import contracts_of, tool_cost
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.portfolio import unplaced
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Number, divide, number
from stackaudit.rules.types import FLAG, MONEY, NUMBER, TEXT, many, subject

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog
    from stackaudit.catalog.model import Match
    from stackaudit.rules.world import World


@fact("tool", TEXT, rests_on=("product",), writes="product")
def product(tool: ToolSubject) -> str | None:
    """The entry of the catalog that the inventory names; `none` for software of one's own."""
    stated: str | None = tool.entry.product
    return stated


def _catalog(world: World) -> Catalog:
    """The catalog of the audit, else the one that ships."""
    from stackaudit.catalog.catalog import catalog

    return world.catalog or catalog()


def _meant(tool: ToolSubject) -> Match | None:
    """What a stated product may mean that the catalog does not have; None if there is none."""
    stated, world = tool.entry.product, tool.world
    if stated in (None, "none"):
        return None
    if world.filled is not None:
        return _near(world.filled.unknown.get(tool.id))
    known = _catalog(world)
    return None if known.get(stated) else _near(known.match(stated, tool.entry.vendor))


def _near(match: Match | None) -> Match | None:
    """The match; none where it is all that a vendor sells, none of which is nearest."""
    return None if match is None or match.by_vendor else match


@fact("tool", FLAG, missing=lambda tool: (Missing("tools", tool.id, "product"),))
def product_misspelt(tool: ToolSubject) -> bool | None:
    """Whether it names a product that the catalog does not have, beside one that it has.

    Unknown where nobody said which product it is.
    """
    if tool.entry.product is None:
        return None
    meant = _meant(tool)
    return meant is not None and meant.product is not None


@fact("tool", TEXT)
def near_product(tool: ToolSubject) -> str | None:
    """The id of the product that is nearest to the one that the catalog does not have."""
    meant = _meant(tool)
    return meant.product.id if meant and meant.product else None


# What it costs for each person


def _users_of(tool: ToolSubject) -> int | None:
    if tool.entry.users is not None:
        return int(tool.entry.users)
    contract = tool.world.stack.own_contract(tool.id)
    return contract.used if contract else None


@fact("tool", NUMBER, rests_on=("users", "contract.used"))
def active_users(tool: ToolSubject) -> int | None:
    """How many people work with it; where that is not stated, the seats that are used."""
    return _users_of(tool)


def _price_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What is not stated of the cost or the users of those that do the same."""
    return tuple(each for peer in _peers(tool) for each in _unpriced(peer))


def cost_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """The costs that the tool's contracts do not state; the contract if there is none."""
    contracts = contracts_of(tool)
    if not contracts and tool.entry.contract is None:
        return (Missing("tools", tool.id, "contract"),)
    return tuple(missing(each, "cost") for each in contracts if each.entry.cost is None)


def _unpriced(tool: ToolSubject) -> tuple[Missing, ...]:
    users = (Missing("tools", tool.id, "users"),) if _users_of(tool) is None else ()
    return (*cost_unstated(tool), *users)


@fact("tool", MONEY, rests_on=("contract.cost",), missing=_unpriced, cached=True)
def cost_per_user(tool: ToolSubject) -> Number:
    """What it costs a year for each person who works with it; unknown if nobody does."""
    users = _users_of(tool)
    return divide(tool_cost(tool), users) if users else None


def _peers(tool: ToolSubject) -> tuple[ToolSubject, ...]:
    """Itself and others, in use, not free, and used by somebody, that are mainly for the same."""
    groups = _groups(tool.world)
    return groups.get((tool.entry.capabilities or ("",))[0], ())


def _groups(world: World) -> dict[str, tuple[ToolSubject, ...]]:
    memory = world.memory
    if "paid by capability" not in memory:
        found: dict[str, list[ToolSubject]] = {}
        for tool in world.tools.values():
            counts = tool_cost(tool) != 0 and _users_of(tool) != 0
            if tool.entry.in_use and tool.entry.capabilities and counts:
                found.setdefault(tool.entry.capabilities[0], []).append(tool)
        memory["paid by capability"] = {name: tuple(each) for name, each in found.items()}
    groups: dict[str, tuple[ToolSubject, ...]] = memory["paid by capability"]
    return groups


@fact("tool", many(subject("tool")), rests_on=("capabilities",))
def peers(tool: ToolSubject) -> tuple[ToolSubject, ...] | None:
    """The tools in use that are mainly for the same, cost something and have users.

    Itself included.
    """
    return None if tool.entry.capabilities is None else _peers(tool)


def _unplaced_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if tool.entry.capabilities is None:
        return (Missing("tools", tool.id, "capabilities"),)
    return tuple(Missing("tools", each, "capabilities") for each in unplaced(tool.world))


@fact("tool", NUMBER, missing=_unplaced_unstated)
def peer_count(tool: ToolSubject) -> Number:
    """How many these are; a range where nobody said what some tools are for."""
    if tool.entry.capabilities is None:
        return None
    known = len(_peers(tool))
    return number(known, known + len(unplaced(tool.world)))


@fact("tool", MONEY, missing=lambda tool: (*_price_unstated(tool), *_unplaced_unstated(tool)))
def usual_cost_per_user(tool: ToolSubject) -> Number:
    """The median of what such tools cost a year for each person; a range where some are unknown."""
    medians = tool.world.memory.setdefault("usual cost per user", {})
    main = (tool.entry.capabilities or ("",))[0]
    if main not in medians:
        medians[main] = _median_of(tool)
    median: Number = medians[main]
    return median


def _median_of(tool: ToolSubject) -> Number:
    costs = [cost_per_user(each) for each in _peers(tool)]
    known = [float(each) for each in costs if isinstance(each, int | float)]
    more = len(costs) - len(known) + len(unplaced(tool.world))
    if not known:
        return None
    low, high = (
        statistics.median(known + [0.0] * more),
        statistics.median(known + [math.inf] * more),
    )
    return number(low, high)
