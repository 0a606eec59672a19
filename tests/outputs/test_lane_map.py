"""The lane map as SVG: one structure whatever the names, and nothing that runs or is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from stackaudit.figures.lanes.build import lane_map
from stackaudit.figures.lanes.model import Gap, LaneMap
from stackaudit.figures.lanes.place import placed
from stackaudit.outputs.svg.lane_map import draw
from stackaudit.outputs.svg.palette import DARK, LIGHT, Palette
from stackaudit.outputs.svg.text import ELLIPSIS, cut, lines, width
from tests.outputs.hostile import HOSTILE
from tests.stacks import UNREVIEWED, audited


@cache
def harmless() -> LaneMap:
    return lane_map(audited(UNREVIEWED, "security"))


def picture(name: str = "Mailer", palette: Palette = LIGHT) -> str:
    found = harmless()
    lanes = tuple(
        replace(lane, boxes=tuple(replace(box, name=name, chips=tuple(
            replace(chip, name=name) for chip in box.chips)) for box in lane.boxes))
        for lane in found.lanes
    )  # fmt: skip
    links = tuple(replace(link, data=(name,)) for link in found.links)
    return draw(placed(replace(found, lanes=lanes, links=links)), palette)


def shape(svg: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes; text broken over lines counts as one."""
    found = [(each.tag, tuple(each.attrib)) for each in ET.fromstring(svg).iter()]
    return [each for n, each in enumerate(found) if n == 0 or each != found[n - 1]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_changes_nothing_but_text(name: str) -> None:
    assert shape(picture(name)) == shape(picture("x" * len(name)))


def test_nothing_runs_and_nothing_is_fetched() -> None:
    svg = picture("<script>alert(1)</script>")
    assert "<script" not in svg
    assert not re.search(r"(?:href|src|on\w+|style)=", svg)
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {
        f"#head-{n}" for n in (*LIGHT.sensitivity, "gap")
    }


def test_every_color_comes_from_the_palette() -> None:
    used = set(re.findall(r"#[0-9a-f]{6}\b", picture(palette=DARK)))
    known = {DARK.paper, DARK.lane, DARK.box, DARK.chip, DARK.edge, DARK.ink, DARK.faint, DARK.gap}
    assert used <= known | {*DARK.sensitivity.values(), *DARK.severity.values(), DARK.on_severity}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_what_is_written_can_be_read(palette: Palette) -> None:
    grounds = [palette.paper, palette.lane, palette.box, palette.chip]
    for ground in grounds:
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.faint, ground) >= 4.5
    for color in palette.severity.values():
        assert contrast(palette.on_severity, color) >= 4.5
    for color in palette.sensitivity.values():
        assert contrast(palette.chip, color) >= 3
        assert contrast(palette.lane, color) >= 3
    assert contrast(palette.gap, palette.lane) >= 3


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_long_name_is_broken_and_then_cut_and_whole_in_its_title() -> None:
    name = "The Extraordinarily Long Name Of A Marketing Automation Suite For Enterprises"
    svg = picture(name)
    assert ELLIPSIS in svg
    assert f"<title>{name};" in svg


@pytest.mark.parametrize("text", ["", "a", "word " * 20, "x" * 80, "株式会社" * 10])
def test_lines_fit(text: str) -> None:
    found = lines(text, 100, 12)
    assert len(found) <= 2
    assert all(width(line, 12) <= 100 for line in found)


def test_cutting_keeps_what_fits() -> None:
    assert cut("short", 100, 12) == "short"
    assert cut("far too long for this", 60, 12).endswith(ELLIPSIS)


def test_no_line_crosses_the_number_of_a_missing_flow() -> None:
    found = harmless()
    ends = found.ends[0]
    gaps = tuple(Gap(n, *ends, ("contact",), ("why",), ("f" * 32,)) for n in (1, 2))
    svg = ET.fromstring(draw(placed(replace(found, gaps=gaps))))
    ways, numbers = svg.findall("{*}g[@class='gaps']")
    assert [len(ways.findall(f"*/{{*}}{each}")) for each in ("path", "circle")] == [2, 0]
    assert [len(numbers.findall(f"*/{{*}}{each}")) for each in ("path", "circle")] == [0, 2]
    assert list(svg).index(ways) < list(svg).index(numbers)
    for gap in (*ways, *numbers):
        assert (gap.get("data-from"), gap.get("data-to")) == ends
