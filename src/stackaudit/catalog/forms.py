"""The form of entries: what may stand in a file of the catalog, read with its places.

The same reading serves the user's own catalog and the checks of the one that ships. Scalars come
from the reader as text; everything that is wrong is noted, and what is left is a plain entry as
the index stores it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from typing import Any, Final

from stackaudit.catalog.connections import METHODS
from stackaudit.catalog.model import DETECTION, LEVELS, STATES
from stackaudit.catalog.taxonomy import capability_ids
from stackaudit.dataclass import dataclass
from stackaudit.errors import Place, Problem, did_you_mean, listed, quoted
from stackaudit.inventory.nodes import Map, Node, Seq, unpack

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
PAGE: Final = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")
HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
YEAR: Final = re.compile(r"(19|20)\d\d")
GROUPS: Final = (
    "product", "holds", "sign_in", "sso_cost", "certifications", "status", "detection"
)  # fmt: skip
"""The groups of facts that have a source of their own."""


class WrongValue(Exception):
    """A value is not what is meant; says what is."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(slots=True)
class Notes:
    """What is wrong in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, position: int, hint: str | None = None) -> None:
        """Remember a problem at a place of the file."""
        place = Place(self.file, *unpack(position))
        self.problems.append(Problem(code, message, place, hint))

    def mapping(self, node: Node, position: int, what: str) -> Map:
        """The node if it is a mapping; an empty one, with a problem, if it is not."""
        if isinstance(node, Map):
            return node
        self.add("bad-value", f"{what} is a mapping", position, "write keys and values")
        return Map(0, _NO_LINES)

    def fields(self, node: Map, readers: Mapping[str, Reader]) -> dict[str, Any]:
        """The values of a mapping with fixed keys, each read by its reader, without nulls."""
        found: dict[str, Any] = {}
        for name, value in node.items():
            if name not in readers:
                hint = did_you_mean(name, readers, f"the keys here are {', '.join(readers)}")
                position = node.key_position(name)
                self.add("unknown-key", f"unknown key {quoted(name)}", position, hint)
            elif value is not None:
                self._field(node, name, value, readers[name], found)
        return found

    def _field(
        self, node: Map, name: str, value: Any, reader: Reader, found: dict[str, Any]
    ) -> None:
        if isinstance(reader, Mapping):
            inner = self.mapping(value, node.value_position(name), f"`{name}`")
            found[name] = self.fields(inner, reader)
            return
        try:
            found[name] = reader(value)
        except WrongValue as wrong:
            self.add("bad-value", wrong.message, node.value_position(name), wrong.hint)

    def missing(self, node: Map, position: int, names: Collection[str]) -> Iterator[str]:
        """Keys that are needed and not there, each noted."""
        for name in names:
            if node.get(name) is None:
                self.add("missing-key", f"the key `{name}` is missing", position, "add it")
                yield name


class _NoLines:
    """Lines of a mapping that stands nowhere."""

    end = 0

    def position(self, offset: int) -> int:  # noqa: ARG002
        return 0


_NO_LINES: Final[Any] = _NoLines()

Reader = Callable[[Any], Any] | Mapping[str, Any]
"""What reads a value: a function that may raise `WrongValue`, or the readers of a mapping."""


def text(value: Any) -> str:
    """One line of text."""
    if isinstance(value, str) and value.strip():
        return value
    raise WrongValue("a text is meant here", "write it on one line")


def lower(value: Any) -> str:
    """Text as names are compared: lower case, single spaces."""
    plain = text(value)
    if plain != " ".join(plain.casefold().split()):
        raise WrongValue("a name is written in lower case here", "with single spaces")
    return plain


def matching(pattern: re.Pattern[str], message: str, hint: str) -> Callable[[Any], str]:
    """A reader for text of a form."""

    def read(value: Any) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        raise WrongValue(message, hint)

    return read


def one_of(words: Collection[str]) -> Callable[[Any], str]:
    """A reader for one of some words."""

    def read(value: Any) -> str:
        if isinstance(value, str) and value in words:
            return value
        near = did_you_mean(value, words) if isinstance(value, str) else None
        hint = near or "write one of these words"
        raise WrongValue(f"{listed(sorted(words))} is meant here", hint)

    return read


def known_in(words: Callable[[], Collection[str]], what: str) -> Callable[[Any], str]:
    """A reader for an id that somebody else declares."""

    def read(value: Any) -> str:
        if isinstance(value, str) and value in words():
            return value
        near = did_you_mean(value, words()) if isinstance(value, str) else None
        raise WrongValue(f"{what} is meant here", near or "look it up with `stackaudit catalog`")

    return read


def list_of(reader: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    """A reader for a list without repeats."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, Seq):
            raise WrongValue("a list is meant here", "put it in brackets, as in [email, sms]")
        found = [reader(each) for each in value]
        if len(set(found)) < len(found):
            raise WrongValue("something stands twice in the list", "remove one of the two")
        return found

    return read


def flag(value: Any) -> bool:
    """True or false."""
    if value not in ("true", "false"):
        raise WrongValue("true or false is meant here", "write true or false")
    return bool(value == "true")


def year(value: Any) -> int:
    """A year."""
    return int(matching(YEAR, "a year is meant here", "write four digits")(value))


id_ = matching(ID, "an id is made of a-z, 0-9 and -", "write it in lower case")
page = matching(PAGE, "the address of a page is meant here", "it begins with https://")
host = matching(HOST, "a domain is meant here", "as in klaviyo.com")

PRODUCT: Final[Mapping[str, Reader]] = {
    "name": text,
    "vendor": text,
    "domains": list_of(host),
    "aliases": list_of(lower),
    "former": list_of(lower),
    "editions": list_of(lower),
    "capabilities": list_of(known_in(capability_ids, "a capability of the taxonomy")),
    "holds": list_of(id_),
    "sign_in": {
        "sso": one_of(LEVELS),
        "sso_from": text,
        "mfa": one_of(LEVELS),
        "scim": flag,
    },
    "sso_cost": {"base": text, "with_sso": text, "unit": text, "year": year},
    "certifications": list_of(id_),
    "status": {"state": one_of(STATES), "into": id_, "year": year},
    "detection": {kind: list_of(text) for kind in DETECTION},
    "sources": dict.fromkeys(GROUPS, page),
    "checked": flag,
}
"""The keys of a product; they mean what the fields of `model.Product` do."""

INTEGRATION: Final[Mapping[str, Reader]] = {
    "from": id_,
    "to": id_,
    "data": list_of(id_),
    "method": one_of(METHODS),
    "by": text,
    "source": page,
}


def product(notes: Notes, node: Node, position: int) -> dict[str, Any]:
    """A product as the index stores it; what is wrong with it is noted."""
    mapping = notes.mapping(node, position, "a product")
    entry = notes.fields(mapping, PRODUCT)
    for name, needed in (("sso_cost", "with_sso"), ("status", "state")):
        if isinstance(mapping.get(name), Map):
            at = mapping.key_position(name)
            if list(notes.missing(mapping[name], at, (needed,))):
                entry.pop(name, None)
    return entry
