"""The taxonomy of capabilities: what a business must be able to do with marketing technology.

The words, and what lane and verbs mean, stand at the head of ``taxonomy.yaml`` beside this file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, get_args

import yaml

from stackaudit.dataclass import dataclass

Lane = Literal["engage", "collect", "know", "activate", "measure"]
Does = Literal["collects", "stores", "moves", "activates", "measures"]

LANES: tuple[Lane, ...] = get_args(Lane)
"""The lanes in the order of the data's journey."""
DOES: tuple[Does, ...] = get_args(Does)
"""The verbs in the order in which a capability lists them."""

_FIELDS = ("name", "definition", "aliases", "lane", "does")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHORTEST_DEFINITION = 40
_VERB_OF_LANE: Mapping[str, Does] = {
    "collect": "collects",
    "activate": "activates",
    "measure": "measures",
}


@dataclass(frozen=True, slots=True)
class Capability:
    """Something that a business must be able to do, such as email or attribution."""

    id: str
    """The word for it in an inventory, ``[a-z0-9][a-z0-9-]*``."""
    name: str
    """The word for it in a report."""
    definition: str
    """What a business does with it, in one sentence that no neighbour shares."""
    aliases: tuple[str, ...]
    """What people write for it besides id and name, lower case; each names it alone."""
    lane: Lane
    """Where it sits in the data's journey."""
    does: tuple[Does, ...]
    """What it is there to do with data, in the order of `DOES`; empty: not meant for such work."""


@cache
def taxonomy() -> Mapping[str, Capability]:
    """Every capability of the taxonomy by its id, in the order of the ids; read once, immutable."""
    return MappingProxyType({id_: _capability(id_, entry) for id_, entry in _read().items()})


@cache
def capability_ids() -> frozenset[str]:
    """The ids of the taxonomy; a stack may use others that it declares itself."""
    return frozenset(taxonomy())


@cache
def by_alias() -> Mapping[str, str]:
    """Id by every word for a capability: id, name or alias; look up ``word.casefold()``."""
    return MappingProxyType(
        {
            word.casefold(): capability.id
            for capability in taxonomy().values()
            for word in (capability.id, capability.name, *capability.aliases)
        }
    )


def taxonomy_digest() -> str:
    """sha-256 of the taxonomy as it ships, whatever the line ends; part of every report."""
    return hashlib.sha256(_text().replace("\r\n", "\n").encode()).hexdigest()


def _text() -> str:
    from importlib.resources import files  # slow to import, and many only need the types above

    return files("stackaudit.catalog").joinpath("taxonomy.yaml").read_text(encoding="utf-8")


def _read() -> dict[str, dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
    entries: dict[str, dict[str, Any]] = yaml.load(_text(), Loader=loader)  # noqa: S506
    return entries


def _capability(id_: str, entry: Mapping[str, Any]) -> Capability:
    return Capability(
        id=id_,
        name=entry["name"],
        definition=entry["definition"],
        aliases=tuple(entry["aliases"]),
        lane=entry["lane"],
        does=tuple(entry["does"]),
    )


def check(raw: object) -> list[str]:
    """What is wrong with a taxonomy as YAML gives it; empty if nothing is.

    The file ships with the package, so the tests ask this and no run of the program pays for it.
    Duplicate keys are lost before this sees them: they need a look at the file's nodes.
    """
    if not isinstance(raw, dict) or not raw:
        return ["the taxonomy is not a mapping of ids to capabilities"]
    shapes = [problem for id_, entry in raw.items() for problem in _shape(id_, entry)]
    if shapes:
        return shapes
    return [
        *_order(list(raw)),
        *(problem for id_, entry in raw.items() for problem in _meaning(id_, entry)),
        *_same_definition(raw),
        *_ambiguous(raw),
    ]


def _shape(id_: object, entry: object) -> Iterator[str]:
    """Problems of type; without any, the other checks may rely on the fields."""
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        yield f"{id_!r}: not an id"
    if not isinstance(entry, dict) or tuple(entry) != _FIELDS:
        yield f"{id_}: the fields are not {', '.join(_FIELDS)}, in this order"
        return
    for field in ("name", "definition", "lane"):
        if not isinstance(entry[field], str):
            yield f"{id_}: {field} is not text"
    for field in ("aliases", "does"):
        if not _is_list_of_text(entry[field]):
            yield f"{id_}: {field} is not a list of text"


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _order(ids: list[str]) -> Iterator[str]:
    for before, after in pairwise(ids):
        if before >= after:
            yield f"{after}: stands after {before}; the file is sorted by id"


def _meaning(id_: str, entry: Mapping[str, Any]) -> Iterator[str]:
    definition: str = entry["definition"]
    if not entry["name"]:
        yield f"{id_}: has no name"
    if len(definition) < _SHORTEST_DEFINITION or not _is_sentence(definition):
        yield f"{id_}: the definition is not a sentence of {_SHORTEST_DEFINITION} characters"
    if entry["lane"] not in LANES:
        yield f"{id_}: {entry['lane']} is not a lane"
    if entry["does"] != [verb for verb in DOES if verb in entry["does"]]:
        yield f"{id_}: does is not some of {', '.join(DOES)}, each once, in this order"
    verb = _VERB_OF_LANE.get(entry["lane"])
    if verb and verb not in entry["does"]:
        yield f"{id_}: is in the lane {entry['lane']} and does not say that it {verb}"
    for alias in entry["aliases"]:
        if alias != " ".join(alias.casefold().split()) or not alias:
            yield f"{id_}: the alias {alias!r} is not in lower case with single spaces"


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and text.endswith(".") and "\n" not in text


def _same_definition(raw: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    owned = ((entry["definition"].casefold(), id_) for id_, entry in raw.items())
    for _, first, second in _repeated(owned):
        yield f"{second}: has the same definition as {first}"


def _ambiguous(raw: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Words that are written twice, ids first: an alias gives way to an id, never the reverse."""
    ids = [(id_, id_) for id_ in raw]
    names = [(e["name"].casefold(), id_) for id_, e in raw.items() if e["name"].casefold() != id_]
    aliases = [(alias, id_) for id_, entry in raw.items() for alias in entry["aliases"]]
    for word, first, second in _repeated([*ids, *names, *aliases]):
        yield f"{second}: {word!r} is already a word for {first}"


def _repeated(owned: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Each word that comes again, with its first owner and the later one."""
    owners: dict[str, str] = {}
    for word, owner in owned:
        if word in owners:
            yield word, owners[word], owner
        owners.setdefault(word, owner)
