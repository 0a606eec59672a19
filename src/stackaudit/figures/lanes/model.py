"""What the lane map shows: lanes, boxes of capabilities, chips of tools, links and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from stackaudit.catalog.taxonomy import LANES
from stackaudit.dataclass import dataclass
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.rules.severity import Severity

UNPLACED: Final = "unplaced"
"""The lane of tools that provide no capability anyone named."""
ALL_LANES: Final = (*LANES, UNPLACED)

MOST_TOOLS: Final = 60
MOST_FLOWS: Final = 120
"""Above either the map shows capabilities instead of tools: more lines than that are a tangle."""

Style = Literal["machine", "by_hand", "planned", "broken"]
"""machine: a machine moves it; by_hand: every flow of the link is a file or a person; planned:
none of them runs yet; broken: one of them is marked broken."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One tool, or in a bundled map all tools of one capability."""

    id: str
    name: str
    sensitivity: Sensitivity
    findings: Mapping[Severity, int]
    """Findings that stand for themselves and are not waived, by severity."""
    tools: tuple[str, ...]
    """The tools that it stands for; one, unless the map is bundled."""
    lifecycle: str = "active"
    reviewed: bool | None = None
    """Whether an approval counts today; None where nobody can say."""
    carries: int = 0
    """How many flows go through it, without ending here: an iPaaS, a tag manager."""
    members: tuple[str, ...] = ()
    """The names of the tools, in a bundled map."""

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(self.findings.values())

    @property
    def worst(self) -> Severity | None:
        """The worst severity among them."""
        return max((each for each, number in self.findings.items() if number), default=None)


@dataclass(frozen=True, slots=True)
class Box:
    """A capability, with the tools that mainly provide it."""

    capability: str
    name: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage of the data's way, from engage to measure."""

    id: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """All flows from one chip to another."""

    source: str
    target: str
    flows: tuple[str, ...]
    data: tuple[str, ...]
    sensitivity: Sensitivity
    style: Style


@dataclass(frozen=True, slots=True)
class Gap:
    """A flow that is missing: the number it has in the picture, its ends, what it would bring."""

    number: int
    source: str
    target: str
    data: tuple[str, ...]
    why: tuple[str, ...]
    """The messages of the findings that say so."""
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaneMap:
    """The whole picture, without coordinates."""

    lanes: tuple[Lane, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    bundled: bool
    """Whether chips are capabilities, since there are too many tools or flows to show each."""
    tools: int
    flows: int
    flows_known: bool
    """Whether the inventory says anything about flows."""

    @property
    def chips(self) -> tuple[Chip, ...]:
        """All chips, lane by lane."""
        return tuple(chip for lane in self.lanes for box in lane.boxes for chip in box.chips)

    @property
    def ends(self) -> tuple[tuple[str, str], ...]:
        """From which chip to which each line goes: the links, then the gaps."""
        links = ((each.source, each.target) for each in self.links)
        return (*links, *((each.source, each.target) for each in self.gaps))
