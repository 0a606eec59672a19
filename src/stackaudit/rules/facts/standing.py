"""What was decided about a tool, and what the facts say of it: fit, use, who replaces it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from stackaudit.phrase import NEXT, in_a_row, phrase
from stackaudit.rules.facts.contract import missing_usage, use
from stackaudit.rules.facts.paid import contracts_of, tool_cost
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.facts.words import NEVER_WILL, coming
from stackaudit.rules.kinds.portfolio import ContractSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Interval, Number, largest
from stackaudit.rules.types import DATE, FLAG, MONEY, NUMBER, SHARE, TEXT, many, subject

if TYPE_CHECKING:
    from stackaudit.catalog.model import Product
    from stackaudit.rules.world import World


def _lacks(*keys: str) -> Callable[[ToolSubject], tuple[Missing, ...]]:
    """Keys that are asked of a few tools only, so that they do not count as missing of all."""
    return lambda tool: tuple(Missing("tools", tool.id, each) for each in keys)


# What was decided


def _disposed(tool: ToolSubject, *words: str) -> bool | None:
    """Whether one of these was decided; unknown where no decision is stated."""
    decided = tool.entry.disposition
    return None if decided is None else decided in words


@fact("tool", FLAG, missing=_lacks("disposition"))
def to_go(tool: ToolSubject) -> bool | None:
    """Whether it is to go: it is retiring, or to be migrated or eliminated."""
    return True if tool.entry.stage == "retiring" else _disposed(tool, "migrate", "eliminate")


@fact("tool", FLAG, missing=_lacks("disposition"))
def to_be_built_on(tool: ToolSubject) -> bool | None:
    """Whether it was decided to invest in it."""
    return _disposed(tool, "invest")


@fact("tool", FLAG, missing=_lacks("disposition"))
def to_be_eliminated(tool: ToolSubject) -> bool | None:
    """Whether it was decided to eliminate it."""
    return _disposed(tool, "eliminate")


@fact("tool", DATE, missing=_lacks("pilot.ends"), writes="pilot.ends")
def pilot_ends(tool: ToolSubject) -> dt.date | None:
    """The day on which the terms of the pilot end it; later than any day if there are no terms.

    Unknown where there are terms that do not say.
    """
    pilot = tool.entry.pilot
    return NEVER_WILL if pilot is None or isinstance(pilot, str) else coming(pilot.ends)


@fact("contract", many(subject("tool")))
def tools_in_use(contract: ContractSubject) -> tuple[ToolSubject, ...]:
    """The tools in use that it pays for."""
    tools = (contract.world.tools[each] for each in contract.covers)
    return tuple(each for each in tools if each.entry.in_use)


# How well it serves


@fact("tool", NUMBER, missing=_lacks("fit.business"))
def fit_business(tool: ToolSubject) -> int | None:
    """How well it serves those who work with it, from 1 (poor) to 4 (well)."""
    return tool.entry.fit.business if tool.entry.fit else None


@fact("tool", NUMBER, missing=_lacks("fit.technical"))
def fit_technical(tool: ToolSubject) -> int | None:
    """How sound those who run and connect it find it, from 1 (poor) to 4 (well)."""
    return tool.entry.fit.technical if tool.entry.fit else None


def _own_contracts(tool: ToolSubject) -> list[ContractSubject]:
    return [each for each in contracts_of(tool) if len(each.covers) == 1]


def _use_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What its own contracts do not say of its use; the contract itself if there is none."""
    own = _own_contracts(tool)
    return (
        tuple(each for contract in own for each in missing_usage(contract))
        if own
        else (Missing("tools", tool.id, "contract"),)
    )


@fact("tool", SHARE, missing=_use_unstated)
def use_of_contract(tool: ToolSubject) -> Number:
    """How much of what was bought for it is used; unknown if no contract is for it alone.

    Without a contract nothing is idle. Of several contracts, that of which the most is used.
    """
    own = [use(each) for each in _own_contracts(tool)]
    if not own:
        return 1.0 if tool.entry.contract == "none" else None
    return largest(*own)


@fact("tool", TEXT)
def standing(tool: ToolSubject) -> str:
    """What the facts say of its worth, in words: fit, use, successor."""
    fit, share = tool.entry.fit, use_of_contract(tool)
    parts = [
        phrase("fit for the business {n} of 4", n=fit.business) if fit and fit.business else "",
        phrase("technical fit {n} of 4", n=fit.technical) if fit and fit.technical else "",
        phrase("{n}% of what was bought is used", n=f"{share * 100:.0f}")
        if isinstance(share, float)
        else "",
        _last_use(tool.entry.last_used),
        replacement(tool) or "",
    ]
    return in_a_row([each for each in parts if each], NEXT) or phrase("nothing more is stated")


def _last_use(day: dt.date | str | None) -> str:
    if isinstance(day, str):
        return phrase("never used")
    return phrase("last used on {day}", day=day) if day else ""


# What takes its place


@fact("tool", FLAG, missing=lambda tool: _successor_unstated(tool))
def successor_in_use(tool: ToolSubject) -> bool | None:
    """Whether the tool that is stated to replace it is in use already.

    A tool that was decided to stay has no successor if none is stated; of others it is unknown.
    """
    successor = tool.entry.successor
    if successor is None:
        return False if to_go(tool) is False else None
    return successor != "none" and tool.world.stack.tools[successor].in_use


def _successor_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """The successor of a tool that is to go; else first whether it is."""
    return (Missing("tools", tool.id, "successor" if to_go(tool) else "disposition"),)


def product_of(tool: ToolSubject) -> Product | None:
    """The product of the catalog that the tool is, as stated or as its name certainly says."""
    world, stated = tool.world, tool.entry.product
    if world.filled is not None:
        return world.filled.products.get(tool.id)
    if stated is None or stated == "none":
        return None
    from stackaudit.catalog.catalog import catalog

    return (world.catalog or catalog()).get(stated)


@fact("tool", FLAG, missing=_lacks("product"))
def off_the_market(tool: ToolSubject) -> bool | None:
    """Whether the catalog knows its product as discontinued or merged into another.

    Unknown where nobody said which product it is.
    """
    product = product_of(tool)
    if product is None:
        return None if tool.entry.product is None else False
    return product.status.state != "active"


@fact("tool", TEXT)
def replacement(tool: ToolSubject) -> str | None:
    """What takes its place, in words; unknown where nothing does."""
    if successor_in_use(tool):
        successor = tool.world.tools[str(tool.entry.successor)].label()
        return phrase("{tool} is there to replace it", tool=successor)
    product = product_of(tool)
    if product is None or product.status.state == "active":
        return None
    year, into = str(product.status.year or ""), _name_of(product.status.into, tool.world)
    if product.status.state == "discontinued":
        return phrase("the vendor ended the product in {year}" if year
                      else "the vendor ended the product", year=year)  # fmt: skip
    return phrase(_MERGED[bool(year), bool(into)], year=year, into=into)


def _name_of(product: str | None, world: World) -> str:
    """The name of the product with this id; the id, where the catalog has none."""
    if product is None:
        return ""
    from stackaudit.catalog.catalog import catalog

    known = (world.catalog or catalog()).get(product)
    return known.name if known is not None else product


_MERGED: Final = {
    (False, False): "the product was merged",
    (True, False): "the product was merged in {year}",
    (False, True): "the product was merged into {into}",
    (True, True): "the product was merged in {year} into {into}",
}
"""By whether it is known when, and into what."""


@fact("tool", MONEY, missing=_lacks("contract.cost"))
def superseded_cost(tool: ToolSubject) -> Number:
    """What a year of it costs beside its successor that is in use.

    Nothing where there is no such successor, or where it is deliberately kept.
    """
    if tool.entry.keep not in (None, "none"):
        return 0.0
    known = successor_in_use(tool)
    cost: Number = tool_cost(tool) if known or known is None else 0.0
    if known is None and isinstance(cost, float):
        return Interval(0.0, cost)
    return cost
