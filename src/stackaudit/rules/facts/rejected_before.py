"""Tools that come back under another id after they were rejected: the product or a domain tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from stackaudit.dataclass import dataclass
from stackaudit.graph.missing import Missing
from stackaudit.inventory.model import Tool
from stackaudit.phrase import phrase
from stackaudit.rules.facts.approval import approval
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import TEXT, many, subject

if TYPE_CHECKING:
    from stackaudit.rules.world import World

NO_PRODUCT: Final = "none"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A tool that was rejected, and on which day, if that is stated."""

    id: str
    entry: Tool
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Index:
    """The rejected tools of a stack, by what tells them again; sorted."""

    every: tuple[Rejected, ...]
    by_product: Mapping[str, Sequence[Rejected]]
    by_domain: Mapping[str, Sequence[Rejected]]
    unsaid: tuple[Rejected, ...]
    """Those of which nobody said which product they are."""


def _rejected(world: World) -> Index:
    if "rejected" not in world.memory:
        world.memory["rejected"] = _indexed(world, tuple(_find_rejected(world)))
    found: Index = world.memory["rejected"]
    return found


def _find_rejected(world: World) -> Iterator[Rejected]:
    """Every tool that was rejected, by its lifecycle or its review; sorted."""
    for name, tool in world.stack.tools.items():
        review = world.stack.reviews.get(name)
        by_review = review is not None and review.state == "rejected"
        if by_review or tool.stage == "rejected":
            yield Rejected(name, tool, review.on if by_review and review is not None else None)


def _indexed(world: World, every: tuple[Rejected, ...]) -> Index:
    by_product: defaultdict[str, list[Rejected]] = defaultdict(list)
    by_domain: defaultdict[str, list[Rejected]] = defaultdict(list)
    for each in every:
        if each.entry.product not in (None, NO_PRODUCT):
            by_product[_current(world, each.entry.product)].append(each)
        for domain in _domains(each.entry):
            by_domain[domain].append(each)
    unsaid = tuple(each for each in every if each.entry.product is None)
    return Index(every, dict(by_product), dict(by_domain), unsaid)


def _current(world: World, product: str | None) -> str:
    """The id that the product has in the catalog today; as stated where it knows none."""
    if product is None or world.catalog is None:
        return product or ""
    known = world.catalog.get(product)
    return product if known is None else known.id


def _domains(entry: Tool) -> frozenset[str]:
    return frozenset(each.casefold().rstrip(".") for each in entry.domains or ())


def _still(tool: ToolSubject, rejected: Rejected) -> bool:
    """Whether it is another tool, and this one was not approved on or after its rejection."""
    if rejected.id == tool.id:
        return False
    review = approval(tool)
    if review is None or review.on is None:
        return True
    return rejected.on is not None and review.on < rejected.on


def _same(tool: ToolSubject) -> list[Rejected]:
    """The rejected tools that are the same product, or run under the same domain; sorted."""
    index = _rejected(tool.world)
    found = list(index.by_product.get(_current(tool.world, tool.entry.product), ()))
    for domain in _domains(tool.entry):
        found += index.by_domain.get(domain, ())
    again = {each.id: each for each in found if _still(tool, each)}
    return [again[name] for name in sorted(again)]


@fact("tool", many(subject("tool")), missing=lambda tool: _unstated(tool), cached=True)
def rejected_before(tool: ToolSubject) -> Collection:
    """The rejected tools that this one is again under another id: one product, or one domain.

    Not those after whose rejection this one was approved: then the decision was made again. Of
    different products only a stated domain tells; a domain is never asked for.
    """
    same = tuple(tool.world.tools[each.id] for each in _same(tool))
    return Some(same) if _unstated(tool) else same


def _unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """The products that nobody stated, where the tool and a rejected one could be one."""
    index = _rejected(tool.world)
    product = tool.entry.product
    if product == NO_PRODUCT or not index.every:
        return ()
    known = {each.id for each in _same(tool)}
    others = index.unsaid if product is not None else index.every
    unsure = [
        each
        for each in others
        if each.id not in known and _still(tool, each) and _may_be_one(tool, each.entry)
    ]
    found = {Missing("tools", each.id, "product") for each in unsure if each.entry.product is None}
    if product is None and unsure:
        found.add(Missing("tools", tool.id, "product"))
    return tuple(sorted(found))


def _may_be_one(tool: ToolSubject, rejected: Tool) -> bool:
    """Whether two tools could be one product, of at least one of which nobody said which it is.

    A name that is stated tells, as far as the catalog does not take it for the other's product.
    """
    here, there = tool.entry, rejected
    if there.product == NO_PRODUCT:
        return False
    if there.product is not None:
        return _may_mean(tool.world, here, there.product)
    if here.product is not None:
        return _may_mean(tool.world, there, here.product)
    names = here.name, there.name
    return None in names or str(names[0]).casefold() == str(names[1]).casefold()


def _may_mean(world: World, entry: Tool, product: str) -> bool:
    if entry.name is None or world.catalog is None:
        return True
    found = world.catalog.match(entry.name, entry.vendor).product
    return found is not None and found.id == product


@fact("tool", TEXT)
def rejected_words(tool: ToolSubject) -> str:
    """That it was rejected itself, or under which other id, in words."""
    again = next(iter(_same(tool)), None)
    if again is None:
        return phrase("was rejected")
    if again.on is None:
        return phrase("is what was rejected as {id}", id=again.id)
    return phrase("is what was rejected on {day} as {id}", day=again.on, id=again.id)
