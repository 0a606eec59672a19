"""What the inventory says of a tool, measured by what the rules ask of it."""

from __future__ import annotations

from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.entry import EntrySubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.types import NUMBER, SHARE, TEXTS, subject


@fact("entry", subject("tool"))
def tool(entry: EntrySubject) -> ToolSubject:
    """The tool that the entry is about."""
    return entry.tool


@fact("entry", SHARE)
def stated(entry: EntrySubject) -> float:
    """The part of the facts the rules ask of a tool that the inventory states, be it `none`."""
    return entry.world.completeness.share(entry.id)


@fact("entry", NUMBER)
def asked(entry: EntrySubject) -> int:
    """How many facts the rules ask of a tool."""
    return entry.world.completeness.asked


@fact("entry", TEXTS)
def most_useful(entry: EntrySubject) -> tuple[str, ...]:
    """The keys, not stated, that would decide the most and the worst rules; three at most."""
    return entry.world.completeness.most_useful(entry.id)
