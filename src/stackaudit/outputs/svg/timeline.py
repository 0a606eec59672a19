"""The renewals of the next twelve months on a time line, with the last days to give notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.renewals import Renewal, Renewals
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, Palette

WIDTH: Final = 1600.0
MOST: Final = 30
"""So many contracts are drawn; a table has the others."""
_NAMES: Final = 300.0
_MONEY: Final = 150.0
_HEAD: Final = 46.0
ROW: Final = 38.0
_LEGEND: Final = 50.0
_URGENT: Final = 30
"""Days before a deadline from which on it is shown as pressing, as the rule on it has it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    month: Callable[[dt.date], str]
    """A short name of a month."""
    says: Callable[[Renewal], str]
    """Everything about a contract, in words."""
    money: Callable[[float], str]
    passed: str
    """That the last day to give notice is over."""
    deadline: str
    renews: str
    by_itself: str
    """That it renews by itself."""
    more: Callable[[int], str]


def draw(found: Renewals, words: Words, palette: Palette = LIGHT, row: float = ROW) -> str:
    """The picture as the text of an SVG document, with rows of that height."""
    shown = found.soon[:MOST]
    hidden = len(found.soon) - len(shown)
    bottom = _HEAD + len(shown) * row + (row if hidden else 0)
    svg = shapes.picture(WIDTH, bottom + _LEGEND, "timeline", words.title, words.description)
    for number in range(len(shown)):
        ground = Rect(0, WIDTH, _HEAD + number * row + 2, row - 4)
        shapes.box(svg, ground, palette.lane, "lane", 5)
    _months(svg, found, bottom, words, palette)
    for number, each in enumerate(shown):
        _row(svg, each, _HEAD + (number + 0.5) * row, words, palette)
    if hidden:
        y = bottom - row / 2 + 6
        shapes.label(svg, words.more(hidden), 0, y, 17, palette.faint, "faint", most=_NAMES)
    _legend(svg, bottom + 26, words, palette)
    return shapes.written(svg)


def _x(share: float) -> float:
    return _NAMES + share * (WIDTH - _NAMES - _MONEY - 30)


def _months(
    svg: ET.Element, found: Renewals, bottom: float, words: Words, palette: Palette
) -> None:
    ticks = [(_x(each.x), each.first) for each in found.months]
    shapes.line(svg, f"M{shapes.short(_x(0))} {_HEAD - 8}V{shapes.short(bottom)}", palette.ink,
                "stroke-ink", 2)  # fmt: skip
    for number, (x, first) in enumerate(ticks):
        path = f"M{shapes.short(x)} {_HEAD - 8}V{shapes.short(bottom)}"
        shapes.line(svg, path, palette.edge, "stroke-edge")
        end = ticks[number + 1][0] if number + 1 < len(ticks) else _x(1)
        text = words.month(first)
        if writing.width(text, 16) < end - x:
            shapes.label(svg, text, x + 6, _HEAD - 18, 16, palette.faint, "faint")


def _row(svg: ET.Element, each: Renewal, y: float, words: Words, palette: Palette) -> None:
    tools = " ".join(tool.id for tool in each.tools)
    found = shapes.group(svg, words.says(each), class_="renewal", data_tools=tools)
    shapes.label(found, each.contract.name, 12, y + 6, 17, palette.ink, most=_NAMES - 30,
                 bold=True)  # fmt: skip
    past = each.days_left is not None and each.days_left < 0
    end, start = _x(each.x), _x(each.x_deadline or 0.0)
    if each.deadline is not None:
        path = f"M{shapes.short(start)} {shapes.short(y)}H{shapes.short(end)}"
        color = palette.gap if past else palette.faint
        line = shapes.line(found, path, color, "stroke-gap" if past else "stroke-faint", 4)
        line.set("stroke-linecap", "round")
    shapes.disc(found, end, y, 9, palette.ink, "fill-ink")
    if each.auto_renew:
        shapes.label(found, "↻", end, y + 5, 14, palette.lane, "on-ink", anchor="middle")
    if each.deadline is not None and not past:
        urgent = each.days_left is not None and each.days_left <= _URGENT
        _flag(found, start, y, palette, urgent=urgent)
    if past:
        room = end - _x(0) - 20
        if writing.width(words.passed, 14) <= room:
            shapes.label(found, words.passed, _x(0) + 8, y - 6, 14, palette.gap, "fill-gap")
    if each.cost is not None:
        shapes.label(found, words.money(each.cost), WIDTH - 12, y + 6, 16, palette.ink,
                     anchor="end")  # fmt: skip


def _flag(parent: ET.Element, x: float, y: float, palette: Palette, *, urgent: bool) -> None:
    """The last day to give notice: a triangle that points down to it."""
    left, right = shapes.short(x - 9), shapes.short(x + 9)
    path = f"M{left} {shapes.short(y - 10)}H{right}L{shapes.short(x)} {shapes.short(y + 8)}z"
    color, name = (palette.gap, "fill-gap") if urgent else (palette.faint, "fill-faint")
    ET.SubElement(parent, "path", {"d": path, "fill": color, "class": name})


def _legend(svg: ET.Element, y: float, words: Words, palette: Palette) -> None:
    x = _x(0)
    _flag(svg, x + 10, y, palette, urgent=False)
    shapes.label(svg, words.deadline, x + 28, y + 5, 15, palette.faint, "faint")
    x += 28 + writing.width(words.deadline, 15) + 30
    shapes.disc(svg, x + 9, y, 9, palette.ink, "fill-ink")
    shapes.label(svg, words.renews, x + 26, y + 5, 15, palette.faint, "faint")
    x += 26 + writing.width(words.renews, 15) + 30
    shapes.disc(svg, x + 9, y, 9, palette.ink, "fill-ink")
    shapes.label(svg, "↻", x + 9, y + 5, 14, palette.lane, "on-ink", anchor="middle")
    shapes.label(svg, words.by_itself, x + 26, y + 5, 15, palette.faint, "faint")
