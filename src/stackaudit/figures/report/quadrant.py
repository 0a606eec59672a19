"""The TIME quadrant: tolerate, invest, migrate, eliminate, from the fit that both sides state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.report.lookup import by_name, cost_of, tool_items
from stackaudit.figures.report.parts import Cost, Item, Reason
from stackaudit.rules.world import World

Quarter = Literal["tolerate", "invest", "migrate", "eliminate"]
QUARTERS: Final[tuple[Quarter, ...]] = ("tolerate", "invest", "migrate", "eliminate")
"""invest: serves both sides well; migrate: serves the business, technically poor; tolerate:
technically sound, serves the business poorly; eliminate: neither. 3 and 4 are well, 1 and 2 poor.
"""


@dataclass(frozen=True, slots=True)
class Dot:
    """A tool in use that states both fits."""

    tool: Item
    business: int
    """1 (poor) to 4 (well)."""
    technical: int
    x: float
    """0 to 1 from technically poor to sound: the middle of the dot, beside others of equal fit."""
    y: float
    """0 to 1 from serving the business poorly to well; upwards."""
    quarter: Quarter
    decided: Quarter | None
    """What the organization decided (`disposition`); None if nothing."""
    agrees: bool | None
    """Whether that is what the fit says; None if nothing is decided."""
    successor: Item | None
    cost: Cost


@dataclass(frozen=True, slots=True)
class Quadrant:
    """All tools in use, by fit."""

    dots: tuple[Dot, ...]
    """By quarter in the order of `QUARTERS`, then by name."""
    unstated: tuple[Item, ...]
    """Tools in use that do not state both fits."""
    empty: Reason | None

    def of(self, quarter: Quarter) -> tuple[Dot, ...]:
        """The tools in one quarter."""
        return tuple(each for each in self.dots if each.quarter == quarter)


_BEST: Final = 4
_POOR: Final = 2


def quadrant(result: AuditResult) -> Quadrant:
    """The tools in use by what both sides say of them."""
    world, together, unstated = result.world, dict[tuple[int, int], list[str]](), list[str]()
    for tool in world.graph.in_use:
        fit = world.stack.tools[tool].fit
        if fit is None or fit.business is None or fit.technical is None:
            unstated.append(tool)
        else:
            together.setdefault((fit.business, fit.technical), []).append(tool)
    dots = [dot for fit, tools in together.items() for dot in _dots(world, fit, tools)]
    return Quadrant(
        dots=tuple(sorted(dots, key=_order)),
        unstated=by_name(tool_items(world, unstated)),
        empty=None if dots else "no-fit" if world.graph.in_use else "no-tools",
    )


def _order(dot: Dot) -> tuple[int, str, str]:
    return (QUARTERS.index(dot.quarter), dot.tool.name.casefold(), dot.tool.id)


def quarter_of(business: int, technical: int) -> Quarter:
    """What the two fits, 1 to 4 each, ask for."""
    if business > _POOR:
        return "invest" if technical > _POOR else "migrate"
    return "tolerate" if technical > _POOR else "eliminate"


def _dots(world: World, fit: tuple[int, int], tools: Sequence[str]) -> list[Dot]:
    """Dots of equal fit, beside and above one another in the field that their fit has."""
    business, technical = fit
    columns = math.ceil(math.sqrt(len(tools)))
    rows = math.ceil(len(tools) / columns)
    return [
        _dot(
            world,
            item,
            (technical - 1 + (number % columns + 1) / (columns + 1)) / _BEST,
            (business - (number // columns + 1) / (rows + 1)) / _BEST,
        )
        for number, item in enumerate(by_name(tool_items(world, tools)))
    ]


def _dot(world: World, item: Item, x: float, y: float) -> Dot:
    tool = world.stack.tools[item.id]
    assert tool.fit is not None
    business, technical = tool.fit.business or 0, tool.fit.technical or 0
    quarter = quarter_of(business, technical)
    successor = () if tool.successor is None else tool_items(world, (tool.successor,))
    return Dot(
        tool=item,
        business=business,
        technical=technical,
        x=round(x, 4),
        y=round(y, 4),
        quarter=quarter,
        decided=tool.disposition,
        agrees=None if tool.disposition is None else tool.disposition == quarter,
        successor=next(iter(successor), None),
        cost=cost_of(world, item.id),
    )
