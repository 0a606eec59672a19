"""What is colored how, and never so that color alone says it.

The 256 colors are of middle luminance, so that each reads on a white and on a black ground; on
terminals with 16 colors only red and magenta do, so the rest is bold, dim or plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rich.style import Style

from stackaudit.rules.severity import Severity


def _styles(**definitions: str) -> Mapping[str, Style]:
    return MappingProxyType({name: Style.parse(text) for name, text in definitions.items()})


MANY_COLORS: Final = _styles(
    plain="none",
    strong="bold",
    label="color(244)",
    faint="color(244)",
    type="color(32)",
    critical="bold color(198)",
    high="bold color(196)",
    medium="bold color(166)",
    low="color(32)",
    gates="bold color(196)",
    badge_critical="bold color(231) on color(162)",
    badge_high="bold color(231) on color(160)",
    badge_medium="bold color(231) on color(130)",
    badge_low="bold color(231) on color(24)",
    badge_fail="bold color(231) on color(160)",
    badge_good="bold color(231) on color(22)",
    badge_unsure="bold color(231) on color(94)",
)

FEW_COLORS: Final = _styles(
    plain="none",
    strong="bold",
    label="dim",
    faint="dim",
    type="none",
    critical="bold magenta",
    high="bold red",
    medium="red",
    low="none",
    gates="bold red",
    badge_critical="bold reverse magenta",
    badge_high="bold reverse red",
    badge_medium="reverse red",
    badge_low="reverse",
    badge_fail="bold reverse red",
    badge_good="bold reverse",
    badge_unsure="bold reverse magenta",
)


def of_severity(severity: Severity) -> str:
    """The name of the style of a severity."""
    return severity.word
