"""Flows by their ends, and what a flow does to the data that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import Flow
from stackaudit.inventory.stack import Stack

PROTECTIONS: Final = frozenset({"hashed", "aggregated", "anonymized"})
"""What makes data arrive as something that is not personal any more; encryption does not."""


def protects(flow: Flow) -> bool:
    """Whether what arrives is stated not to be personal data any more."""
    return flow.protect in PROTECTIONS


def between(flow: Flow) -> str | None:
    """The tool that the flow runs through, unless that is one of its ends."""
    return None if flow.through in (flow.source, flow.target) else flow.through


@dataclass(frozen=True, slots=True)
class Ends:
    """Flow ids by the tool they leave, the tool they reach and the tool in between; sorted."""

    out: Mapping[str, Sequence[str]]
    into: Mapping[str, Sequence[str]]
    through: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, stack: Stack, flows: Iterable[str]) -> Ends:
        """The ends of these flows, which come sorted."""
        out: dict[str, list[str]] = {}
        into: dict[str, list[str]] = {}
        through: dict[str, list[str]] = {}
        for name in flows:
            flow = stack.flows[name]
            out.setdefault(flow.source, []).append(name)
            into.setdefault(flow.target, []).append(name)
            middle = between(flow)
            if middle is not None:
                through.setdefault(middle, []).append(name)
        return cls(out, into, through)
