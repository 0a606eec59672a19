"""The lane map as SVG, that stands alone or inside a page.

Every color is an attribute (so that any program can draw it) and has a class (so that a page can
give it another color in a dark theme). Each chip, link and gap names what it stands for in `data-`
attributes, for a page that highlights them, and in a title, for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import ceil
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Chip, Gap, Link
from stackaudit.figures.lanes.place import (
    BOX_HEAD,
    LANE_HEAD,
    LEGEND,
    MARGIN,
    Placed,
    PlacedChip,
    PlacedGap,
)
from stackaudit.figures.lanes.route import Path, Rect
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, SIGNS, Palette
from stackaudit.rules.severity import Severity

FONT: Final = (
    "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', "
    "sans-serif"
)
SIZE: Final = 13.0
SMALL: Final = 11.5
_DASHES: Final = {"by_hand": "7 5", "planned": "1.5 5", "broken": "12 4 2 4"}
_SIGN: Final = 20.0
_PILL: Final = 32.0


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


def draw(placed: Placed, palette: Palette = LIGHT, words: Words = ENGLISH) -> str:
    """The picture as the text of an SVG document."""
    return ET.tostring(_Drawing(placed, palette, words).root(), encoding="unicode")


@dataclass(frozen=True, slots=True)
class _Drawing:
    placed: Placed
    palette: Palette
    words: Words

    def root(self) -> ET.Element:
        """The whole picture; lines lie under the chips."""
        placed = self.placed
        svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_n(placed.width)} {_n(placed.height)}",
                "role": "img",
                "class": "lane-map",
                "font-family": FONT,
            },
        )
        ET.SubElement(svg, "title").text = self.words.title
        ET.SubElement(svg, "desc").text = self.words.description
        self._markers(svg)
        whole = Rect(0, placed.width, 0, placed.height)
        _rect(svg, whole, 0, self.palette.paper, "paper")
        self._lanes(svg)
        self._boxes(svg)
        links = ET.SubElement(svg, "g", {"class": "links", "fill": "none"})
        for link in placed.links:
            self._link(links, link.link, link.path)
        chips = ET.SubElement(svg, "g", {"class": "chips"})
        for chip in placed.chips:
            self._chip(chips, chip)
        for draw_part in (self._gap_line, self._gap_number):  # no line crosses a number
            gaps = ET.SubElement(svg, "g", {"class": "gaps", "fill": "none"})
            for gap in placed.gaps:
                draw_part(self._gap(gaps, gap.gap), gap)
        self._legend(svg)
        return svg

    def _legend(self, svg: ET.Element) -> None:
        """What the signs, lines and letters mean, in two rows."""
        group = ET.SubElement(svg, "g", {"class": "legend"})
        top = self.placed.height - LEGEND + 14
        left = MARGIN
        for name, label in self.words.sensitivities.items():
            color = self.palette.sensitivity[name]
            sign = Rect(left, 16, top, 16)
            _rect(group, sign, 8 if name in ("none", "unknown") else 3, color, f"fill-{name}")
            mark = _text(
                group, SIGNS[name], left + 8, top + 12, SMALL, self.palette.chip, "on-fill"
            )
            mark.set("text-anchor", "middle")
            left = self._label(group, label, left + 21, top + 12)
        for severity in sorted(Severity, reverse=True):
            pill = Rect(left, 26, top, 16)
            _rect(group, pill, 8, self.palette.severity[severity], f"severity-{severity.word}")
            letter = _text(group, self.words.letters[severity], left + 13, top + 12, SMALL,
                           self.palette.on_severity, "on-severity")  # fmt: skip
            letter.set("text-anchor", "middle")
            left = self._label(group, self.words.severities[severity], left + 31, top + 12)
        left, top = MARGIN, top + 26
        for style, label in (*self.words.styles.items(), ("gap", self.words.missing)):
            line = {
                "d": f"M{_n(left)} {_n(top + 8)}h36", "fill": "none", "stroke-width": "2",
                "stroke": self.palette.gap if style == "gap" else self.palette.ink,
                "class": "stroke-gap" if style == "gap" else "stroke-ink",
            }  # fmt: skip
            if style in _DASHES:
                line["stroke-dasharray"] = _DASHES[style]
            if style == "gap":
                line |= {"stroke-dasharray": "0.5 7", "stroke-linecap": "round"}
            ET.SubElement(group, "path", line)
            left = self._label(group, label, left + 42, top + 12)
        left = self._label(group, f"⇄ {self.words.carries}", left, top + 12)
        if not self.placed.sizes.box_head and any(
            len(e.tools) > 1 for e in self.placed.found.chips
        ):
            self._label(group, f"×2 = 2 {self.words.tools}", left, top + 12)

    def _label(self, group: ET.Element, label: str, left: float, base: float) -> float:
        """A word of the legend; returns where the next may begin."""
        _text(group, label, left, base, SMALL + 0.5, self.palette.faint, "faint")
        return left + writing.width(label, SMALL + 0.5) + 18

    def _markers(self, svg: ET.Element) -> None:
        """Arrow heads, one for each color of line."""
        defs = ET.SubElement(svg, "defs")
        colors: dict[str, str] = {"gap": self.palette.gap}
        colors.update((str(name), color) for name, color in self.palette.sensitivity.items())
        for name, color in colors.items():
            marker = ET.SubElement(defs, "marker", {
                "id": f"head-{name}", "viewBox": "0 0 8 8", "refX": "7", "refY": "4",
                "markerWidth": "8", "markerHeight": "8", "orient": "auto",
                "markerUnits": "userSpaceOnUse",
            })  # fmt: skip
            ET.SubElement(
                marker, "path", {"d": "M0 0.5 8 4 0 7.5z", "fill": color, "class": f"fill-{name}"}
            )

    def _lanes(self, svg: ET.Element) -> None:
        page = self.placed.sizes.page or self.placed.height
        for name, rect in self.placed.lanes:
            wide = Rect(rect.left - 10, rect.width + 20, rect.top, rect.height)
            _rect(svg, wide, 10, self.palette.lane, "lane")
            label = self.words.lanes.get(name, name)
            shown = writing.cut(label, rect.width, 19)
            for number in range(ceil(rect.height / page)):
                top = number * page + LANE_HEAD - 14
                text = _text(svg, shown, rect.left, top, 19, self.palette.ink, "ink")
                text.set("font-weight", "700")

    def _boxes(self, svg: ET.Element) -> None:
        head = self.placed.sizes.box_head
        if not head:
            return
        for each in self.placed.boxes:
            rect = each.rect
            _rect(svg, rect, 8, self.palette.box, "box", self.palette.edge)
            name = visible(each.box.name) or self.words.no_capability
            group = ET.SubElement(svg, "g")
            ET.SubElement(group, "title").text = name
            room = rect.width - 16
            size = SIZE if writing.width(name, SIZE) <= room else SMALL
            shown = writing.cut(name, room, size)
            y = rect.top + head * 18 / BOX_HEAD
            text = _text(group, shown, rect.left + 8, y, size, self.palette.faint, "faint")
            text.set("font-weight", "600")

    def _chip(self, parent: ET.Element, placed: PlacedChip) -> None:
        chip, rect = placed.chip, placed.rect
        group = ET.SubElement(
            parent, "g", {"class": f"chip {chip.lifecycle}", "data-tool": chip.id}
        )
        ET.SubElement(group, "title").text = visible(
            self.words.said_of(chip, bundled=self.placed.found.bundled)
        )
        outline = _rect(group, rect, 6, self.palette.chip, "chip-ground", self.palette.edge)
        if chip.lifecycle == "planned":
            outline.set("stroke-dasharray", "4 3")
        color = self.palette.sensitivity[chip.sensitivity]
        sign = Rect(rect.left + 7, _SIGN, rect.middle - _SIGN / 2, _SIGN)
        _rect(group, sign, 10 if chip.sensitivity in ("none", "unknown") else 4, color,
              f"fill-{chip.sensitivity}")  # fmt: skip
        mark = _text(group, SIGNS[chip.sensitivity], sign.left + _SIGN / 2, sign.middle + 4.5,
                     SIZE, self.palette.chip, "on-fill")  # fmt: skip
        mark.set("text-anchor", "middle")
        mark.set("font-weight", "700")
        self._name(group, chip, rect)
        if chip.carries:
            right = rect.right - (_PILL + 11 if chip.count else 8)
            passes = _text(group, f"⇄{chip.carries}", right, rect.middle + 4, SMALL,
                           self.palette.faint, "faint")  # fmt: skip
            passes.set("text-anchor", "end")
        if chip.count:
            self._pill(group, chip, rect)

    def _name(self, group: ET.Element, chip: Chip, rect: Rect) -> None:
        left = rect.left + _SIGN + 14
        room = rect.right - left - (_PILL + 10 if chip.count else 8) - (26 if chip.carries else 0)
        name, after, found = visible(chip.name), "", self.placed.found
        if found.bundled and self.placed.sizes.box_head:
            name = visible(self.words.counted(chip))
        elif found.bundled:
            name, after = name or self.words.no_capability, _times(chip)
        # two lines of large letters have room in chips that stand for their box
        sizes = (SMALL,) if self.placed.sizes.box_head else (SIZE, SMALL)
        size, lines = _fitted(name, after, room, sizes)
        first = rect.middle + size * 0.35 - (len(lines) - 1) * size * 0.6
        for number, line in enumerate(lines):
            _text(group, line, left, first + number * size * 1.2, size, self.palette.ink, "ink")

    def _pill(self, group: ET.Element, chip: Chip, rect: Rect) -> None:
        """How many findings, in the color and with the letter of the worst."""
        worst = chip.worst
        assert worst is not None
        pill = Rect(rect.right - _PILL - 5, _PILL, rect.middle - 9, 18)
        color = self.palette.severity[worst]
        _rect(group, pill, 9, color, f"severity-{worst.word}")
        shown = f"{self.words.letters[worst]}{chip.count if chip.count < 1000 else '999'}"
        text = _text(group, shown, pill.left + _PILL / 2, pill.middle + 4, SMALL,
                     self.palette.on_severity, "on-severity")  # fmt: skip
        text.set("text-anchor", "middle")
        text.set("font-weight", "700")

    def _link(self, parent: ET.Element, link: Link, path: Path) -> None:
        attributes = {
            "class": f"link stroke-{link.sensitivity} {link.style}",
            "data-from": link.source,
            "data-to": link.target,
            "d": _d(path),
            "stroke": self.palette.sensitivity[link.sensitivity],
            "stroke-width": "2",
            "stroke-opacity": "0.75",
            "marker-end": f"url(#head-{link.sensitivity})",
        }
        if link.style in _DASHES:
            attributes["stroke-dasharray"] = _DASHES[link.style]
        line = ET.SubElement(parent, "path", attributes)
        data = visible(", ".join(link.data)) or self.words.sensitivities["unknown"]
        ends = visible(f"{link.source} → {link.target}")
        ET.SubElement(line, "title").text = f"{ends}: {data}; {self.words.styles[link.style]}"

    def _gap(self, parent: ET.Element, gap: Gap) -> ET.Element:
        group = ET.SubElement(
            parent,
            "g",
            {"class": "gap", "data-from": gap.source, "data-to": gap.target},
        )
        why = visible(". ".join(gap.why))
        ET.SubElement(group, "title").text = f"{self.words.missing} {gap.number}: {why}"
        return group

    def _gap_line(self, group: ET.Element, gap: PlacedGap) -> None:
        ET.SubElement(group, "path", {
            "d": _d(gap.path), "stroke": self.palette.gap, "class": "stroke-gap",
            "stroke-width": "2.5", "stroke-linecap": "round",
            "stroke-dasharray": "0.5 7", "marker-end": "url(#head-gap)",
        })  # fmt: skip

    def _gap_number(self, group: ET.Element, gap: PlacedGap) -> None:
        x, y = gap.label
        ET.SubElement(group, "circle", {
            "cx": _n(x), "cy": _n(y), "r": "10", "fill": self.palette.gap, "class": "fill-gap",
        })  # fmt: skip
        text = _text(group, str(gap.gap.number), x, y + 4.2, 12, self.palette.paper, "on-fill")
        text.set("text-anchor", "middle")
        text.set("font-weight", "700")


def _times(chip: Chip) -> str:
    """How many tools a chip stands for, in short; nothing for one."""
    return f" ×{len(chip.tools)}" if len(chip.tools) > 1 else ""


def _fitted(
    name: str, after: str, room: float, sizes: tuple[float, ...]
) -> tuple[float, list[str]]:
    """The size of letters and the lines: one if it fits, else two, cut if that is too little.

    Smaller letters go before a broken word, and that before a cut name.
    """
    if writing.width(name + after, SIZE) <= room:
        return SIZE, [name + after]
    tried = [(size, writing.lines(name, room, size, end=after)) for size in sizes]
    parted = (each for each in tried if " ".join(each[1]) == name + after)
    whole = (each for each in tried if not _is_cut(each[1][-1].removesuffix(after)))
    return next(chain(parted, whole), tried[-1])


def _is_cut(line: str) -> bool:
    return line.endswith(writing.ELLIPSIS)


def _rect(
    parent: ET.Element, rect: Rect, radius: float, fill: str, class_: str, stroke: str | None = None
) -> ET.Element:
    attributes = {
        "x": _n(rect.left), "y": _n(rect.top), "width": _n(rect.width), "height": _n(rect.height),
        "rx": _n(radius), "fill": fill, "class": class_,
    }  # fmt: skip
    if stroke is not None:
        attributes["stroke"] = stroke
    return ET.SubElement(parent, "rect", attributes)


def _text(
    parent: ET.Element, text: str, x: float, y: float, size: float, fill: str, class_: str
) -> ET.Element:
    element = ET.SubElement(parent, "text", {
        "x": _n(x), "y": _n(y), "font-size": _n(size), "fill": fill, "class": class_,
    })  # fmt: skip
    element.text = text
    return element


def _d(path: Path) -> str:
    """The commands of a path; a level stretch needs no more than its end."""
    parts = [f"M{_n(path[0].start.x)} {_n(path[0].start.y)}"]
    for curve in path:
        points = (curve.first, curve.second, curve.end)
        if {_n(point.y) for point in points} == {_n(curve.start.y)}:
            parts.append(f"H{_n(curve.end.x)}")
        else:
            parts.append("C" + " ".join(f"{_n(point.x)} {_n(point.y)}" for point in points))
    return "".join(parts)


def _n(number: float) -> str:
    """A length with a tenth at most: enough, short, and the same on every platform."""
    return f"{number:.1f}".removesuffix(".0")
