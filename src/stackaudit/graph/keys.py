"""The keys that a tool holds, and which other tools they open.

A key is as live as what it opens: it counts although the tool that holds it is planned, retired
or rejected, and although the flow it was made for is broken or paused.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from stackaudit.dataclass import dataclass
from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model import Credential, Flow, Grant

Source: TypeAlias = "tuple[Literal['grants'], int] | tuple[Literal['flows'], str]"


@dataclass(frozen=True, slots=True)
class Key:
    """A grant, or the credential of a flow, that opens another tool to the one that holds it."""

    on: str
    """The tool that it opens."""
    can: str | None
    """read, write or admin."""
    data: tuple[str, ...] | None
    """The datasets that it opens there; None if nobody said: whatever that tool keeps."""
    kind: str | None
    """oauth, api_key, mcp or extension."""
    source: Source
    """Where it is stated: the number in the `grants` of `stated_by`, or the id of a flow."""
    stated_by: str
    """The tool in whose entry a grant is stated; for the credential of a flow its holder."""
    of: str | None
    """Whether it belongs to a person, a team or a service account."""
    rotated: dt.date | Literal["never"] | None
    """When it was last renewed."""
    expires: dt.date | Literal["never"] | None
    """When it stops working by itself."""
    reviewed: dt.date | Literal["never"] | None
    """When somebody last asked whether it is still needed."""
    owner: str | None
    """Who answers for it; `none` if nobody does."""
    scopes: tuple[str, ...] | None
    """The scopes it was granted."""
    sure: bool = True
    """False if nobody said which end of its flow it opens, so that it is counted for both."""


def keys(graph: Structure, tool: str) -> tuple[Key, ...]:
    """Every key that the tool holds: its grants in their order, then credentials by flow id.

    The credential of a flow opens the end that does not hold it. Held by a third tool it opens
    `from` if it may read, `to` if it may write or do anything; one of the two, not known which,
    if nobody said what it may do.
    """
    return _by_holder(graph).get(tool, ())


@remembered
def _by_holder(graph: Structure) -> Mapping[str, tuple[Key, ...]]:
    found: defaultdict[str, list[Key]] = defaultdict(list)
    for name in sorted(graph.stack.tools):
        for number, grant in enumerate(graph.stack.tools[name].grants or ()):
            for holder in sorted({name, grant.held_by or name} - {grant.on}):
                found[holder].append(_of_grant(grant, number, name))
    for name in sorted(graph.stack.flows):
        flow = graph.stack.flows[name]
        if flow.credential is not None and flow.credential.held_by is not None:
            found[flow.credential.held_by].extend(_of_flow(flow, flow.credential, name))
    return {holder: tuple(held) for holder, held in found.items()}


def _of_grant(grant: Grant, number: int, stated_by: str) -> Key:
    return _key(grant, grant.on, grant.data, ("grants", number), stated_by)


def _of_flow(flow: Flow, credential: Credential, name: str) -> Iterator[Key]:
    if flow.status in ("planned", "finished", "absent"):
        return
    holder = credential.held_by or ""
    ends = _opened(flow, holder, credential.can)
    for end in ends:
        yield _key(credential, end, flow.data, ("flows", name), holder, sure=len(ends) == 1)


def _opened(flow: Flow, holder: str, can: str | None) -> tuple[str, ...]:
    if flow.source == flow.target:
        return () if holder == flow.source else (flow.source,)
    if holder == flow.source:
        return (flow.target,)
    if holder == flow.target:
        return (flow.source,)
    if can is None:
        return (flow.source, flow.target)
    return (flow.source,) if can == "read" else (flow.target,)


def _key(
    credential: Credential,
    on: str,
    data: tuple[str, ...] | None,
    source: Source,
    stated_by: str,
    *,
    sure: bool = True,
) -> Key:
    return Key(
        on=on,
        can=credential.can,
        data=data,
        kind=credential.kind,
        source=source,
        stated_by=stated_by,
        of=credential.of,
        rotated=credential.rotated,
        expires=credential.expires,
        reviewed=credential.reviewed,
        owner=credential.owner,
        scopes=credential.scopes,
        sure=sure,
    )
