"""What is known of a capability."""

from __future__ import annotations

from stackaudit.rules.facts.registry import fact
from stackaudit.rules.kinds.data import CapabilitySubject
from stackaudit.rules.types import TEXT


@fact("capability", TEXT)
def name(capability: CapabilitySubject) -> str:
    """What people call it."""
    return capability.label()


@fact("capability", TEXT, name="id")
def id_(capability: CapabilitySubject) -> str:
    """Its id in the taxonomy or in the inventory."""
    return capability.id
