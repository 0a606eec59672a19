"""Two tools whose names look the same."""

from __future__ import annotations

from stackaudit.phrase import phrase
from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.names import same_letters
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kinds.twins import LookAlikeSubject
from stackaudit.rules.types import TEXT, subject


@fact("look_alike", subject("tool"))
def a(pair: LookAlikeSubject) -> ToolSubject:
    """One of the two, by id."""
    return pair.a


@fact("look_alike", subject("tool"))
def b(pair: LookAlikeSubject) -> ToolSubject:
    """The other one."""
    return pair.b


@fact("look_alike", TEXT)
def difference(pair: LookAlikeSubject) -> str:
    """How the two names differ, in words: in nothing, in how they are written, in their letters."""
    one, other = pair.a.label(), pair.b.label()
    if one == other:
        return phrase("in nothing")
    if same_letters(one, other):
        return phrase("only in spacing, punctuation or case")
    return phrase("only in letters that are drawn alike")


@fact("look_alike", TEXT)
def clearer_name(pair: LookAlikeSubject) -> str:
    """A name for the second that nobody mistakes: with its id behind it."""
    return f"{pair.b.label()} ({pair.b.id})"
