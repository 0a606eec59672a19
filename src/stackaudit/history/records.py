"""Reviews, waivers and baseline entries of a change beside those of its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from stackaudit.errors import Place, quoted
from stackaudit.findings.base import Base, Known
from stackaudit.inventory.model import Review, Tool
from stackaudit.inventory.model.governance import Scope
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.origins import Origins
from stackaudit.inventory.reader import Document
from stackaudit.inventory.stack import Stack
from stackaudit.rules.waiver import Waiver

REVIEWS = "reviews"
NAMED: Final = 5
"""So many names at most are listed in one sentence."""


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    listed = ", ".join(names[:NAMED])
    return f"{listed} and {more:,} more" if more > 0 else listed


def renamed_tools(tools: Mapping[str, Tool]) -> Mapping[str, str]:
    """Ids that tools had before, and have no more, with the tool that each is now."""
    former = {old: id_ for id_, tool in tools.items() for old in tool.previously or ()}
    return {old: id_ for old, id_ in former.items() if old not in tools}


def with_reviews_of(stack: Stack, base: Stack) -> Stack:
    """The stack with the reviews of its base, as if it had not touched them.

    A review follows its tool to a new id (`previously`).
    """
    now = _reviews_by_tool(stack, base)
    found = {new: base.reviews[old] for new, old in now.items() if new in stack.tools}
    same = {new for new, old in now.items() if new == old}
    return replace(
        stack,
        reviews=dict(sorted(found.items())),
        origins=_with_reviews(stack.origins, base.origins, same),
    )


def _reviews_by_tool(stack: Stack, base: Stack) -> Mapping[str, str]:
    """The id under which the base has the review of each tool, by the id of the tool now.

    Of several (tools that became one) the least favourable counts: a rejection is not outlived
    by merging what was rejected into what was approved.
    """
    names = renamed_tools(stack.tools)
    found: dict[str, str] = {}
    for old in sorted(base.reviews, key=lambda each: _favour(base.reviews[each])):
        found.setdefault(names.get(old, old), old)
    return found


def _favour(review: Review) -> tuple[int, str]:
    """The least favourable first; of two approvals the one that was given first."""
    state = _STATES.index(review.state)
    return (state, review.on.isoformat() if review.on is not None else "")


_STATES: Final = ("rejected", "requested", "in_review", "approved")


def _with_reviews(origins: Origins, base: Origins, names: set[str]) -> Origins:
    """Reviews stand where the base has them; everything else where the change has it."""
    documents = [_only_reviews(each) for each in base.documents]
    first = len(origins.documents)
    declared = {
        name: number + first
        for name, number in base.declared.get(REVIEWS, {}).items()
        if name in names
    }
    return Origins(
        (*origins.documents, *documents), origins.listed, {**origins.declared, REVIEWS: declared}
    )


def _only_reviews(document: Document) -> Document:
    root = document.root
    if not isinstance(root, Map) or REVIEWS not in root:
        return Document(document.file, None)
    kept = Map(root.offset, root.lines)
    kept[REVIEWS] = root[REVIEWS]
    at = list(root).index(REVIEWS)
    kept.marks.extend(root.marks[2 * at : 2 * at + 2])
    return Document(document.file, kept)


def with_gaps_of(stack: Stack, base: Stack) -> Stack:
    """The stack with `incomplete: [reviews]` as its base has it.

    To call the reviews incomplete turns every missing review into a question: a change that
    adds an unreviewed tool must not be able to say so in the same breath.
    """
    said = (stack.incomplete - {REVIEWS}) | (base.incomplete & {REVIEWS})
    return stack if said == stack.incomplete else replace(stack, incomplete=said)


def changed_reviews(stack: Stack, base: Stack) -> Iterator[str]:
    """The reviews that a change adds, changes or takes away, in words."""
    before = {new: base.reviews[old] for new, old in _reviews_by_tool(stack, base).items()}
    for tool in sorted({*before, *stack.reviews}):
        old, new = before.get(tool), stack.reviews.get(tool)
        if old == new:
            continue
        if new is None:
            yield f"review of {quoted(tool)} removed"
        elif old is None:
            yield f"review of {quoted(tool)} added: {_state(new)} ({_at(stack, tool)})"
        else:
            keys = some([f"`{each}`" for each in _differing(old, new)])
            then, now = _state(old), _state(new)
            became = f"still {now}" if now == then else f"was {then}: {now}"
            yield f"review of {quoted(tool)} changed in {keys}, {became} ({_at(stack, tool)})"


def _state(review: Review) -> str:
    """The state with its dates: one that is backdated, or counts for ever, has to be seen."""
    by = f" by {quoted(review.by)}" if review.by else ""
    on = f" on {review.on}" if review.on is not None else ""
    until = f" until {review.until}" if review.until is not None else ""
    return f"{review.state.replace('_', ' ')}{by}{on}{until}"


def _differing(old: Review, new: Review) -> Iterator[str]:
    """The keys of two reviews that differ, those of their scopes by name."""
    for key in fields(Review):
        then, now = getattr(old, key.name), getattr(new, key.name)
        if then == now:
            continue
        if isinstance(then, Scope) and isinstance(now, Scope):
            for part in fields(Scope):
                if getattr(then, part.name) != getattr(now, part.name):
                    yield f"scope.{part.name}"
        else:
            yield key.name


def _at(stack: Stack, tool: str) -> str:
    return _where(stack.origins.place(REVIEWS, tool))


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}"


def changed_waivers(now: Sequence[Waiver], before: Sequence[Waiver]) -> Iterator[str]:
    """The waivers that a change adds, changes or takes away, in words."""
    old = {(each.rule, each.subject): each for each in before}
    new = {(each.rule, each.subject): each for each in now}
    for key in sorted({*old, *new}):
        then, today = old.get(key), new.get(key)
        what = f"waiver of {quoted(key[0])} for {quoted(key[1])}"
        if today is None:
            yield f"{what} removed"
        elif then is None:
            yield f"{what} added: {_accepts(today)}"
        elif replace(then, place=today.place) != today:
            yield f"{what} changed: {_accepts(today)}"


def _accepts(waiver: Waiver) -> str:
    return f"{quoted(waiver.owner)} until {waiver.expires} ({_where(waiver.place)})"


def changed_baseline(now: Base | None, before: Base | None) -> Iterator[str]:
    """The entries of the baseline that a change adds, changes or takes away, in words."""
    old: Mapping[str, Known] = before.known if before else {}
    new: Mapping[str, Known] = now.known if now else {}
    for each in sorted((new.get(k) or old[k] for k in {*old, *new}), key=_by_rule):
        then, today = old.get(each.fingerprint), new.get(each.fingerprint)
        what = f"baseline entry {each.rule} {'/'.join(map(quoted, each.subjects))}".rstrip()
        if today is None:
            yield f"{what} removed"
        elif then is None:
            yield f"{what} added at {today.severity.word}"
        elif then.severity != today.severity:
            yield f"{what} changed from {then.severity.word} to {today.severity.word}"


def _by_rule(known: Known) -> tuple[str, tuple[str, ...], str]:
    return (known.rule, known.subjects, known.fingerprint)
