"""What widened since a review: the scope as recorded beside the scope as it stands now.

What the record does not say was not recorded, and is not compared. Less data, fewer tools,
tighter access, prices, owners and counts do not widen anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stackaudit.graph.scope_keys import RIGHTS, Opening, read_keys
from stackaudit.inventory.model.governance import Scope

LEVELS: Final = ("none", "optional", "enforced")
_PRIVACY: Final = ("none", "personal", "special")
_CONFIDENTIALITY: Final = ("public", "internal", "confidential", "restricted")
_AGREEMENT: Final = {"none": 0, "pending": 1, "not_needed": 2, "signed": 2}
"""How well the data processing agreement stands; to need none is as good as to have one."""

_DATA: Final = {
    "holds": "it now holds",
    "collects": "it now collects",
    "receives": "it now receives",
    "sends": "it now sends",
}
_ACCESS: Final = {"sso": "single sign-on", "mfa": "a second factor"}
_AI: Final = {
    "uses_data": "AI in it now uses our data",
    "trains_on_data": "AI in it now trains on our data",
    "acts": "AI in it now acts on its own",
}


@dataclass(frozen=True, slots=True)
class Widening:
    """One thing that is wider than it was when it was reviewed."""

    key: str
    """The key of the scope: receives, counterparts, access.mfa."""
    names: tuple[str, ...]
    """What is new there, or rose: datasets, tools, sub-processors; sorted."""
    words: str
    """A clause for a sentence: `it now receives purchase (personal confidential)`."""


def widened(
    reviewed: Scope, now: Scope, renamed: Mapping[str, str] | None = None
) -> tuple[Widening, ...]:
    """What widened, in the order of the scope's keys.

    `renamed` leads from ids that tools had before to those they have now (`previously`).
    """
    names = renamed or {}
    return (
        *_more_data(reviewed, now),
        *_more_sensitive(reviewed, now),
        *_new_counterparts(reviewed, now, names),
        *_wider_keys(reviewed, now, names),
        *_elsewhere(reviewed, now),
        *_weaker_access(reviewed, now),
        *_agreement_lost(reviewed, now),
        *_more_ai(reviewed, now),
    )


def _more_data(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, verb in _DATA.items():
        then, today = getattr(reviewed, key), getattr(now, key)
        new = _new(then, today)
        if new:
            classes = now.classes or {}
            said = [f"{each} ({found})" if (found := classes.get(each)) else each for each in new]
            yield Widening(key, new, f"{verb} {_joined(said)}")


def _new(then: Sequence[str] | None, today: Sequence[str] | None) -> tuple[str, ...]:
    if then is None or today is None:
        return ()
    return tuple(sorted(set(today) - set(then)))


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _more_sensitive(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then = reviewed.classes or {}
    for dataset, today in (now.classes or {}).items():
        before = then.get(dataset)
        if before is None or today is None:
            continue
        rose = [new for old, new in _steps(before, today) if old is not None]
        if rose:
            words = f"{dataset} there is now {' '.join(rose)}, and was {before}"
            yield Widening("classes", (dataset,), words)


def _steps(before: str, today: str) -> Iterator[tuple[str | None, str]]:
    """Of each order of classes in which the word rose: the word then and the word now."""
    for order in (_PRIVACY, _CONFIDENTIALITY):
        old, new = class_word(before, order), class_word(today, order)
        if old is not None and new is not None and order.index(new) > order.index(old):
            yield old, new


def class_word(text: str, order: Sequence[str]) -> str | None:
    """The word of an order of classes in a text such as `personal confidential`."""
    return next((word for word in text.split() if word in order), None)


def _new_counterparts(
    reviewed: Scope, now: Scope, renamed: Mapping[str, str]
) -> Iterator[Widening]:
    then = reviewed.counterparts
    known = None if then is None else tuple(renamed.get(each, each) for each in then)
    new = _new(known, now.counterparts)
    if new:
        yield Widening("counterparts", new, f"it now exchanges data with {_joined(new)}")


def _wider_keys(reviewed: Scope, now: Scope, renamed: Mapping[str, str]) -> Iterator[Widening]:
    if reviewed.grants is None:
        return
    then, today = read_keys(reviewed.grants, renamed), read_keys(now.grants or (), {})
    for name, key in today.items():
        if name not in then:
            can = f" ({key.can})" if key.can else ""
            yield Widening("grants", (name,), f"it now holds a key to {name}{can}")
        else:
            yield from _wider_key(then[name], key)


def _wider_key(then: Opening, today: Opening) -> Iterator[Widening]:
    def widening(words: str) -> Widening:
        return Widening("grants", (today.on,), f"its key to {today.on} now {words}")

    if then.can and today.can and RIGHTS.index(today.can) > RIGHTS.index(then.can):
        yield widening(f"can {today.can}, and could {then.can}")
    if then.data is not None and today.data is not None and (more := today.data - then.data):
        yield widening(f"opens {_joined(sorted(more))}")
    if then.scopes is not None and today.scopes is not None:
        scopes = sorted(today.scopes - then.scopes)
        if scopes:
            yield widening(f"has the scope{'s' * (len(scopes) > 1)} {_joined(scopes)}")


def _elsewhere(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then, today = reviewed.region, now.region
    if then is not None and today is not None and then.casefold() != today.casefold():
        yield Widening("region", (today,), f"its data is now kept in {today}, and was in {then}")
    new = _new(reviewed.subprocessors, now.subprocessors)
    if new:
        words = f"{_joined(new)} now process{'es' * (len(new) == 1)} data for its vendor"
        yield Widening("subprocessors", new, words)


def _weaker_access(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, what in _ACCESS.items():
        then, today = getattr(reviewed.access, key, None), getattr(now.access, key, None)
        if then is None or today is None or LEVELS.index(today) >= LEVELS.index(then):
            continue
        stands = "is not asked for any more" if today == "none" else f"is now {today}"
        yield Widening(f"access.{key}", (today,), f"{what} {stands}, and was {then}")


def _agreement_lost(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then, today = reviewed.dpa, now.dpa
    if then is None or today is None or _AGREEMENT[today] >= _AGREEMENT[then]:
        return
    words = {"none": "is gone", "pending": "is only pending"}[today]
    was = then.replace("_", " ")
    yield Widening("dpa", (today,), f"its data processing agreement {words}, and was {was}")


def _more_ai(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, words in _AI.items():
        if getattr(reviewed.ai, key, None) is False and getattr(now.ai, key, None) is True:
            yield Widening(f"ai.{key}", (key,), words)
