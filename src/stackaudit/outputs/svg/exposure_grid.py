"""Review state × sensitivity: how many tools are where, the urgent squares in strong colors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.exposure import STATES, Exposure, ReviewState
from stackaudit.figures.sensitivity import SENSITIVITIES, Sensitivity
from stackaudit.outputs.svg import shapes
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.palette import LIGHT, SIGNS, Danger, Palette

WIDTH: Final = 1600.0
_NAME: Final = 230.0
_HEAD: Final = 58.0
_ROW: Final = 92.0
_LINES: Final = 3
_LETTERS: Final = 14.0
_COLUMN: Final = (WIDTH - _NAME) / len(SENSITIVITIES)


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says, in the language of the report."""

    title: str
    description: str
    states: Mapping[ReviewState, str]
    sensitivities: Mapping[Sensitivity, str]
    more: Callable[[int], str]


def danger_of(state: ReviewState, sensitivity: Sensitivity) -> Danger:
    """How urgent a square is: what is not approved is the graver the more sensitive the data."""
    if sensitivity == "unknown" or state == "unknown":
        return "open"
    if state == "approved" or sensitivity == "none":
        return "calm"
    if state == "rejected" or sensitivity == "special":
        return "grave"
    if state == "none":
        return "grave" if sensitivity == "personal" else "serious"
    return "serious" if state in ("expired", "changed") else "slight"


def draw(found: Exposure, words: Words, palette: Palette = LIGHT) -> str:
    """The picture as the text of an SVG document; states without a tool have no row."""
    states = [each for each in STATES if any(found.square(each, other) for other in SENSITIVITIES)]
    height = _HEAD + len(states) * _ROW
    svg = shapes.picture(WIDTH, height, "exposure", words.title, words.description)
    for column, sensitivity in enumerate(SENSITIVITIES):
        _head(svg, sensitivity, _NAME + column * _COLUMN, words, palette)
    for row, state in enumerate(states):
        top = _HEAD + row * _ROW
        shapes.label(svg, words.states[state], 0, top + _ROW / 2 + 6, 18, palette.ink,
                     most=_NAME - 16, bold=True)  # fmt: skip
        for column, sensitivity in enumerate(SENSITIVITIES):
            rect = Rect(_NAME + column * _COLUMN + 3, _COLUMN - 6, top + 3, _ROW - 6)
            _square(svg, found, (state, sensitivity), rect, words, palette)
    return shapes.written(svg)


def _head(
    svg: ET.Element, sensitivity: Sensitivity, left: float, words: Words, palette: Palette
) -> None:
    round_ = sensitivity in ("none", "unknown")
    color = palette.sensitivity[sensitivity]
    shapes.box(svg, Rect(left + 6, 24, 16, 24), color, f"fill-{sensitivity}", 12 if round_ else 5)
    shapes.label(svg, SIGNS[sensitivity], left + 18, 33.5, 15, palette.chip, "on-fill",
                 bold=True, anchor="middle")  # fmt: skip
    shapes.label(svg, words.sensitivities[sensitivity], left + 38, 34, 16, palette.ink,
                 most=_COLUMN - 42, bold=True)  # fmt: skip


def _square(
    svg: ET.Element,
    found: Exposure,
    at: tuple[ReviewState, Sensitivity],
    rect: Rect,
    words: Words,
    palette: Palette,
) -> None:
    tools = found.square(*at)
    if not tools:
        shapes.box(svg, rect, palette.lane, "lane", 6)
        return
    danger = danger_of(*at)
    says = f"{words.states[at[0]]}, {words.sensitivities[at[1]]}: {len(tools)}"
    group = shapes.group(svg, says, class_="square", data_tools=" ".join(e.id for e in tools))
    shapes.box(group, rect, palette.danger[danger], f"danger-{danger}", 6)
    number = str(len(tools))
    shapes.label(group, number, rect.left + 14, rect.middle + 12, 34, palette.ink, bold=True)
    left = rect.left + 24 + writing.width(number, 34)
    most = rect.right - left - 8
    shown = tools if len(tools) <= _LINES else tools[: _LINES - 1]
    texts = [each.name for each in shown]
    if len(shown) < len(tools):
        texts.append(words.more(len(tools) - len(shown)))
    y = rect.middle - (len(texts) - 1) * _LETTERS * 0.65 + 5
    for text in texts:
        shapes.label(group, text, left, y, _LETTERS, palette.ink, most=most)
        y += _LETTERS * 1.3
