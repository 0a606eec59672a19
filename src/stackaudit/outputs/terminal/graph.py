"""The data graph at a terminal: each tool with the flows that leave it, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console

from stackaudit.figures.lanes.model import Chip, Gap, LaneMap, Link, Style
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.words import number

_STYLES: Final[Mapping[Style, str]] = {
    "machine": "",
    "by_hand": "by file or by hand",
    "planned": "planned or paused",
    "broken": "broken",
}
_SENSITIVE: Final[Mapping[Sensitivity, str]] = {
    "special": "special-category data",
    "restricted": "restricted data",
    "personal": "personal data",
    "none": "",
    "unknown": "data not stated",
}


def report_graph(found: LaneMap, console: Console) -> None:
    """Lane by lane: capability, tool, and below it where its data goes."""
    links: dict[str, list[Link]] = defaultdict(list)
    for link in found.links:
        links[link.source].append(link)
    names = {chip.id: chip.name for chip in found.chips}
    with Page(console) as page:
        for lane in found.lanes:
            if lane.boxes:
                page.whole((lane.id.upper(), "strong"))
                for box in lane.boxes:
                    page.whole((box.name or "no capability named", "label"), indent=2)
                    for chip in box.chips:
                        _chip(page, chip, links[chip.id], names)
                page.blank()
        _gaps(page, found.gaps, names)
        _summary(page, found)


def _chip(page: Page, chip: Chip, links: Sequence[Link], names: Mapping[str, str]) -> None:
    facts: list[str] = [_SENSITIVE[chip.sensitivity]]
    if chip.lifecycle != "active":
        facts.append(chip.lifecycle)
    if chip.worst is not None:
        facts.append(f"{number(chip.count, 'finding')}, worst {chip.worst.word}")
    if chip.carries:
        facts.append(f"{number(chip.carries, 'flow')} through it")
    said = " · ".join(each for each in facts if each)
    parts: list[Part] = [(chip.name, "strong")]
    page.whole(*parts, (f"  {said}" if said else "", "faint"), indent=4)
    for link in links:
        data = ", ".join(link.data) or "data not stated"
        how = f" ({_STYLES[link.style]})" if _STYLES[link.style] else ""
        page.listed([("→ ", "faint"), names[link.target], ": "], data, (how, "label"), indent=6)


def _gaps(page: Page, gaps: Sequence[Gap], names: Mapping[str, str]) -> None:
    if not gaps:
        return
    page.whole(("MISSING", "strong"))
    for gap in gaps:
        ends = f"{names[gap.source]} → {names[gap.target]}: "
        lead: list[Part] = [(f"{gap.number} ", "strong"), ends]
        page.listed(lead, ", ".join(gap.data), indent=2)
    page.blank()


def _summary(page: Page, found: LaneMap) -> None:
    if not found.flows_known:
        page.write("The inventory says nothing of flows.")
        return
    shown = "capabilities" if found.bundled else "tools"
    page.whole(
        (f"{number(found.tools, 'tool')}, {number(found.flows, 'flow')}", "strong"),
        (f"; shown by {shown}" if found.bundled else "", "label"),
    )
