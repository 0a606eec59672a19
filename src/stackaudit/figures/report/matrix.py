"""The integration matrix: who sends to whom, tool by tool or capability by capability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import MOST_TOOLS, Gap, LaneMap, Link, Style
from stackaudit.figures.report.lanes import Lanes, lanes
from stackaudit.figures.report.parts import Reason
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity

_STYLES: Final[tuple[Style, ...]] = ("broken", "machine", "by_hand", "planned")
"""Of several links in one cell the first of these is shown."""


@dataclass(frozen=True, slots=True)
class Head:
    """A row, and the column of the same number."""

    id: str
    """Of a tool, or `<lane>/<capability>`."""
    name: str
    """Of the tool or the capability; empty for tools without a capability that anyone named."""
    lane: str
    """engage, collect, know, activate, measure or unplaced."""
    tools: int
    """How many tools it stands for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What flows from a row to a column."""

    row: int
    """Number of the sender's head, from 0."""
    column: int
    """Number of the receiver's head, from 0."""
    flows: tuple[str, ...]
    """Ids of the flows; empty where one is only missing."""
    data: tuple[str, ...]
    """Ids of the datasets that they carry, as far as stated; sorted."""
    sensitivity: Sensitivity
    style: Style | None
    """None where nothing flows."""
    missing: tuple[str, ...]
    """Fingerprints of the findings that say a flow is missing here."""
    numbers: tuple[int, ...]
    """The numbers that those gaps have in the lane map; empty where the map does not show them."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Senders as rows, receivers as columns, in the order of the lanes."""

    by: Literal["tools", "capabilities"]
    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]
    """Those that are not blank, row by row."""
    empty: Reason | None

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell there; None for a blank one."""
        return next((e for e in self.cells if (e.row, e.column) == (row, column)), None)


def matrix(result: AuditResult, shown: Lanes | None = None) -> Matrix:
    """Tool by tool up to 60 tools, else capability by capability.

    `shown` is the chapter of the lane map, if it is there already.
    """
    found = shown if shown is not None else lanes(result)
    detailed = found.detailed
    bundled = len(detailed.chips) > MOST_TOOLS
    heads, home = _by_capability(detailed) if bundled else _by_tool(detailed)
    numbers = {f: gap.number for gap in found.map.gaps for f in gap.fingerprints}
    return Matrix(
        by="capabilities" if bundled else "tools",
        heads=heads,
        cells=tuple(_cells(detailed, home, numbers)),
        empty=_empty(detailed),
    )


def _empty(found: LaneMap) -> Reason | None:
    if not found.chips:
        return "no-tools"
    if found.links or found.gaps:
        return None
    return "no-flows" if found.flows_known else "flows-unknown"


def _by_tool(found: LaneMap) -> tuple[tuple[Head, ...], Mapping[str, int]]:
    heads = tuple(
        Head(chip.id, chip.name, lane.id, 1)
        for lane in found.lanes
        for box in lane.boxes
        for chip in box.chips
    )
    return heads, {head.id: number for number, head in enumerate(heads)}


def _by_capability(found: LaneMap) -> tuple[tuple[Head, ...], Mapping[str, int]]:
    boxes = [(lane.id, box) for lane in found.lanes for box in lane.boxes]
    heads = tuple(
        Head(f"{lane}/{box.capability}", box.name, lane, len(box.chips)) for lane, box in boxes
    )
    return heads, {chip.id: n for n, (_, box) in enumerate(boxes) for chip in box.chips}


def _cells(found: LaneMap, home: Mapping[str, int], numbers: Mapping[str, int]) -> Iterator[Cell]:
    links: dict[tuple[int, int], list[Link]] = {}
    gaps: dict[tuple[int, int], list[Gap]] = {}
    for link in found.links:
        links.setdefault((home[link.source], home[link.target]), []).append(link)
    for gap in found.gaps:
        gaps.setdefault((home[gap.source], home[gap.target]), []).append(gap)
    for at in sorted({*links, *gaps}):
        yield _cell(at, links.get(at, []), gaps.get(at, []), numbers)


def _cell(
    at: tuple[int, int], links: list[Link], gaps: list[Gap], numbers: Mapping[str, int]
) -> Cell:
    missing = tuple(dict.fromkeys(name for gap in gaps for name in gap.fingerprints))
    styles = {each.style for each in links}
    return Cell(
        row=at[0],
        column=at[1],
        flows=tuple(sorted(name for each in links for name in each.flows)),
        data=tuple(sorted({name for each in links for name in each.data})),
        sensitivity=_worst(each.sensitivity for each in links),
        style=next((each for each in _STYLES if each in styles), None),
        missing=missing,
        numbers=tuple(sorted({numbers[name] for name in missing if name in numbers})),
    )


def _worst(found: Iterable[Sensitivity]) -> Sensitivity:
    """What may be sensitive goes before what surely is not."""
    there = set(found)
    order: tuple[Sensitivity, ...] = (*SENSITIVITIES[:3], "unknown", "none")
    return next((each for each in order if each in there), "unknown")
