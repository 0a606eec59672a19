"""What widened since a review: the scope as recorded beside the scope as it stands now.

What the record does not say was not recorded, and is not compared. Less data, fewer tools,
tighter access, prices, owners and counts do not widen anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.graph.scope_keys import RIGHTS, Opening, read_keys
from stackaudit.inventory.model.governance import Scope
from stackaudit.inventory.model.scalars import NONE
from stackaudit.phrase import AND, BESIDE, in_a_row, phrase, word

LEVELS: Final = ("none", "optional", "enforced")
_PRIVACY: Final = ("none", "personal", "special")
_CONFIDENTIALITY: Final = ("public", "internal", "confidential", "restricted")
_AGREEMENT: Final = {"none": 0, "pending": 1, "not_needed": 2, "signed": 2}
"""How well the data processing agreement stands; to need none is as good as to have one."""

_DATA: Final = {
    "holds": "it now holds {data}",
    "collects": "it now collects {data}",
    "receives": "it now receives {data}",
    "sends": "it now sends {data}",
}
_ACCESS: Final = {"sso": "single sign-on", "mfa": "a second factor"}
_ROSE: Final = "{data} there is now {now}, and was {was}"
_CAN_MORE: Final = "its key to {tool} now can {can}, and could {could}"
_SCOPE: Final = "its key to {tool} now has the scope {scopes}"
_SCOPES: Final = "its key to {tool} now has the scopes {scopes}"
_PROCESSES: Final = "{names} now processes data for its vendor"
_PROCESS: Final = "{names} now process data for its vendor"
_NOT_ASKED: Final = "{what} is not asked for any more, and was {was}"
_WEAKER: Final = "{what} is now {now}, and was {was}"
_LOST: Final = {
    "none": "its data processing agreement is gone, and was {was}",
    "pending": "its data processing agreement is only pending, and was {was}",
}
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
        *_something_else(reviewed, now),
        *_more_data(reviewed, now),
        *_more_sensitive(reviewed, now),
        *_new_counterparts(reviewed, now, names),
        *_wider_keys(reviewed, now, names),
        *_elsewhere(reviewed, now),
        *_weaker_access(reviewed, now),
        *_agreement_lost(reviewed, now),
        *_more_ai(reviewed, now),
    )


def _something_else(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    """Another product, or one of another vendor, in the place of what was reviewed."""
    then, today = reviewed.product, now.product
    if then is not None and today is not None and then.casefold() != today.casefold():
        words = phrase("it is now {now}, and was {was}", now=_product(today), was=then)
        yield Widening("product", (today,), words)
    then, today = reviewed.vendor, now.vendor
    if then is not None and today is not None and then.casefold() != today.casefold():
        words = phrase("its vendor is now {now}, and was {was}", now=today, was=then)
        yield Widening("vendor", (today,), words)


def _product(id_: str) -> str:
    return phrase("own software") if id_ == NONE else phrase("the product {id}", id=id_)


def _more_data(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, verb in _DATA.items():
        then, today = getattr(reviewed, key), getattr(now, key)
        new = _new(then, today)
        if new:
            classes = now.classes or {}
            said = [_with_class(each, classes.get(each)) for each in new]
            yield Widening(key, new, phrase(verb, data=in_a_row(said, AND)))


def _new(then: Sequence[str] | None, today: Sequence[str] | None) -> tuple[str, ...]:
    if then is None or today is None:
        return ()
    return tuple(sorted(set(today) - set(then)))


def _with_class(name: str, classes: str | None) -> str:
    return phrase("{data} ({classes})", data=name, classes=_classes(classes)) if classes else name


def _classes(text: str) -> str:
    """Classes of data as a review records them, `personal confidential`, for a phrase."""
    return in_a_row([_class(each) for each in text.split()], BESIDE)


def _class(text: str) -> str:
    if text in _PRIVACY:
        return word("privacy", text)
    return word("confidentiality", text) if text in _CONFIDENTIALITY else text


def _more_sensitive(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then = reviewed.classes or {}
    for dataset, today in (now.classes or {}).items():
        before = then.get(dataset)
        if before is None or today is None:
            continue
        rose = [new for old, new in _steps(before, today) if old is not None]
        if rose:
            now_, was = _classes(" ".join(rose)), _classes(before)
            words = phrase(_ROSE, data=dataset, now=now_, was=was)
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
        yield Widening(
            "counterparts",
            new,
            phrase("it now exchanges data with {tools}", tools=in_a_row(new, AND)),
        )


def _wider_keys(reviewed: Scope, now: Scope, renamed: Mapping[str, str]) -> Iterator[Widening]:
    if reviewed.grants is None:
        return
    then, today = read_keys(reviewed.grants, renamed), read_keys(now.grants or (), {})
    for name, key in today.items():
        if name not in then:
            words = phrase("it now holds a key to {tool}", tool=name)
            if key.can:
                can = word("right", key.can)
                words = phrase("it now holds a key to {tool} ({can})", tool=name, can=can)
            yield Widening("grants", (name,), words)
        else:
            yield from _wider_key(then[name], key)


def _wider_key(then: Opening, today: Opening) -> Iterator[Widening]:
    def widening(pattern: str, **values: str) -> Widening:
        return Widening("grants", (today.on,), phrase(pattern, tool=today.on, **values))

    if then.can and today.can and RIGHTS.index(today.can) > RIGHTS.index(then.can):
        can, could = word("right", today.can), word("right", then.can)
        yield widening(_CAN_MORE, can=can, could=could)
    if then.data is not None and today.data is not None and (more := today.data - then.data):
        data = in_a_row(sorted(more), AND)
        yield widening("its key to {tool} now opens {data}", data=data)
    if then.scopes is not None and today.scopes is not None:
        scopes = sorted(today.scopes - then.scopes)
        if scopes:
            pattern = _SCOPE if len(scopes) == 1 else _SCOPES
            yield widening(pattern, scopes=in_a_row(scopes, AND))


def _elsewhere(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then, today = reviewed.region, now.region
    if then is not None and today is not None and then.casefold() != today.casefold():
        words = phrase("its data is now kept in {now}, and was in {was}", now=today, was=then)
        yield Widening("region", (today,), words)
    new = _new(reviewed.subprocessors, now.subprocessors)
    if new:
        words = phrase(_PROCESSES if len(new) == 1 else _PROCESS, names=in_a_row(new, AND))
        yield Widening("subprocessors", new, words)


def _weaker_access(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, what in _ACCESS.items():
        then, today = getattr(reviewed.access, key, None), getattr(now.access, key, None)
        if then is None or today is None or LEVELS.index(today) >= LEVELS.index(then):
            continue
        was, now_ = word("level", then), word("level", today)
        pattern = _NOT_ASKED if today == "none" else _WEAKER
        words = phrase(pattern, what=word("access", what), now=now_, was=was)
        yield Widening(f"access.{key}", (today,), words)


def _agreement_lost(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    then, today = reviewed.dpa, now.dpa
    if then is None or today is None or _AGREEMENT[today] >= _AGREEMENT[then]:
        return
    was = word("agreement", then.replace("_", " "))
    yield Widening("dpa", (today,), phrase(_LOST[today], was=was))


def _more_ai(reviewed: Scope, now: Scope) -> Iterator[Widening]:
    for key, words in _AI.items():
        if getattr(reviewed.ai, key, None) is False and getattr(now.ai, key, None) is True:
            yield Widening(f"ai.{key}", (key,), phrase(words))
