"""A chip of the lane map: a tool, or in a bundled map what a capability has."""

from __future__ import annotations

from itertools import chain
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.model import Chip
from stackaudit.figures.lanes.place import PlacedChip
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.lanes.parts import SIZE, SMALL, Drawing, ground, label, middle
from stackaudit.outputs.svg.palette import SIGNS

_SIGN: Final = 20.0
_PILL: Final = 32.0


def draw_chip(parent: ET.Element, drawing: Drawing, placed: PlacedChip) -> None:
    """Its sign, its name, how many flows go through it and how many findings it has."""
    chip, rect = placed.chip, placed.rect
    group = ET.SubElement(parent, "g", {"class": f"chip {chip.lifecycle}", "data-tool": chip.id})
    ET.SubElement(group, "title").text = visible(
        drawing.words.said_of(chip, bundled=drawing.placed.found.bundled)
    )
    outline = ground(group, rect, 6, drawing.palette.chip, "chip-ground", drawing.palette.edge)
    if chip.lifecycle == "planned":
        outline.set("stroke-dasharray", "4 3")
    _sign(group, drawing, chip, rect)
    _name(group, drawing, chip, rect)
    if chip.carries:
        right = rect.right - (_PILL + 11 if chip.count else 8)
        passes = label(group, f"⇄{chip.carries}", right, rect.middle + 4, SMALL,
                       drawing.palette.faint, "faint")  # fmt: skip
        passes.set("text-anchor", "end")
    if chip.count:
        _pill(group, drawing, chip, rect)


def _sign(group: ET.Element, drawing: Drawing, chip: Chip, rect: Rect) -> None:
    """How sensitive its data is: a color, and a letter that says the same."""
    color = drawing.palette.sensitivity[chip.sensitivity]
    sign = Rect(rect.left + 7, _SIGN, rect.middle - _SIGN / 2, _SIGN)
    radius = 10 if chip.sensitivity in ("none", "unknown") else 4
    ground(group, sign, radius, color, f"fill-{chip.sensitivity}")
    mark = label(group, SIGNS[chip.sensitivity], sign.left + _SIGN / 2, sign.middle + 4.5,
                 SIZE, drawing.palette.chip, "on-fill")  # fmt: skip
    middle(mark, bold=True)


def _name(group: ET.Element, drawing: Drawing, chip: Chip, rect: Rect) -> None:
    left = rect.left + _SIGN + 14
    room = rect.right - left - (_PILL + 10 if chip.count else 8) - (26 if chip.carries else 0)
    name, after, placed = visible(chip.name), "", drawing.placed
    if placed.found.bundled and placed.sizes.box_head:
        name = visible(drawing.words.counted(chip))
    elif placed.found.bundled:
        name, after = name or drawing.words.no_capability, _times(chip)
    # two lines of large letters have room in chips that stand for their box
    sizes = (SMALL,) if placed.sizes.box_head else (SIZE, SMALL)
    size, lines = _fitted(name, after, room, sizes)
    first = rect.middle + size * 0.35 - (len(lines) - 1) * size * 0.6
    for number, line in enumerate(lines):
        y = first + number * size * 1.2
        label(group, line, left, y, size, drawing.palette.ink, "ink")


def _pill(group: ET.Element, drawing: Drawing, chip: Chip, rect: Rect) -> None:
    """How many findings, in the color and with the letter of the worst."""
    worst = chip.worst
    assert worst is not None
    pill = Rect(rect.right - _PILL - 5, _PILL, rect.middle - 9, 18)
    ground(group, pill, 9, drawing.palette.severity[worst], f"severity-{worst.word}")
    shown = f"{drawing.words.letters[worst]}{chip.count if chip.count < 1000 else '999'}"
    text = label(group, shown, pill.left + _PILL / 2, pill.middle + 4, SMALL,
                 drawing.palette.on_severity, "on-severity")  # fmt: skip
    middle(text, bold=True)


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
