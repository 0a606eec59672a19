"""The colors of pictures, by what they stand for; every color has a second sign beside it.

Contrast of text on its ground is at least 4.5 : 1, of signs 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.rules.severity import Severity

Use = Literal["low", "middle", "high", "over", "unknown"]
"""How much of what is paid for is used: below 40 %, below 80 %, up to all of it, more, unknown."""
Danger = Literal["grave", "serious", "slight", "calm", "open"]
"""How urgent a square of the exposure grid is; open: nobody knows."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colors, for light or for dark ground."""

    paper: str
    lane: str
    box: str
    chip: str
    edge: str
    """Outlines of boxes and chips."""
    ink: str
    faint: str
    """Text that may be overlooked."""
    gap: str
    """What is missing."""
    sensitivity: Mapping[Sensitivity, str]
    severity: Mapping[Severity, str]
    on_severity: str
    """Text on a severity's color."""
    use: Mapping[Use, str]
    """Grounds of tiles; `ink` can be read on them."""
    danger: Mapping[Danger, str]
    """Grounds of squares; `ink` can be read on them."""


LIGHT: Final = Palette(
    paper="#ffffff",
    lane="#f5f6f8",
    box="#e9ecf1",
    chip="#ffffff",
    edge="#c3cad5",
    ink="#1b2330",
    faint="#5b6677",
    gap="#c4162a",
    sensitivity={
        "special": "#8a1a8f",
        "restricted": "#9a4b00",
        "personal": "#1f5fbf",
        "none": "#55687a",
        "unknown": "#6c7179",
    },
    severity={
        Severity.CRITICAL: "#8d0f24",
        Severity.HIGH: "#c03221",
        Severity.MEDIUM: "#9a5b00",
        Severity.LOW: "#4e6272",
    },
    on_severity="#ffffff",
    use={
        "low": "#f8cfc4",
        "middle": "#fae7bd",
        "high": "#cfe8d6",
        "over": "#ddd5f3",
        "unknown": "#e3e7ec",
    },
    danger={
        "grave": "#f4b3ab",
        "serious": "#f9d7c3",
        "slight": "#faecc8",
        "calm": "#d9ecdf",
        "open": "#e3e7ec",
    },
)
DARK: Final = Palette(
    paper="#12161d",
    lane="#181d26",
    box="#212835",
    chip="#2a3342",
    edge="#465266",
    ink="#eef1f6",
    faint="#a9b4c4",
    gap="#ff8791",
    sensitivity={
        "special": "#e29bec",
        "restricted": "#f3b06b",
        "personal": "#86b6ff",
        "none": "#a3b3c2",
        "unknown": "#9aa1ab",
    },
    severity={
        Severity.CRITICAL: "#ff8fa0",
        Severity.HIGH: "#ff9c8a",
        Severity.MEDIUM: "#f2bd6d",
        Severity.LOW: "#b0c2d2",
    },
    on_severity="#12161d",
    use={
        "low": "#6e3227",
        "middle": "#5c4818",
        "high": "#22492f",
        "over": "#43386c",
        "unknown": "#343e4d",
    },
    danger={
        "grave": "#7d2b2b",
        "serious": "#683a22",
        "slight": "#564619",
        "calm": "#23452f",
        "open": "#343e4d",
    },
)
_LITTLE: Final = 0.4
_MOST: Final = 0.8


def use_of(share: float | None) -> Use:
    """The step that a share of use is in; the first ends where the rule on idle seats does."""
    if share is None:
        return "unknown"
    if share > 1:
        return "over"
    return "low" if share < _LITTLE else "middle" if share < _MOST else "high"


SIGNS: Final[Mapping[Sensitivity, str]] = {
    "special": "S",
    "restricted": "R",
    "personal": "P",
    "none": "–",
    "unknown": "?",
}
"""The sign that says the same as the color."""
