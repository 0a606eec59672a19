"""A map of many tools, with all tools of one capability as one chip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from stackaudit.figures.lanes.model import Box, Chip, Gap, Lane, LaneMap, Link, Style
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.rules.severity import Severity


def together(found: LaneMap) -> LaneMap:
    """One chip for each capability; links and gaps between capabilities."""
    home = {
        chip.id: f"{lane.id}/{box.capability}"
        for lane in found.lanes
        for box in lane.boxes
        for chip in box.chips
    }
    lanes = tuple(
        Lane(
            lane.id,
            tuple(replace(box, chips=(_chip(f"{lane.id}/{box.capability}", box),))
                  for box in lane.boxes),
        )
        for lane in found.lanes
    )  # fmt: skip
    links: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for each in found.links:
        if home[each.source] != home[each.target]:
            links[home[each.source], home[each.target]].append(each)
    gaps: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in found.gaps:
        if home[gap.source] != home[gap.target]:
            gaps[home[gap.source], home[gap.target]].append(gap)
    return replace(
        found,
        lanes=lanes,
        links=tuple(_links_together(*ends, each) for ends, each in sorted(links.items())),
        gaps=tuple(
            _gaps_together(number, *ends, each)
            for number, (ends, each) in enumerate(gaps.items(), 1)
        ),
        bundled=True,
    )


def _chip(id_: str, box: Box) -> Chip:
    counts: Counter[Severity] = Counter()
    for chip in box.chips:
        counts.update(chip.findings)
    return Chip(
        id=id_,
        name=box.name,
        sensitivity=_worst(chip.sensitivity for chip in box.chips),
        findings=counts,
        tools=tuple(chip.id for chip in box.chips),
        carries=sum(chip.carries for chip in box.chips),
        members=tuple(chip.name for chip in box.chips),
    )


def _links_together(source: str, target: str, links: list[Link]) -> Link:
    styles = {each.style for each in links}
    order: tuple[Style, ...] = ("broken", "machine", "by_hand", "planned")
    return Link(
        source,
        target,
        tuple(flow for each in links for flow in each.flows),
        tuple(sorted({each for link in links for each in link.data})),
        _worst(each.sensitivity for each in links),
        next(each for each in order if each in styles),
    )


def _gaps_together(number: int, source: str, target: str, gaps: list[Gap]) -> Gap:
    return Gap(
        number,
        source,
        target,
        tuple(sorted({each for gap in gaps for each in gap.data})),
        tuple(each for gap in gaps for each in gap.why),
        tuple(each for gap in gaps for each in gap.fingerprints),
    )


def _worst(found: Iterable[Sensitivity]) -> Sensitivity:
    """What may be sensitive goes before what surely is not."""
    there = set(found)
    order: tuple[Sensitivity, ...] = (*SENSITIVITIES[:3], "unknown", "none")
    return next((each for each in order if each in there), "unknown")
