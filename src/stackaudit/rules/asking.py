"""How the keys of an inventory are asked for, in words for people who never saw one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from stackaudit.dataclass import dataclass
from stackaudit.inventory.reader import read_document
from stackaudit.rules.show import ENGLISH
from stackaudit.rules.wording import answers_in, wordings

Role = Literal["business", "technical", "security"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""Whom to ask, in the order in which they are listed."""

WHOLE: Final = "stack"
"""Stands for a section where all of a section is asked for: `stack.flows`."""

_OF_THE_STACK: Final = (WHOLE, "budget", "policy")
"""Sections without entries: `budget.total` is a key of the stack itself."""

NOT_ASKED: Final = "–"
"""Stands in a cell of a sheet that nobody needs to fill in; read back, it says nothing."""
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
    answers: tuple[str, ...] = ()
    """The same words, in the language of the question."""
    asked_as: str = ""
    """The key of the question, which may stand for another one: `owner` for `owner.business`."""
    language: str = ENGLISH.code

    @property
    def name(self) -> str:
        """Its name in a table: `tools.access.mfa`."""
        return f"{self.section}.{self.key}" if self.key else self.section

    @property
    def in_a_cell(self) -> bool:
        """Whether one cell of a table can hold the answer."""
        return self.kind != "section"


@cache
def topics(language: str = ENGLISH.code) -> Mapping[str, Topic]:
    """Every key that has a question, by section and key: `tools.access.mfa`, `reviews`.

    In English where nobody has put the questions into the language.
    """
    known = _english()
    if language not in wordings():
        return known
    said = _said(language)
    return {name: _translated(topic, said, language) for name, topic in known.items()}


@cache
def _said(language: str) -> Any:
    """What a file of questions has: asking.yaml, or asking.de.yaml with texts alone."""
    name = "asking.yaml" if language == ENGLISH.code else f"asking.{language}.yaml"
    document = read_document(files("stackaudit.rules").joinpath(name).read_bytes(), name)
    assert not document.problems, document.problems
    return document.root


def _translated(topic: Topic, said: Mapping[str, Any], language: str) -> Topic:
    answers = answers_in(language, topic.words)
    hint = _listed(answers, said["other"]["or"]) if answers else said["kinds"][topic.kind]
    text = said[topic.section][topic.asked_as]
    return replace(topic, text=text, hint=hint, answers=answers, language=language)


def frame(language: str = ENGLISH.code) -> Mapping[str, Any]:
    """What stands around the questions: titles, the columns of a sheet, whom to ask."""
    return _framed(language if language in wordings() else ENGLISH.code)


@cache
def _framed(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _said(language)["frame"]
    return found


def written_as(key: str, number: int = 0) -> frozenset[str]:
    """A word around the questions in every language; of a list, the one at the number."""
    every = (frame(each)[key] for each in (ENGLISH.code, *wordings()))
    return frozenset(each if isinstance(each, str) else each[number] for each in every)


@cache
def _english() -> Mapping[str, Topic]:
    root = _said(ENGLISH.code)
    hints = root["kinds"]
    return {
        (f"{section}.{key}" if key else section): _topic(section, key, said, hints)
        for section, keys in root.items()
        if section not in ("kinds", "frame")
        for key, said in keys.items()
    }


def _topic(section: str, key: str, said: Mapping[str, Any], hints: Mapping[str, str]) -> Topic:
    words = tuple(said.get("answers") or _fixed(said["kind"]))
    role: Role = next(each for each in get_args(Role) if each == said["ask"])
    hint = _listed(words) if words else hints[said["kind"]]
    return Topic(
        section, said.get("key", key), role, said["kind"], said["text"], words, hint, words, key
    )


def _fixed(kind: str) -> tuple[str, ...]:
    return {"level": ("none", "optional", "enforced"), "flag": ("yes", "no")}.get(kind, ())


def _listed(words: tuple[str, ...], last: str = "or") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def topic_of(path: Path, language: str = ENGLISH.code) -> Topic:
    """How a path is asked for; a key without a question of its own is asked for by its name."""
    known = topics(language).get(path.topic)
    if known is not None:
        return known
    found = _unnamed(path)
    if language not in wordings():
        return found
    said = _said(language)["other"]
    pattern = said["of_the_stack" if path.of_the_stack else "of_an_entry"]
    hint = _said(language)["kinds"]["section"] if path.of_the_stack else said["hint"]
    name = (path.entry if path.of_the_stack else path.key) or path.section
    return replace(found, text=pattern.replace("{name}", name), hint=hint, language=language)


def _unnamed(path: Path) -> Topic:
    if path.of_the_stack:
        name = path.entry.replace("_", " ")
        return Topic(path.section, path.entry, "business", "section", f"What is the {name}?", (),
                     "to be completed in the inventory itself")  # fmt: skip
    name = path.key.replace("_", " ").replace(".", ", ") or path.section
    return Topic(path.section, path.key, "technical", "text", f"What is its {name}?", (),
                 "as the inventory writes it")  # fmt: skip
