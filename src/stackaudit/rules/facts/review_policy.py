"""What a review of a tool has to cover by what it exposes, and what an approval lacks."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from stackaudit.graph.missing import Missing
from stackaudit.inventory.model import Review
from stackaudit.phrase import OR, in_a_row, phrase
from stackaudit.rules.facts.approval import approval
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.review_policy import IN_SHORT, LEVELS
from stackaudit.rules.types import TEXT, TEXTS, ordered

_CLASS_LEVEL = {"none": "none", "personal": "personal", "special": "special"}


def _level(tool: ToolSubject, dataset: str) -> str:
    """The level of data as it is stated; nobody's word counts as nothing."""
    entry = tool.world.stack.datasets[dataset]
    privacy = _CLASS_LEVEL[entry.privacy or "none"]
    return "restricted" if privacy == "none" and entry.confidentiality == "restricted" else privacy


def known_level(tool: ToolSubject) -> str:
    """The highest level that the inventory shows for sure; the true one may be higher."""
    items = tool.world.graph.exposure(tool.id).items
    levels = (
        _level(tool, each.dataset)
        for each in items
        if each.sure and (each.personal_here is not False or not _about_people(tool, each.dataset))
    )
    return max(levels, key=LEVELS.index, default="none")


def _about_people(tool: ToolSubject, dataset: str) -> bool:
    return tool.world.stack.datasets[dataset].privacy in ("personal", "special")


def possible_levels(tool: ToolSubject) -> tuple[str, ...]:
    """The levels that the tool may have: one where everything is stated that could raise it."""
    known = known_level(tool)
    return LEVELS[LEVELS.index(known) :] if level_unstated(tool) else (known,)


def level_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody stated and could raise the level."""
    known = known_level(tool)
    if known == LEVELS[-1]:
        return ()
    exposure, datasets = tool.world.graph.exposure(tool.id), tool.world.stack.datasets
    found = set(exposure.missing)
    for each in {item.dataset for item in exposure.items}:
        if datasets[each].privacy is None:
            found.add(Missing("datasets", each, "privacy"))
        if datasets[each].confidentiality is None and known == "none":
            found.add(Missing("datasets", each, "confidentiality"))
    return tuple(sorted(found))


@fact("tool", ordered(*LEVELS), rests_on=("holds", "collects", "grants"), missing=level_unstated,
      cached=True)  # fmt: skip
def review_level(tool: ToolSubject) -> str | None:
    """What a breach of it would give away at most, which says how deep its review has to go.

    `none`, `restricted` business data, `personal` data, or `special` categories; what keys held
    here open elsewhere counts too.
    """
    levels = possible_levels(tool)
    return levels[0] if len(levels) == 1 else None


@fact("tool", TEXT)
def review_points(tool: ToolSubject) -> str:
    """What its review has to look at, by what it is known to expose, in a few words."""
    return phrase(IN_SHORT[known_level(tool)])


# What an approval lacks, by the configuration


@fact("tool", TEXTS, missing=lambda tool: _requirements_unstated(tool), cached=True)
def approval_lacks(tool: ToolSubject) -> Collection:
    """What its approval lacks of what the configuration requires; nothing where it says nothing.

    Who may approve, that it is not the owner, and the evidence for what the tool exposes.
    """
    review = tool.world.stack.reviews.get(tool.id)
    if review is None:
        return Some(()) if "reviews" in tool.world.stack.incomplete else ()
    if approval(tool) is None:
        return ()
    found = tuple(_lacks(tool, review))
    return Some(found) if _requirements_unstated(tool) else found


def _lacks(tool: ToolSubject, review: Review) -> Iterator[str]:
    policy = tool.world.review_policy
    by = (review.by or "").casefold()
    if policy.reviewers is not None and not any(
        fnmatchcase(by, each.casefold()) for each in policy.reviewers
    ):
        yield phrase("{who} is not among those who may approve", who=review.by)
    if policy.other_than_owner and by in _owners(tool):
        yield phrase("{who} approved and is its owner too", who=review.by)
    for proof in policy.asked(lambda: known_level(tool)):
        lacking = _proof_lacking(tool, review, proof)
        if lacking is not None:
            yield lacking


def _owners(tool: ToolSubject) -> frozenset[str]:
    owner = tool.entry.owner
    named = (owner.business, owner.technical) if owner else ()
    return frozenset(each.casefold() for each in named if each not in (None, "none"))


def _proof_lacking(tool: ToolSubject, review: Review, proof: str) -> str | None:
    """What is stated to be lacking; None where it is there, or nobody said."""
    if proof == "link":
        return None if review.evidence else phrase("no evidence is linked")
    if proof == "dpa":
        dpa = tool.entry.dpa
        lacking = _AGREEMENT.get(dpa or "")
        return phrase(lacking) if lacking else None
    certificates = tool.entry.certifications
    if certificates is None or any(_may_hold(tool, day) for day in certificates.values()):
        return None
    return phrase("no certificate of the vendor is valid")


_AGREEMENT: Final = {
    "pending": "the data processing agreement is only pending",
    "none": "the data processing agreement is not there",
}


def _may_hold(tool: ToolSubject, until: object) -> bool:
    return until is None or until >= tool.world.today  # type: ignore[operator]


def _requirements_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    """What nobody stated, of what the configuration requires of this tool's approval."""
    review, stack = tool.world.stack.reviews.get(tool.id), tool.world.stack
    if review is None:
        return (Missing("reviews", tool.id),) if "reviews" in stack.incomplete else ()
    return tuple(sorted(set(_unstated_of(tool)))) if approval(tool) else ()


def _unstated_of(tool: ToolSubject) -> Iterator[Missing]:
    policy, owner = tool.world.review_policy, tool.entry.owner
    if policy.other_than_owner:
        for side in ("business", "technical"):
            if owner is None or getattr(owner, side) is None:
                yield Missing("tools", tool.id, f"owner.{side}")
    asked = policy.asked(lambda: known_level(tool))
    if "dpa" in asked and tool.entry.dpa is None:
        yield Missing("tools", tool.id, "dpa")
    if "certificate" in asked:
        yield from _certificates_unstated(tool)
    if policy.evidence[LEVELS[-1]] != asked:
        yield from level_unstated(tool)


def _certificates_unstated(tool: ToolSubject) -> Iterator[Missing]:
    certificates = tool.entry.certifications
    if certificates is None:
        yield Missing("tools", tool.id, "certifications")
    elif not any(day is not None and day >= tool.world.today for day in certificates.values()):
        for name, day in certificates.items():
            if day is None:
                yield Missing("tools", tool.id, f"certifications.{name}")


@fact("tool", TEXT)
def approvers(tool: ToolSubject) -> str:
    """Who may approve it by the configuration, in words."""
    policy = tool.world.review_policy
    named = [str(each) for each in policy.reviewers or ()]
    who = " or ".join(named) if len(named) > 2 else in_a_row(named, OR) or phrase("a reviewer")
    return phrase("{who}, not its owner", who=who) if policy.other_than_owner else who
