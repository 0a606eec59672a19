"""How the keys of an inventory are asked for, in words for people who never saw one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from stackaudit.inventory.reader import read_document

Role = Literal["business", "technical", "security"]

ROLES: Final[Mapping[Role, str]] = {
    "business": "business owner",
    "technical": "technical owner",
    "security": "security",
}
"""Whom to ask, in the order in which they are listed, and how they are called."""

WHOLE: Final = "stack"
"""Stands for a section where all of a section is asked for: `stack.flows`."""

_OF_THE_STACK: Final = (WHOLE, "budget", "policy")
"""Sections without entries: `budget.total` is a key of the stack itself."""

NOT_ASKED: Final = "–"
"""Stands in a cell of a sheet that nobody needs to fill in; read back, it says nothing."""
HINTS: Final = "how to answer"
WHOM: Final = "who knows"
"""How the rows of a sheet begin that explain its columns."""
FIRST: Final = ("section", "id", "name", "ask")
"""The columns of a sheet before the questions."""


@dataclass(frozen=True, slots=True)
class Path:
    """What is asked for: a key of an entry, or a whole entry (no key), or a whole section."""

    section: str
    entry: str
    key: str = ""

    @classmethod
    def of(cls, missing: str) -> Path:
        """From the words of an open rule: `tools.hubspot.access.mfa`."""
        section, _, rest = missing.partition(".")
        entry, _, key = rest.partition(".")
        return cls(section, entry, key)

    @property
    def of_the_stack(self) -> bool:
        """Whether it is asked about the stack itself, and not about an entry."""
        return self.section in _OF_THE_STACK

    @property
    def topic(self) -> str:
        """The same for every entry of the section: `tools.access.mfa`."""
        if self.of_the_stack:
            return f"{self.section}.{self.entry}"
        return f"{self.section}.{self.key}" if self.key else self.section


@dataclass(frozen=True, slots=True)
class Topic:
    """A key as it is asked for."""

    section: str
    key: str
    """Where the answer is stated in the entry; empty for the entry itself."""
    role: Role
    kind: str
    """How an answer is read."""
    text: str
    """The question, for a person."""
    words: tuple[str, ...]
    """The only words that answer it; empty where it is not answered in fixed words."""
    hint: str
    """How an answer may be written."""

    @property
    def name(self) -> str:
        """Its name in a table: `tools.access.mfa`."""
        return f"{self.section}.{self.key}" if self.key else self.section

    @property
    def in_a_cell(self) -> bool:
        """Whether one cell of a table can hold the answer."""
        return self.kind != "section"


@cache
def topics() -> Mapping[str, Topic]:
    """Every key that has a question, by section and key: `tools.access.mfa`, `reviews`."""
    document = read_document(files("stackaudit.rules").joinpath("asking.yaml").read_bytes(),
                             "asking.yaml")  # fmt: skip
    assert not document.problems, document.problems
    root: Any = document.root
    hints = root["kinds"]
    return {
        (f"{section}.{key}" if key else section): _topic(section, key, said, hints)
        for section, keys in root.items()
        if section != "kinds"
        for key, said in keys.items()
    }


def _topic(section: str, key: str, said: Mapping[str, Any], hints: Mapping[str, str]) -> Topic:
    words = tuple(said.get("answers") or _fixed(said["kind"]))
    role: Role = next(each for each in get_args(Role) if each == said["ask"])
    hint = _listed(words) if words else hints[said["kind"]]
    return Topic(section, said.get("key", key), role, said["kind"], said["text"], words, hint)


def _fixed(kind: str) -> tuple[str, ...]:
    return {"level": ("none", "optional", "enforced"), "flag": ("yes", "no")}.get(kind, ())


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def topic_of(path: Path) -> Topic:
    """How a path is asked for; a key without a question of its own is asked for by its name."""
    found = topics().get(path.topic)
    if found is not None:
        return found
    if path.of_the_stack:
        name = path.entry.replace("_", " ")
        return Topic(path.section, path.entry, "business", "section", f"What is the {name}?", (),
                     "to be completed in the inventory itself")  # fmt: skip
    name = path.key.replace("_", " ").replace(".", ", ") or path.section
    return Topic(path.section, path.key, "technical", "text", f"What is its {name}?", (),
                 "as the inventory writes it")  # fmt: skip
