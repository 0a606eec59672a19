"""The signs of the lane map, and the legend that says what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.map_scale import ROOM
from stackaudit.outputs.report.slides.parts import Dashes, Pen
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.lanes.words import Words
from stackaudit.outputs.svg.palette import LIGHT, SIGNS
from stackaudit.rules.severity import Severity

_LEGEND: Final = 633.0
_HEIGHT: Final = 48.0
_ROW: Final = 22.0
_GAP: Final = 12.0
SMALLEST: Final = 9.0
"""Letters on the map."""
_SIZES: Final = (11.0, 10.5, 10.0, 9.5, SMALLEST)
_FALLING: Final = tuple(sorted(Severity, reverse=True))
DASHES: Final[Mapping[str, Dashes]] = {
    "machine": "", "by_hand": "dash", "planned": "sysDash", "broken": "lgDashDot",
}  # fmt: skip
GAP_PEN: Final = Pen(LIGHT.gap, 2.25, "sysDot", arrow=True, round=True)
"""How a missing flow is drawn."""
_ORDER: Final = ("broken", "machine", "by_hand", "planned")


def sign(canvas: Canvas, sensitivity: Sensitivity, at: Rect) -> None:
    """The sensitivity by color, by form and by a letter."""
    size = max(at.height * 0.7 / fit.PX, SMALLEST)
    letter = Text(SIGNS[sensitivity], size, True, LIGHT.chip, "ctr")
    canvas.box(
        at, letter, name=f"Sign {sensitivity}", fill=LIGHT.sensitivity[sensitivity], anchor="ctr",
        form="ellipse" if sensitivity in ("none", "unknown") else "roundRect",
    )  # fmt: skip


def pill(canvas: Canvas, severity: Severity, text: str, at: Rect) -> None:
    """How many findings, in the color of the worst."""
    shown = Text(text, pill_size(at.height), True, LIGHT.on_severity, "ctr")
    canvas.box(
        at, shown, name=f"Findings {severity.word}",
        fill=LIGHT.severity[severity], form="roundRect", anchor="ctr",
    )  # fmt: skip


def pill_size(height: float) -> float:
    """Of the letters in a pill of that height."""
    return min(max(height * 0.8 / fit.PX, SMALLEST), 11.0)


def legend(canvas: Canvas, words: Words) -> None:
    """What signs, letters and lines mean, in two rows or three, in letters with which they fit."""
    whole = Rect(ROOM.left, ROOM.width, _LEGEND, _HEIGHT)
    group = canvas.group(whole, "Legend", ", ".join(words.sensitivities.values()))
    sensitivities = [(words.sensitivities[each], 20.0) for each in SENSITIVITIES]
    severities = [(words.severities[each], 30.0) for each in _FALLING]
    lines = [(words.styles[each], 40.0) for each in _ORDER]
    lines += [(words.missing, 40.0), (f"⇄ {words.carries}", 0.0)]
    ways = (([*sensitivities, *severities], lines), (sensitivities, [*severities, *lines]))
    rows: tuple[_Row, ...] = max(ways, key=_largest)  # words are of other lengths in each language
    size, high = _largest(rows), _ROW
    if not _fits(rows, size):
        rows, high = (sensitivities, severities, lines), whole.height / 3
        size = min(_largest(rows), high / fit.high(1, 1))
    places = [
        left
        for number, row in enumerate(rows)
        for left in _placed(group, row, whole.top + number * high, size)
    ]
    for sensitivity, (left, top) in zip(SENSITIVITIES, places, strict=False):
        sign(group, sensitivity, Rect(left, 14, top + 2, 14))
    for severity, (left, top) in zip(_FALLING, places[len(SENSITIVITIES) :], strict=False):
        pill(group, severity, words.letters[severity], Rect(left, 24, top + 2, 14))
    pens = [*(Pen(LIGHT.ink, 1.25, DASHES[each], arrow=True) for each in _ORDER), GAP_PEN]
    for pen, (left, top) in zip(pens, places[-len(lines) :], strict=False):
        group.line((left, top + 9), (left + 34, top + 9), pen)


_Row = Sequence[tuple[str, float]]
"""Words, each with the room for the sign before it."""


def _largest(rows: Sequence[_Row]) -> float:
    """The largest letters with which all rows fit."""
    return next((each for each in _SIZES if _fits(rows, each)), _SIZES[-1])


def _fits(rows: Sequence[_Row], size: float) -> bool:
    return all(_wide(row, size) <= ROOM.width for row in rows)


def _wide(row: _Row, size: float) -> float:
    return sum(before + fit.wide(visible(text), size) + 4 + _GAP for text, before in row)


def _placed(canvas: Canvas, row: _Row, top: float, size: float) -> list[tuple[float, float]]:
    """Write a row of the legend; returns where the sign before each word stands."""
    found, left = list[tuple[float, float]](), ROOM.left
    for text, before in row:
        found.append((left, top))
        width = fit.wide(visible(text), size) + 4
        at = Rect(left + before, width, top, 18)
        canvas.label(at, Text(text, size, color=LIGHT.faint), anchor="ctr")
        left = at.right + _GAP
    return found


def sizes(highest: float, least: float) -> tuple[float, ...]:
    """Sizes of letters to try, in tenths of a point, down to a part of the highest."""
    tenths, smallest = int(highest * 10), int(SMALLEST * 10)
    lowest = max(int(tenths * least), smallest)
    return (*(each / 10 for each in range(tenths, lowest, -2)), lowest / 10)


def fitting(
    name: str, room: float, height: float, tried: tuple[float, ...], *, bold: bool = True
) -> tuple[float, int]:
    """The letters of a name, and its lines: two where one is too short for it."""
    size = fit.size_for(name, room, tried, 1, bold=bold)
    if fit.count(name, room, size, bold=bold) == 1:
        return size, 1
    both = tuple(each for each in tried if fit.high(2, each, name) <= height)
    return (fit.size_for(name, room, both, 2, bold=bold), 2) if both else (size, 1)
