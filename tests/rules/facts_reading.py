"""What tests of facts share: values of collections as ids, and facts beside what they miss."""

from __future__ import annotations

from typing import Any

from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.kleene import Some
from stackaudit.rules.subjects import Subject
from tests.rules.portfolio import fact, missing, subject

Known = tuple[str, ...]


def ids(value: Any) -> Known | Some:
    """The members of a collection by id; `Some` where there may be more."""
    names = tuple(each.id if isinstance(each, Subject) else each for each in value)
    return Some(names) if isinstance(value, Some) else names


def members(text: str, name: str, *of: str) -> Known | Some:
    """The members of a fact that is a collection."""
    return ids(fact(text, name, *of))


def path(text: str, name: str, *of: str) -> Known:
    """The tools along which a fact came about."""
    kind, _, called = name.partition(".")
    found = facts_of(kind)[called].path
    assert found is not None
    return found(subject(text, kind, *of))


__all__ = ["Some", "fact", "ids", "members", "missing", "path", "subject"]
