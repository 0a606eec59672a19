"""The registry of facts: what rules may read, of which type, from where, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import attrgetter
from typing import Any, Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.graph.missing import LISTED_FLOWS, Missing
from stackaudit.rules.subjects import Subject
from stackaudit.rules.types import Type

Origin = Literal["stated", "catalog", "derived", "default"]
FactFunction = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed, documented value that rules may read about a subject of one kind."""

    kind: str
    name: str
    type: Type
    doc: str
    read: FactFunction
    key: str | None = None
    """For a stated fact: where it is in the subject's entry, such as `access.mfa`."""
    rests_on: tuple[str, ...] = ()
    """For a derived fact: the facts of the same subject that it is worked out from."""
    missing: Callable[[Any], tuple[Missing, ...]] | None = None
    """What is not stated where the fact is unknown, if `rests_on` cannot say it."""
    path: Callable[[Any], tuple[str, ...]] | None = None
    """The tools along which the fact came about, as its witness."""
    default: bool = False
    """Whether something is assumed where the inventory says nothing."""
    writes: str | Callable[[Any], str] | None = None
    """For a fact that a change may state: its key in the subject's entry."""

    @property
    def full_name(self) -> str:
        return f"{self.kind}.{self.name}"

    @property
    def stated(self) -> bool:
        return self.key is not None


FACTS: Final[dict[str, dict[str, Fact]]] = {}
"""Every fact by the kind of its subject and its name; filled when the families are imported."""


def register(fact: Fact) -> None:
    """Add a fact; two facts of one name are a mistake in the program."""
    family = FACTS.setdefault(fact.kind, {})
    if fact.name in family:
        raise ValueError(f"the fact {fact.full_name} is registered twice")
    family[fact.name] = fact


def fact(  # noqa: PLR0913 - each is a keyword of the decorator, and all but two are optional
    kind: str,
    type: Type,
    *,
    rests_on: tuple[str, ...] = (),
    missing: Callable[[Any], tuple[Missing, ...]] | None = None,
    path: Callable[[Any], tuple[str, ...]] | None = None,
    cached: bool = False,
    name: str | None = None,
    writes: str | Callable[[Any], str] | None = None,
) -> Callable[[FactFunction], FactFunction]:
    """Register a derived fact; its docstring is its documentation.

    `cached` keeps the value with the subject: for facts that cost more than a look-up.
    `writes` is the key under which a change can state it, where there is one.
    """

    def decorate(function: FactFunction) -> FactFunction:
        called = name or function.__name__
        read = _remembered(called, function) if cached else function
        doc = " ".join((function.__doc__ or "").split())
        register(Fact(kind, called, type, doc, read, None, rests_on, missing, path, writes=writes))
        return read

    return decorate


def _remembered(name: str, function: FactFunction) -> FactFunction:
    def read(subject: Subject) -> Any:
        memory = subject.memory
        if name in memory:
            return memory[name]
        value = memory[name] = function(subject)
        return value

    return read


def stated(kind: str, name: str, type: Type, key: str, doc: str, *, default: Any = None) -> None:
    """Register a fact that the inventory states under `key` of the subject's entry."""
    read = _attribute(tuple(key.split(".")), default)
    register(Fact(kind, name, type, doc, read, key=key, default=default is not None, writes=key))


def _attribute(names: tuple[str, ...], default: Any) -> FactFunction:
    if len(names) == 1:
        only = names[0]
        if default is None:
            return attrgetter(f"entry.{only}")

        def read_one(subject: Any) -> Any:
            value = getattr(subject.entry, only)
            return default if value is None else value

        return read_one

    def read_deep(subject: Any) -> Any:
        value = reduce(_inner, names, subject.entry)
        return default if value is None else value

    return read_deep


def _inner(value: Any, name: str) -> Any:
    return None if value is None or value == "none" else getattr(value, name)


def facts_of(kind: str) -> Mapping[str, Fact]:
    """The facts of one kind of subject, by name."""
    import stackaudit.rules.facts.families  # noqa: F401  (registers them)

    return FACTS.get(kind, {})


def all_facts() -> tuple[Fact, ...]:
    """Every fact, sorted by kind and name."""
    import stackaudit.rules.facts.families  # noqa: F401  (registers them)

    return tuple(FACTS[kind][name] for kind in sorted(FACTS) for name in sorted(FACTS[kind]))


__all__ = [
    "FACTS",
    "LISTED_FLOWS",
    "Fact",
    "Missing",
    "Origin",
    "all_facts",
    "fact",
    "facts_of",
    "stated",
]
