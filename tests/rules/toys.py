"""Subjects without an inventory: each fact has the value that the test gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from stackaudit.rules.expressions.parse import Scope
from stackaudit.rules.expressions.tree import Constant, Node
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.subjects import Subject
from stackaudit.rules.types import (
    DATE,
    DAYS,
    FLAG,
    LEVEL,
    LIFECYCLE,
    MINUTES,
    MONEY,
    NUMBER,
    SHARE,
    TEXT,
    TEXTS,
    Type,
    many,
    subject,
    words,
)

DAY = dt.date(2026, 11, 2)

TYPES: Mapping[str, Type] = {
    "red": FLAG,
    "big": FLAG,
    "loud": FLAG,
    "weight": NUMBER,
    "parts": NUMBER,
    "price": MONEY,
    "worn": SHARE,
    "late": DAYS,
    "takes": MINUTES,
    "born": DATE,
    "grade": LEVEL,
    "stage": LIFECYCLE,
    "name": TEXT,
    "tags": TEXTS,
    "moods": many(words("calm", "wild")),
    "mother": subject("toy"),
    "friends": many(subject("toy")),
}


class Toy(Subject):
    """A subject whose facts are in a dictionary; those that are not are unknown."""

    __slots__ = ()
    kind: ClassVar[str] = "toy"

    def __init__(self, name: str = "toy", /, **facts: Any) -> None:
        super().__init__(cast("Any", None), (name,), facts)

    def label(self) -> str:
        return self.id


def _reader(name: str) -> Callable[[Toy], Any]:
    return lambda toy: toy.entry.get(name)


TOY_FACTS = tuple(
    Fact("toy", name, type_, f"The {name} of a toy.", _reader(name), key=name)
    for name, type_ in TYPES.items()
)


def scope(
    params: Mapping[str, Constant] | None = None,
    values: Mapping[str, Node] | None = None,
    *,
    may_ask_known: bool = False,
) -> Scope:
    """What an expression about a toy may name."""
    return Scope({"toy": "toy"}, params or {}, values or {}, may_ask_known)
