"""A stack without names, to be audited anew: then every format of a report is anonymous."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from stackaudit.audit import AuditResult, world_of
from stackaudit.catalog.catalog import Catalog
from stackaudit.catalog.taxonomy import by_alias, taxonomy
from stackaudit.errors import Place
from stackaudit.graph.scope import scope_of
from stackaudit.graph.scope_product import in_words_of_today
from stackaudit.inventory.anonymous import Pseudonyms, rewritten
from stackaudit.inventory.load import load_text
from stackaudit.inventory.model.governance import Scope
from stackaudit.inventory.stack import Stack
from stackaudit.phrase import word
from stackaudit.rules.kinds.sightings import Sightings
from stackaudit.rules.show import ENGLISH, Wording
from stackaudit.rules.waiver import JOIN, Waiver
from stackaudit.rules.world import World

FILE: Final = "anonymous.yaml"
"""Stands for the files of the inventory, whose names may say whose it is."""
_SUBJECTS: Final = ("tool", "dataset", "capability", "contract", "flow", "item")


def pseudonyms(wording: Wording = ENGLISH) -> Pseudonyms:
    """A new set of pseudonyms; what a capability of the taxonomy is called anybody may know."""
    names = {id_: wording.shown(word("capability", each.name)) for id_, each in taxonomy().items()}
    if wording.code == ENGLISH.code:
        return Pseudonyms(names)
    return Pseudonyms(names, {each: wording.shown(word("pseudonym", each)) for each in _CALLED})


_CALLED: Final = (
    "owner", "tool", "data", "personal-data", "special-data", "contract", "item", "capability",
)  # fmt: skip
"""What pseudonyms begin with, besides capabilities."""


def anonymized(
    stack: Stack, names: Pseudonyms | None = None, *, catalog: Catalog | None = None
) -> Stack:
    """The stack with pseudonyms in place of everything that says whose it is.

    What the catalog knows of a product (what it is for, whose it is) is filled in before, since
    nobody can look it up after. `names` is shared by stacks that are to be compared. The catalog
    must not be laid over the result by product, and cannot be: no tool names one.
    """
    world = world_of(stack, dt.date.min, catalog)
    known = names if names is not None else pseudonyms()
    written = rewritten(_in_words_of_today(world), known, _seen(world))
    return load_text(json.dumps(written), by_alias(), FILE)


def _in_words_of_today(world: World) -> Stack:
    """The stack with scopes of reviews that name product and vendor as the tool has them now.

    That is, where they are the same: without names nobody could tell that any more.
    """
    reviews = {
        tool: review
        if review.scope is None or tool not in world.stack.tools
        else replace(review, scope=_scope_of_today(world, tool, review.scope))
        for tool, review in world.stack.reviews.items()
    }
    return replace(world.stack, reviews=reviews)


def _scope_of_today(world: World, tool: str, reviewed: Scope) -> Scope:
    entry = world.stack.tools[tool]
    stated = scope_of(world.graph, tool)
    now = replace(stated, product=entry.product, vendor=entry.vendor)
    found = in_words_of_today(reviewed, now, world.catalog)
    # What is not stated now is asked for; the pseudonym of another would be another.
    lost = stated.vendor is None and found.vendor != now.vendor
    return replace(
        found,
        product=found.product if now.product is not None else None,
        vendor=None if lost else found.vendor,
    )


def _seen(world: World) -> Mapping[str, str | None]:
    """The observations whose tool is sure, or that surely are of none that is listed."""
    found: dict[str, str | None] = {}
    sightings = Sightings.of(world)
    for thing, names in sightings.things.items():
        meant = sightings.meant(thing)
        if meant.sure:
            found.update(dict.fromkeys(names, next(iter(meant.tools), None)))
    return found


def anonymized_waivers(result: AuditResult, names: Pseudonyms) -> tuple[Waiver, ...]:
    """The waivers of what an audit found, for the audit of the same stack without names.

    One for each waived finding whose subjects have pseudonyms; without reason, ticket and place.
    """
    return tuple(_waivers(result, names))


def _waivers(result: AuditResult, names: Pseudonyms) -> Iterator[Waiver]:
    for each in result.findings:
        if each.waiver is None:
            continue
        ids = [names.any_of(ref.id, _SUBJECTS) for ref in each.finding.subjects]
        known = [id_ for id_ in ids if id_ is not None]
        if len(known) == len(ids):
            yield replace(
                each.waiver,
                rule=each.finding.rule,
                subject=JOIN.join(known),
                reason="accepted",
                owner=names.of("owner", each.waiver.owner),
                place=Place(FILE, 1, 1),
                ticket=None,
            )
