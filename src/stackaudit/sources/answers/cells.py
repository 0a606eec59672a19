"""What a cell of a filled sheet answers, as an inventory would write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, get_args

from stackaudit.errors import did_you_mean, listed
from stackaudit.inventory.model.flows import KeyKind, Right
from stackaudit.inventory.stack import Stack
from stackaudit.rules.asking import Topic
from stackaudit.rules.wording import meant
from stackaudit.sources.options import Options
from stackaudit.sources.tables.cells import (
    NO,
    NO_VALUE,
    NOBODY,
    SAYS_NOTHING,
    Cell,
    Habits,
    doubtful,
    plain,
    says_nothing,
)
from stackaudit.sources.tables.money import Prices, read_price
from stackaudit.sources.tables.readers import READERS

Read = Callable[[str, Topic, Stack], Cell]

_LIVE: Final = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a cell begins that was kept from being a formula when the sheet was written."""
_HABITS: Final = Habits()
_NONE: Final = NO | NOBODY


def read_answer(topic: Topic, text: str, stack: Stack) -> Cell:
    """The answer in a cell; nothing if it is empty, a doubt if it is not understood."""
    if text == NO_VALUE:
        return doubtful("a formula without a value", "write the answer itself")
    cleaned = plain(text.removeprefix("'") if text.startswith(_LIVE) else text)
    if says_nothing(cleaned):
        return SAYS_NOTHING
    read = _READ.get(topic.kind, _as_it_stands)
    cell = read(cleaned, topic, stack)
    if cell.value is not None or cell.doubt is None:
        return cell
    return doubtful(cell.doubt, cell.hint or f"write {topic.hint}")


def _as_it_stands(text: str, _topic: Topic, _stack: Stack) -> Cell:
    """For what the inventory's own types check: 12000/day, 3, a name."""
    return Cell(text)


def _by(kind: str) -> Read:
    """As columns of that kind are read in all other tables."""
    return lambda text, _topic, _stack: READERS[kind](text, _HABITS)


def _word(text: str, topic: Topic, _stack: Stack) -> Cell:
    found = re.sub(r"[\s-]+", "_", text.casefold())
    if found in topic.words:
        return Cell(found)
    translated = meant(text, topic.words)
    if translated is not None:
        return Cell(translated)
    kind = "level" if topic.kind == "level" else topic.key
    known = READERS[kind](text, _HABITS) if kind in READERS else SAYS_NOTHING
    if known.value is not None or known.hint is not None:
        return known
    return doubtful("not one of the words", did_you_mean(found, topic.words))


def _region(text: str, topic: Topic, _stack: Stack) -> Cell:
    if topic.key != "region":
        return Cell(text)
    known = READERS["region"](text, _HABITS)
    return known if known.value else Cell(text)


def _every(text: str, _topic: Topic, _stack: Stack) -> Cell:
    known = READERS["duration"](text, _HABITS)
    return known if known.value else Cell(text.casefold())


def _money(text: str, _topic: Topic, stack: Stack) -> Cell:
    options = Options(currency=stack.currency, rates=stack.exchange_rates)
    cell = read_price(text, Prices(None, None, mixed=False, decimals=None), options)
    if cell.doubt == "an amount without a period":
        return doubtful(cell.doubt, "write 48000/year or 4000/month")
    return cell


def _contract(text: str, topic: Topic, stack: Stack) -> Cell:
    if text.casefold() in _NONE:
        return Cell("none")
    cost = _money(text, topic, stack)
    return cost if cost.value is None else Cell({"cost": cost.value})


def _pilot(text: str, _topic: Topic, _stack: Stack) -> Cell:
    if text.casefold() in _NONE:
        return Cell("none")
    ends = READERS["past"](text, _HABITS)
    return ends if ends.value is None else Cell({"ends": ends.value})


def _parts(text: str, separators: str = r"\s*[,;]\s*") -> list[str]:
    """The parts of a list; none for a word that says that there are none."""
    if text.casefold() in _NONE:
        return []
    return list(dict.fromkeys(part for part in re.split(separators, text) if part))


def _texts(text: str, _topic: Topic, _stack: Stack) -> Cell:
    return Cell(_parts(text))


def _ids(text: str, _topic: Topic, stack: Stack) -> Cell:
    names = _names((name, entry.name) for name, entry in stack.datasets.items())
    return _named(_parts(text), names, "data that the inventory knows")


def _capabilities(text: str, _topic: Topic, stack: Stack) -> Cell:
    """Ids and names of the inventory's own capabilities first, then those of the taxonomy."""
    own = _names((name, entry.name) for name, entry in stack.capabilities.items())
    found: list[str] = []
    for part in _parts(text):
        known = own.get(part.casefold())
        cell = Cell((known,)) if known else READERS["capabilities"](part, _HABITS)
        if cell.doubt:
            return doubtful(cell.doubt, cell.hint)
        found.extend(cell.value)
    return Cell(list(dict.fromkeys(found)))


def _tool(text: str, topic: Topic, stack: Stack) -> Cell:
    if topic.key == "system_of_record" and text.casefold() in _NONE:
        return Cell("none")
    cell = _named([text], _tool_names(stack), "a tool of the inventory")
    return cell if cell.value is None else Cell(cell.value[0])


def _product(text: str, _topic: Topic, _stack: Stack) -> Cell:
    """The id of a product; `none` is software of our own."""
    if text.casefold() in _NONE:
        return Cell("none")
    return Cell(re.sub(r"\s+", "-", text.casefold()))


def _grants(text: str, _topic: Topic, stack: Stack) -> Cell:
    """`salesforce write; hubspot read oauth`: a tool, then what the key may and is."""
    found: list[dict[str, str]] = []
    for part in _parts(text, r"\s*;\s*"):
        words, said = part.split(), {}
        while len(words) > 1 and (key := _grant_key(words[-1])):
            said[key] = words.pop().casefold()
        tool = _named([" ".join(words)], _tool_names(stack), "a tool of the inventory")
        if tool.value is None:
            return tool
        found.append({"on": tool.value[0], **dict(sorted(said.items(), reverse=True))})
    return Cell(found)


def _grant_key(word: str) -> str | None:
    folded = word.casefold()
    if folded in get_args(Right):
        return "can"
    return "kind" if folded in get_args(KeyKind) else None


_REVIEW: Final = re.compile(
    r"(requested|in_review|approved|rejected)(?:\s+(?:on\s+)?(\d{4}-\d{2}-\d{2}))?(?:\s+by\s+(.+))?",
    re.IGNORECASE,
)


def _review(text: str, _topic: Topic, _stack: Stack) -> Cell:
    match = _REVIEW.fullmatch(text)
    if match is None:
        return doubtful("not the result of a review")
    said = {"state": match[1].casefold(), "on": match[2], "by": match[3]}
    if said["state"] == "approved" and None in said.values():
        return doubtful("an approval without its day or without a name")
    return Cell({key: value for key, value in said.items() if value})


def _certificates(text: str, _topic: Topic, _stack: Stack) -> Cell:
    found: dict[str, str] = {}
    for part in _parts(text):
        name, _, day = part.rpartition(" ")
        until = READERS["date"](day, _HABITS)
        if not name or until.value is None:
            return doubtful("a certificate without the day on which it ends")
        found[re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")] = until.value
    return Cell(found)


def _tool_names(stack: Stack) -> Mapping[str, str]:
    return _names((name, entry.name) for name, entry in stack.tools.items())


def _names(entries: Iterable[tuple[str, str | None]]) -> Mapping[str, str]:
    """Ids and names without case → id; a name that two entries have means neither."""
    known = list(entries)
    found: dict[str, str] = {}
    for id_, name in known:
        if name:
            found[name.casefold()] = "" if name.casefold() in found else id_
    return {**found, **{id_: id_ for id_, _ in known}}


def _named(parts: list[str], names: Mapping[str, str], what: str) -> Cell:
    found: list[Any] = [names.get(part.casefold()) for part in parts]
    if all(found):
        return Cell(list(dict.fromkeys(found)))
    wrong = [part for part, name in zip(parts, found, strict=True) if not name]
    few = listed(sorted(set(names.values()) - {""})[:5])
    return doubtful(f"not {what}", did_you_mean(wrong[0], names, f"write its id, as in {few}"))


_READ: Final[Mapping[str, Read]] = {
    "capabilities": _capabilities,
    "certificates": _certificates,
    "contract": _contract,
    "count": _by("count"),
    "date": _by("date"),
    "day": _by("past"),
    "every": _every,
    "flag": _by("flag"),
    "grants": _grants,
    "ids": _ids,
    "length": _by("duration"),
    "level": _word,
    "money": _money,
    "people": _by("people"),
    "pilot": _pilot,
    "product": _product,
    "review": _review,
    "text": _region,
    "texts": _texts,
    "tool": _tool,
    "word": _word,
}
