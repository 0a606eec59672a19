"""How a tool is classified, and what its review and the trust in it rest on."""

from __future__ import annotations

from stackaudit.phrase import phrase
from stackaudit.rules.facts.exposure import handles
from stackaudit.rules.facts.registry import Missing, fact, stated
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Some
from stackaudit.rules.types import CONFIDENTIALITY, FLAG, TEXT, TEXTS, many, subject

stated("tool", "classified", CONFIDENTIALITY, "classified",
       "How the organization classifies the tool itself.")  # fmt: skip


@fact("tool", CONFIDENTIALITY, rests_on=("holds", "collects"))
def needs_class(tool: ToolSubject) -> str | None:
    """The highest class of the data that it is known to handle; unknown if none has one."""
    order = CONFIDENTIALITY.words
    classes = [each.entry.confidentiality for each in handles(tool) or ()]
    return max((each for each in classes if each is not None), key=order.index, default=None)


@fact("tool", many(subject("dataset")), missing=lambda tool: _unrecorded(tool))
def masters(tool: ToolSubject) -> Collection:
    """The datasets of which it is the system of record."""
    world = tool.world
    found = tuple(world.datasets[each] for each in world.graph.records_of(tool.id))
    return Some(found) if _unrecorded(tool) else found


def _unrecorded(tool: ToolSubject) -> tuple[Missing, ...]:
    graph = tool.world.graph
    return tuple(
        Missing("datasets", each, "system_of_record")
        for each in graph.unrecorded
        if tool.id in graph.may_be_record(each)
    )


@fact("tool", FLAG, rests_on=("grants",))
def has_keys(tool: ToolSubject) -> bool | None:
    """Whether it keeps a key to another tool: a grant, or the credential of a flow."""
    if tool.world.graph.keys(tool.id):
        return True
    return None if tool.entry.grants is None else False


@fact("tool", FLAG, missing=lambda tool: (Missing("reviews", tool.id, "scope"),))
def review_bound(tool: ToolSubject) -> bool | None:
    """Whether its review says what was reviewed; unknown where there is no review to say it.

    A review is a record: what it does not say was not recorded.
    """
    review = tool.world.stack.reviews.get(tool.id)
    return None if review is None else review.scope is not None


# Certificates and reports


def _certificates_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    certificates = tool.entry.certifications
    if certificates is None:
        return (Missing("tools", tool.id, "certifications"),)
    return tuple(
        Missing("tools", tool.id, f"certifications.{name}")
        for name, until in sorted(certificates.items())
        if until is None
    )


def _expired(tool: ToolSubject) -> list[str]:
    certificates, today = tool.entry.certifications or {}, tool.world.today
    return sorted(name for name, until in certificates.items() if until and until < today)


@fact("tool", TEXTS, rests_on=("certifications",), missing=_certificates_unstated, cached=True)
def expired_certificates(tool: ToolSubject) -> Collection:
    """Its certificates and reports that have run out, each with its last day."""
    certificates = tool.entry.certifications or {}
    found = tuple(
        phrase("{name} (until {day})", name=each, day=certificates[each]) for each in _expired(tool)
    )
    return Some(found) if _certificates_unstated(tool) else found


@fact("tool", TEXT, rests_on=("certifications",))
def first_expired(tool: ToolSubject) -> str | None:
    """The name of the first certificate that has run out."""
    return next(iter(_expired(tool)), None)


@fact("tool", TEXT, rests_on=("certifications",))
def last_expired(tool: ToolSubject) -> str | None:
    """The name of the last certificate that has run out, by name; the first if it is the only."""
    return next(iter(reversed(_expired(tool))), None)
