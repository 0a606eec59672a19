"""What the lane map says, in the language of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Chip
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    lanes: Mapping[str, str]
    sensitivities: Mapping[Sensitivity, str]
    severities: Mapping[Severity, str]
    styles: Mapping[str, str]
    missing: str
    tool: str
    tools: str
    """The words for one and for several, after a number."""
    findings: str
    carries: str
    """What a tool does that flows go through, before their number."""
    no_capability: str
    letters: Mapping[Severity, str]
    """The letter that stands for a severity where there is no room for the word."""

    def counted(self, chip: Chip) -> str:
        """What a bundled chip stands for: the one tool, or how many."""
        if len(chip.members) == 1:
            return chip.members[0]
        return f"{len(chip.tools)} {self.tools if len(chip.tools) > 1 else self.tool}"

    def said_of(self, chip: Chip, *, bundled: bool) -> str:
        """All that a chip shows, in words."""
        parts = [chip.name, self.sensitivities[chip.sensitivity]]
        if bundled:
            parts.append(f"{self.tools}: {', '.join(chip.members or chip.tools)}")
        if chip.carries:
            parts.append(f"{chip.carries} {self.carries}")
        found = [
            f"{number} {self.severities[severity]}"
            for severity, number in sorted(chip.findings.items(), reverse=True)
            if number
        ]
        if found:
            parts.append(f"{self.findings}: {', '.join(found)}")
        return "; ".join(parts)


ENGLISH: Final = Words(
    title="Lane map of the stack",
    description="The tools by capability, from engaging people to measuring, and the data between.",
    lanes={
        "engage": "Engage",
        "collect": "Collect",
        "know": "Know",
        "activate": "Activate",
        "measure": "Measure",
        "unplaced": "Unplaced",
    },
    sensitivities={
        "special": "special-category data",
        "restricted": "restricted data",
        "personal": "personal data",
        "none": "no personal data",
        "unknown": "data not stated",
    },
    severities={each: each.word for each in Severity},
    styles={
        "machine": "moved by a machine",
        "by_hand": "by file or by hand",
        "planned": "planned or paused",
        "broken": "broken",
    },
    missing="missing flow",
    tool="tool",
    tools="tools",
    findings="findings",
    carries="flows go through it",
    no_capability="no capability named",
    letters={
        Severity.CRITICAL: "C",
        Severity.HIGH: "H",
        Severity.MEDIUM: "M",
        Severity.LOW: "L",
    },
)
