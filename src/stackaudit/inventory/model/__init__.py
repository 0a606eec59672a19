"""The model of an inventory: what can be stated, and of which type it is.

None always means *unknown* (nobody said); `none`, `false`, `never` and an empty list are
statements of absence and arrive as such. Nothing here knows positions or references.
"""

from stackaudit.inventory.model.capabilities import CapabilityEntry, Dataset
from stackaudit.inventory.model.contracts import Contract, SharedContract, Usage
from stackaudit.inventory.model.file import InventoryFile
from stackaudit.inventory.model.flows import Credential, Flow, Grant
from stackaudit.inventory.model.governance import (
    Budget,
    Policy,
    Review,
    RoadmapItem,
    Scope,
    ScopeAi,
)
from stackaudit.inventory.model.observations import Observation
from stackaudit.inventory.model.tools import (
    Access,
    AiUse,
    Fit,
    Limits,
    Openness,
    Owner,
    Pilot,
    Subprocessor,
    Tool,
    UsedFor,
)

__all__ = [
    "Access",
    "AiUse",
    "Budget",
    "CapabilityEntry",
    "Contract",
    "Credential",
    "Dataset",
    "Fit",
    "Flow",
    "Grant",
    "InventoryFile",
    "Limits",
    "Observation",
    "Openness",
    "Owner",
    "Pilot",
    "Policy",
    "Review",
    "RoadmapItem",
    "Scope",
    "ScopeAi",
    "SharedContract",
    "Subprocessor",
    "Tool",
    "Usage",
    "UsedFor",
]
