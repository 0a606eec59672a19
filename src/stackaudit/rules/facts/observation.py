"""What sources saw: what it is, whether it is declared, what it sends, and whether it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from stackaudit.inventory.model import Observation
from stackaudit.inventory.model.observations import slug
from stackaudit.phrase import phrase, word
from stackaudit.rules.facts.registry import Missing, fact
from stackaudit.rules.kinds.data import DatasetSubject
from stackaudit.rules.kinds.observation import ObservationSubject
from stackaudit.rules.kinds.sightings import ON_SITE
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import DATE, FLAG, TEXT, TEXTS, many, subject

_GONE = ("retired", "rejected")


@fact("observation", TEXT)
def name(observation: ObservationSubject) -> str:
    """What a source calls it; else the tool, product or host that it is."""
    return observation.label()


@fact("observation", DATE, rests_on=("seen",))
def seen(observation: ObservationSubject) -> dt.date | None:
    """The last day on which a source saw it; unknown where no source said when."""
    return observation.entry.seen


@fact("observation", TEXTS)
def sightings(observation: ObservationSubject) -> tuple[str, ...]:
    """Who saw it, as what, where and when, in words; the newest first."""
    return _listed(observation, observation.members)


def _listed(observation: ObservationSubject, seen: Iterable[Observation]) -> tuple[str, ...]:
    """In words, each once, with the name that the source has for it if that is another."""
    label = observation.label()
    return tuple(dict.fromkeys(_words(each, each.name not in (None, label)) for each in seen))


def _words(seen: Observation, named: bool) -> str:
    where = f" ({', '.join(seen.where)})" if seen.where else ""
    said = {
        "kind": word("sighting", seen.kind.replace("_", "-")),
        "source": seen.source,
        "where": where,
    }
    if named:
        said["kind"] = phrase("{kind} “{name}”", kind=said["kind"], name=seen.name)
    if seen.seen is None:
        return phrase("a {kind} seen by {source}{where}", **said)
    return phrase("a {kind} seen by {source}{where} on {day}", **said, day=seen.seen)


# Whether the inventory has it


def _tool_unstated(observation: ObservationSubject) -> tuple[Missing, ...]:
    return (Missing("observations", observation.names[0], "tool"),)


@fact("observation", FLAG, missing=_tool_unstated)
def declared(observation: ObservationSubject) -> bool | None:
    """Whether the inventory has it: a tool with its id, product, domain or name.

    Also where it is stated to be no product (`product: none`). Unknown where it may be one of
    the tools, and neither name nor domain says so for sure.
    """
    if not observation.meant.sure:
        return None
    own = all(each.product == "none" for each in observation.members)
    return bool(observation.meant.tools) or own


@fact("observation", many(subject("tool")), missing=_tool_unstated)
def tools(observation: ObservationSubject) -> Collection | None:
    """The tools of the inventory that it is; several where nothing says which one is meant."""
    if not observation.meant.sure:
        return None
    return tuple(observation.world.tools[each] for each in observation.meant.tools)


def _gone(observation: ObservationSubject) -> tuple[ToolSubject, ...]:
    """The tools that it is, if all of them are retired or rejected."""
    found = [observation.world.tools[each] for each in observation.meant.tools]
    gone = observation.meant.sure and all(each.entry.stage in _GONE for each in found)
    return tuple(found) if gone else ()


def _end(tool: ToolSubject) -> dt.date | None:
    """The day from which nobody should work with it: of its rejection, else of its last use."""
    review = tool.world.stack.reviews.get(tool.id)
    if review is not None and review.state == "rejected" and review.on is not None:
        return review.on
    last = tool.entry.last_used
    return dt.date.min if isinstance(last, str) else last


def _end_unstated(observation: ObservationSubject) -> tuple[Missing, ...]:
    if not observation.meant.sure:
        return _tool_unstated(observation)
    if observation.entry.seen is None:
        return (Missing("observations", observation.names[0], "seen"),)
    without = (each for each in _gone(observation) if _end(each) is None)
    return tuple(Missing("tools", each.id, "last_used") for each in without)


@fact("observation", FLAG, missing=_end_unstated)
def outlives(observation: ObservationSubject) -> bool | None:
    """Whether it is a tool that is retired or rejected, and was seen after that tool's end.

    The end is the day of the rejection, else the day of the last use; unknown where neither is
    stated, or not when it was seen.
    """
    gone = _gone(observation)
    if not gone:
        return False if observation.meant.sure else None
    ends, day = [_end(each) for each in gone], observation.entry.seen
    if day is None or None in ends:
        return None
    return all(end is not None and day > end for end in ends)


@fact("observation", TEXT)
def standing(observation: ObservationSubject) -> str:
    """How the inventory has it, in words: not at all, or as a tool that is gone."""
    gone = _gone(observation)
    if gone:
        return phrase(
            "is in the inventory as {stage}", stage=word("lifecycle", gone[0].entry.stage)
        )
    known = bool(observation.meant.tools)
    return phrase("is in the inventory" if known else "is not in the inventory")


@fact("observation", TEXT)
def tool_id(observation: ObservationSubject) -> str:
    """The id of the tool that it is; else the id that a tool of it could have."""
    if observation.meant.sure and observation.meant.tools:
        return observation.meant.tools[0]
    plain = slug(observation.id).encode("ascii", "ignore").decode().strip("-")
    taken = observation.world.stack.tools
    return plain if plain and plain != "none" and plain not in taken else f"seen-{plain or 'tool'}"


# What it sends, and whether it asks


def _on_site(observation: ObservationSubject) -> Iterator[tuple[str, Observation]]:
    """Its observations on a site, with their ids."""
    for id_, each in zip(observation.names, observation.members, strict=True):
        if each.kind in ON_SITE:
            yield id_, each


@fact("observation", FLAG)
def on_site(observation: ObservationSubject) -> bool:
    """Whether it was seen on a site: as a tag, a script, a cookie or a request."""
    return any(True for _ in _on_site(observation))


@fact(
    "observation",
    FLAG,
    missing=lambda it: tuple(
        Missing("observations", id_, "consent") for id_, each in _on_site(it)
        if each.consent is None
    ),
    writes="consent",
)  # fmt: skip
def waits_for_consent(observation: ObservationSubject) -> bool | None:
    """Whether it runs on the site only once the visitor has agreed, wherever it was seen."""
    asked = [each.consent for _, each in _on_site(observation)]
    if False in asked:
        return False
    return None if None in asked else True


@fact("observation", TEXTS)
def unasked(observation: ObservationSubject) -> tuple[str, ...]:
    """What of it runs on the site without waiting for consent, in words; the newest first."""
    found = (each for _, each in _on_site(observation) if each.consent is False)
    return _listed(observation, found)


def _by_tag(observation: ObservationSubject) -> set[str] | None:
    """What flows by tag bring to the tools that it is; None where they do not say."""
    world = observation.world
    found: set[str] = set()
    known = False
    for tool in observation.meant.tools if observation.meant.sure else ():
        for flow in map(world.stack.flows.__getitem__, world.graph.carrying_inflows(tool)):
            if flow.method == "tag" and flow.data is not None:
                known = True
                found.update(flow.data)
    return found if known else None


def _sent(observation: ObservationSubject) -> tuple[set[str], bool]:
    """The datasets that it surely sends from the site, and whether these are all."""
    stated = [each.data for _, each in _on_site(observation)]
    found = {name for data in stated for name in data or ()}
    if None not in stated:
        return found, True
    declared = _by_tag(observation)
    return found | (declared or set()), declared is not None


@fact(
    "observation",
    many(subject("dataset")),
    missing=lambda it: tuple(
        Missing("observations", id_, "data") for id_, each in _on_site(it) if each.data is None
    ),
)
def data(observation: ObservationSubject) -> Collection:
    """The datasets that it sends from the site.

    As the source says; else, for a tool of the inventory, as its flows by tag say.
    """
    names, whole = _sent(observation)
    found: tuple[DatasetSubject, ...] = tuple(
        observation.world.datasets[each] for each in sorted(names)
    )
    return found if whole else Some(found)
