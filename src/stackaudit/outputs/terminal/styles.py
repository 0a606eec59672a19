"""What is colored how, and never so that color alone says it.

The 256 colors are of middle luminance, so that each reads on a white and on a black ground; on
terminals with 16 colors those are used that every theme keeps apart from its ground.
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
    label="color(243)",
    faint="color(243)",
    type="color(31)",
    money="bold",
    critical="bold white on color(124)",
    high="bold color(196)",
    medium="bold color(130)",
    low="color(31)",
    fail="bold white on color(124)",
    good="bold white on color(22)",
    unsure="bold white on color(94)",
    gates="bold color(196)",
)

FEW_COLORS: Final = _styles(
    plain="none",
    strong="bold",
    label="dim",
    faint="dim",
    type="blue",
    money="bold",
    critical="bold reverse red",
    high="bold red",
    medium="bold magenta",
    low="blue",
    fail="bold reverse red",
    good="bold reverse green",
    unsure="bold reverse magenta",
    gates="bold red",
)


def of_severity(severity: Severity) -> str:
    """The name of the style of a severity."""
    return severity.word
