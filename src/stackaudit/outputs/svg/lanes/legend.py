"""The legend of the lane map: what the signs, letters and lines mean, in two rows."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.place import LEGEND, MARGIN
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.lanes.parts import (
    DASHES,
    GAP_DOTS,
    SMALL,
    Drawing,
    ground,
    label,
    middle,
)
from stackaudit.outputs.svg.palette import SIGNS
from stackaudit.outputs.svg.shapes import short
from stackaudit.rules.severity import Severity


def draw_legend(svg: ET.Element, drawing: Drawing) -> None:
    """Signs and letters in one row, lines below."""
    group = ET.SubElement(svg, "g", {"class": "legend"})
    top = drawing.placed.height - LEGEND + 14
    left = _sensitivities(group, drawing, MARGIN, top)
    _severities(group, drawing, left, top)
    left = _lines(group, drawing, MARGIN, top + 26)
    left = _word(group, drawing, f"⇄ {drawing.words.carries}", left, top + 38)
    placed = drawing.placed
    if not placed.sizes.box_head and any(len(each.tools) > 1 for each in placed.found.chips):
        _word(group, drawing, f"×2 = 2 {drawing.words.tools}", left, top + 38)


def _sensitivities(group: ET.Element, drawing: Drawing, left: float, top: float) -> float:
    palette = drawing.palette
    for name, said in drawing.words.sensitivities.items():
        radius = 8 if name in ("none", "unknown") else 3
        ground(group, Rect(left, 16, top, 16), radius, palette.sensitivity[name], f"fill-{name}")
        sign = label(group, SIGNS[name], left + 8, top + 12, SMALL, palette.chip, "on-fill")
        middle(sign)
        left = _word(group, drawing, said, left + 21, top + 12)
    return left


def _severities(group: ET.Element, drawing: Drawing, left: float, top: float) -> None:
    palette, words = drawing.palette, drawing.words
    for severity in sorted(Severity, reverse=True):
        class_ = f"severity-{severity.word}"
        ground(group, Rect(left, 26, top, 16), 8, palette.severity[severity], class_)
        letter = label(group, words.letters[severity], left + 13, top + 12, SMALL,
                       palette.on_severity, "on-severity")  # fmt: skip
        middle(letter)
        left = _word(group, drawing, words.severities[severity], left + 31, top + 12)


def _lines(group: ET.Element, drawing: Drawing, left: float, top: float) -> float:
    words = drawing.words
    for style, said in (*words.styles.items(), ("gap", words.missing)):
        _line(group, drawing, style, left, top + 8)
        left = _word(group, drawing, said, left + 42, top + 12)
    return left


def _line(group: ET.Element, drawing: Drawing, style: str, left: float, y: float) -> None:
    gap = style == "gap"
    attributes = {
        "d": f"M{short(left)} {short(y)}h36", "fill": "none", "stroke-width": "2",
        "stroke": drawing.palette.gap if gap else drawing.palette.ink,
        "class": "stroke-gap" if gap else "stroke-ink",
    }  # fmt: skip
    if style in DASHES:
        attributes["stroke-dasharray"] = DASHES[style]
    if gap:
        attributes |= {"stroke-dasharray": GAP_DOTS, "stroke-linecap": "round"}
    ET.SubElement(group, "path", attributes)


def _word(group: ET.Element, drawing: Drawing, said: str, left: float, base: float) -> float:
    """A word of the legend; returns where the next may begin."""
    label(group, said, left, base, SMALL + 0.5, drawing.palette.faint, "faint")
    return left + writing.width(said, SMALL + 0.5) + 18
