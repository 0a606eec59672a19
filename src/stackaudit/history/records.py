"""Reviews, waivers and baseline entries of a change beside those of its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from stackaudit.errors import Place, quoted
from stackaudit.findings.base import Base, Known
from stackaudit.inventory.model import Review, Tool
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.origins import Origins
from stackaudit.inventory.reader import Document
from stackaudit.inventory.stack import Stack
from stackaudit.rules.waiver import Waiver

REVIEWS = "reviews"


def renamed_tools(tools: Mapping[str, Tool]) -> Mapping[str, str]:
    """Ids that tools had before, and have no more, with the tool that each is now."""
    former = {old: id_ for id_, tool in tools.items() for old in tool.previously or ()}
    return {old: id_ for old, id_ in former.items() if old not in tools}


def with_reviews_of(stack: Stack, base: Stack) -> Stack:
    """The stack with the reviews of its base, as if it had not touched them.

    A review follows its tool to a new id (`previously`).
    """
    names = renamed_tools(stack.tools)
    now = {names.get(old, old): old for old in base.reviews}
    found = {new: base.reviews[old] for new, old in now.items() if new in stack.tools}
    same = {new for new, old in now.items() if new == old}
    return replace(
        stack,
        reviews=dict(sorted(found.items())),
        origins=_with_reviews(stack.origins, base.origins, same),
    )


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
    names = renamed_tools(stack.tools)
    before: dict[str, Review] = {names.get(old, old): each for old, each in base.reviews.items()}
    for tool in sorted({*before, *stack.reviews}):
        old, new = before.get(tool), stack.reviews.get(tool)
        if old == new:
            continue
        if new is None:
            yield f"review of {quoted(tool)} removed"
        else:
            what = "added" if old is None else f"changed, was {_state(old)}"
            yield f"review of {quoted(tool)} {what}: {_state(new)} ({_at(stack, tool)})"


def _state(review: Review) -> str:
    by = f" by {quoted(review.by)}" if review.by else ""
    return f"{review.state.replace('_', ' ')}{by}"


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


def changed_policy(stack: Stack, base: Stack) -> Iterator[str]:
    """What the inventory itself says about how it is judged, where a change touches it."""
    if stack.policy != base.policy:
        place = _where(stack.origins.place("policy"))
        yield f"policy changed ({place})"
    if (REVIEWS in stack.incomplete) != (REVIEWS in base.incomplete):
        verb = "listed" if REVIEWS in stack.incomplete else "no longer listed"
        place = _where(stack.origins.place("incomplete"))
        yield f"`reviews` {verb} as incomplete ({place}): in force after merging"
