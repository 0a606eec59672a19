"""The lane map as shapes: boxes, chips, and connectors that are glued to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from stackaudit.figures.lanes.bundle import together
from stackaudit.figures.lanes.model import Box, Chip, Gap, Lane, LaneMap, Link
from stackaudit.figures.lanes.place import (
    BOX_HEAD,
    CHIP_HEIGHT,
    LANE_HEAD,
    LEGEND,
    Placed,
    PlacedChip,
    PlacedGap,
    PlacedLink,
    placed,
)
from stackaudit.figures.lanes.place import WIDTH as WHOLE
from stackaudit.figures.lanes.route import Path, Rect
from stackaudit.figures.report.book import Book
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Dashes, Glue, Pen, Side, Text
from stackaudit.outputs.report.slides.deck import BODY, Deck
from stackaudit.outputs.report.slides.numbers import figure_headline, figure_notes
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.lane_map import Words
from stackaudit.outputs.svg.palette import LIGHT, SIGNS
from stackaudit.rules.severity import Severity

_ROOM: Final = Rect(BODY.left, BODY.width, 140.0, 486.0)
_LEGEND: Final = 634.0
_LEAST: Final = 15.0
"""Chips less high than that cannot be read: then capabilities are drawn instead of tools."""
_MOST_LINES: Final = 80
"""With more lines than that the most important ones are drawn."""
_DASHES: Final[Mapping[str, Dashes]] = {
    "machine": "", "by_hand": "dash", "planned": "sysDash", "broken": "lgDashDot",
}  # fmt: skip
_ORDER: Final = ("broken", "machine", "by_hand", "planned")


def drawn_map(book: Book) -> LaneMap:
    """The map that fits on a slide: tools, else capabilities, else the largest of these."""
    detailed = book.lanes.detailed
    found = book.lanes.map
    if _chip_height(found) < _LEAST and not found.bundled:
        found = together(detailed)
    most = max((len(lane.boxes) for lane in found.lanes), default=0)
    while _chip_height(found) < _LEAST and most > 2:
        most -= 1
        found = together(_largest(detailed, most))
    return found


def _chip_height(found: LaneMap) -> float:
    return CHIP_HEIGHT * _ROOM.height / max(placed(found).height - LEGEND, _ROOM.height)


def _largest(found: LaneMap, most: int) -> LaneMap:
    """The map with the smaller capabilities of each lane as one."""
    return replace(found, lanes=tuple(Lane(e.id, _merged(e.boxes, most)) for e in found.lanes))


def _merged(boxes: tuple[Box, ...], most: int) -> tuple[Box, ...]:
    if len(boxes) <= most:
        return boxes
    ranked = sorted(boxes, key=lambda each: (-len(each.chips), each.capability))
    rest = ranked[most - 1 :]
    chips = tuple(chip for box in rest for chip in box.chips)
    return (*ranked[: most - 1], Box("…", f"+ {len(rest)}", chips))


def lane_map_slide(deck: Deck, found: LaneMap) -> None:
    """The slide with the map."""
    book, language = deck.book, deck.language
    page = deck.page(figure_headline(book, language, "apart"))
    if book.lanes.empty is not None:
        page.empty(book.lanes.empty)
    else:
        whole = placed(found)
        drawing = _Drawing.of(whole, language)
        page.caption(_caption(book, drawing, language))
        drawing.draw(page.canvas)
    page.say(language.about("lanes"), *figure_notes(book, language, "apart"))
    page.say(*_connections(found, language))
    deck.finish(page)


def _caption(book: Book, drawing: _Drawing, language: Language) -> str:
    found = drawing.placed.found
    parts = [
        language.word(
            "headline.lanes",
            tools=language.number(found.tools),
            flows=language.number(found.flows),
            missing=language.number(len(found.gaps)),
        )
    ]
    if book.lanes.no_links is not None:
        parts.append(language.reason(book.lanes.no_links))
    if found.bundled:
        parts.append(language.word("slides.lanes.bundled"))
    if len(drawing.links) < len(found.links):
        shown, whole = language.number(len(drawing.links)), language.number(len(found.links))
        parts.append(language.word("slides.lanes.most", shown=shown, whole=whole))
    return "; ".join(each.rstrip(".") for each in parts) + "."


def _connections(found: LaneMap, language: Language) -> list[str]:
    """The missing flows in words."""
    names = {chip.id: chip.name for chip in found.chips}
    return [
        f"{gap.number}. {names[gap.source]} → {names[gap.target]}: {' '.join(gap.why)}"
        for gap in found.gaps
    ]


@dataclass(slots=True)
class _Drawing:
    placed: Placed
    words: Words
    across: float
    """Pixels of the slide to a unit of the picture."""
    down: float
    links: tuple[PlacedLink, ...]
    """Those that are drawn."""
    shapes: dict[str, int] = field(default_factory=dict)
    """The id of the outline of every chip: what lines are glued to."""

    @classmethod
    def of(cls, whole: Placed, language: Language) -> _Drawing:
        down = min(_ROOM.height / (whole.height - LEGEND), _ROOM.width / WHOLE)
        links = whole.links
        if len(links) > _MOST_LINES:
            ranked = sorted(links, key=lambda each: _importance(each.link))[:_MOST_LINES]
            kept = {id(each) for each in ranked}
            links = tuple(each for each in links if id(each) in kept)
        return cls(whole, language.lane_words(), _ROOM.width / WHOLE, down, links)

    def draw(self, canvas: Canvas) -> None:
        """Lines lie below the chips, and above the boxes."""
        bottom = _ROOM.top + (self.placed.height - LEGEND) * self.down
        whole = Rect(_ROOM.left - 8, _ROOM.width + 16, _ROOM.top, bottom - _ROOM.top)
        group = canvas.group(whole, self.words.title, self._says())
        for name, rect in self.placed.lanes:
            self._lane(group, name, rect)
        for each in self.placed.boxes:
            self._box(group, each.box, self._at(each.rect))
        # the ids of the chips come first, so that lines can name them; they are drawn later
        chips = Canvas(canvas.lang, ids=canvas.ids, cut=canvas.cut)
        for chip in self.placed.chips:
            self._chip(chips, chip)
        for link in self.links:
            self._link(group, link)
        for gap in self.placed.gaps:
            self._gap(group, gap)
        for element in chips.elements:
            group.elements.append(element)
        for gap in self.placed.gaps:
            self._number(group, gap)
        self._legend(canvas)

    def _at(self, rect: Rect) -> Rect:
        return Rect(
            _ROOM.left + rect.left * self.across,
            rect.width * self.across,
            _ROOM.top + rect.top * self.down,
            rect.height * self.down,
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return _ROOM.left + x * self.across, _ROOM.top + y * self.down

    def _says(self) -> str:
        found, words = self.placed.found, self.words
        lanes = [
            f"{words.lanes.get(lane.id, lane.id)}: "
            + ", ".join(chip.name for box in lane.boxes for chip in box.chips)
            for lane in found.lanes
            if lane.boxes
        ]
        return f"{words.description} {'; '.join(lanes)}"

    def _lane(self, group: Canvas, name: str, rect: Rect) -> None:
        at = self._at(rect)
        wide = Rect(at.left - 7, at.width + 14, at.top, at.height)
        group.box(wide, name=f"Lane {name}", form="roundRect", fill=LIGHT.lane)
        title = self.words.lanes.get(name, name)
        head = Rect(at.left, at.width, at.top + 2, LANE_HEAD * self.down)
        size = min(14.0, head.height / fit.PX / fit.LINE)
        group.label(head, Text(title, size, bold=True), anchor="ctr")

    def _box(self, group: Canvas, box: Box, at: Rect) -> None:
        name = box.name or self.words.no_capability
        height = BOX_HEAD * self.down
        size = min(11.0, height / fit.PX / fit.LINE)
        group.box(
            at, Text(name, size, bold=True, color=LIGHT.faint), name=name, form="roundRect",
            fill=LIGHT.box, inset=(6, max((height - fit.high(1, size)) / 2, 0), 4),
        )  # fmt: skip

    def _chip(self, canvas: Canvas, placed: PlacedChip) -> None:
        chip, at = placed.chip, self._at(placed.rect)
        group = canvas.group(at, f"Chip {chip.name}", self._of(chip))
        sign = min(at.height * 0.62, 18.0)
        pill = max(sign * 1.7, 22.0) if chip.count else 0.0
        name = self._name(chip)
        left, right = sign + 9, pill + (8 if pill else 4)
        size = min(12.0, at.height * 0.62 / fit.PX)
        if fit.wide(name, size) > at.width - left - right:
            size = max(size * 0.88, 7.0)
        lines = 2 if at.height >= fit.high(2, size) else 1
        dashes: Dashes = "sysDash" if chip.lifecycle == "planned" else ""
        self.shapes[chip.id] = group.box(
            at, Text(name, size, lines=lines), name=f"Chip {chip.name}", form="roundRect",
            fill=LIGHT.chip, edge=Pen(LIGHT.edge, 0.75, dashes), anchor="ctr",
            inset=(left, 0, right),
        )  # fmt: skip
        self._sign(group, chip.sensitivity, Rect(at.left + 4, sign, at.middle - sign / 2, sign))
        if chip.worst is not None:
            rect = Rect(at.right - pill - 4, pill, at.middle - sign / 2, sign)
            count = chip.count if chip.count < 1000 else 999
            self._pill(group, chip.worst, f"{self.words.letters[chip.worst]}{count}", rect)

    def _name(self, chip: Chip) -> str:
        words = self.words
        if not self.placed.found.bundled:
            return f"{chip.name} ⇄{chip.carries}" if chip.carries else chip.name
        return f"{len(chip.tools)} {words.tools if len(chip.tools) > 1 else words.tool}"

    def _of(self, chip: Chip) -> str:
        """What a chip says, in words."""
        words = self.words
        parts = [chip.name, words.sensitivities[chip.sensitivity]]
        if self.placed.found.bundled:
            parts.append(f"{words.tools}: {', '.join(chip.tools)}")
        if chip.carries:
            parts.append(f"{chip.carries} {words.carries}")
        counted = [
            f"{number} {words.severities[severity]}"
            for severity, number in sorted(chip.findings.items(), reverse=True)
            if number
        ]
        if counted:
            parts.append(f"{words.findings}: {', '.join(counted)}")
        return "; ".join(parts)

    def _sign(self, canvas: Canvas, sensitivity: str, at: Rect) -> None:
        """The sensitivity by color, by form and by a letter."""
        found = next(each for each in SENSITIVITIES if each == sensitivity)
        letter = Text(SIGNS[found], at.height * 0.62 / fit.PX, True, LIGHT.chip, "ctr")
        canvas.box(
            at, letter, name=f"Sign {found}", fill=LIGHT.sensitivity[found], anchor="ctr",
            form="ellipse" if found in ("none", "unknown") else "roundRect",
        )  # fmt: skip

    def _pill(self, canvas: Canvas, severity: Severity, text: str, at: Rect) -> None:
        size = min(at.height * 0.66 / fit.PX, 10.0)
        canvas.box(
            at, Text(text, size, True, LIGHT.on_severity, "ctr"), name=f"Findings {severity.word}",
            fill=LIGHT.severity[severity], form="roundRect", anchor="ctr",
        )  # fmt: skip

    def _link(self, group: Canvas, placed: PlacedLink) -> None:
        link = placed.link
        data = ", ".join(link.data) or self.words.sensitivities["unknown"]
        ends = f"{link.source} → {link.target}"
        says = f"{ends}: {data}; {self.words.styles[link.style]}"
        pen = Pen(LIGHT.sensitivity[link.sensitivity], 1.25, _DASHES[link.style], arrow=True)
        self._connect(group, placed.path, (link.source, link.target), pen, ends, says)

    def _gap(self, group: Canvas, placed: PlacedGap) -> None:
        gap = placed.gap
        says = f"{self.words.missing} {gap.number}: {' '.join(gap.why)}"
        pen = Pen(LIGHT.gap, 2.25, "sysDot", arrow=True, round=True)
        name = f"{self.words.missing} {gap.number}"
        self._connect(group, placed.path, (gap.source, gap.target), pen, name, says)

    def _connect(  # noqa: PLR0913 - what a line is made of
        self, group: Canvas, path: Path, ends: tuple[str, str], pen: Pen, name: str, says: str
    ) -> None:
        rects = {each.chip.id: each.rect for each in self.placed.chips}
        start, end = path[0].start, path[-1].end
        right_out = start.x >= rects[ends[0]].right
        right_in = end.x >= rects[ends[1]].right
        sides: tuple[Side, Side] = (
            "right" if right_out else "left", "right" if right_in else "left",
        )  # fmt: skip
        both = right_out and right_in
        group.connector(
            self._point(*start), self._point(*end), pen, name=name, says=says, curved=True,
            glue=(Glue(self.shapes[ends[0]], sides[0]), Glue(self.shapes[ends[1]], sides[1])),
            bulge=(path[0].first.x - start.x) * self.across if both else None,
        )  # fmt: skip

    def _number(self, group: Canvas, placed: PlacedGap) -> None:
        x, y = self._point(*placed.label)
        text = Text(str(placed.gap.number), 9, True, LIGHT.paper, "ctr")
        group.box(
            Rect(x - 9, 18, y - 9, 18), text, name=f"{self.words.missing} {placed.gap.number}",
            form="ellipse", fill=LIGHT.gap, anchor="ctr",
        )  # fmt: skip

    def _legend(self, canvas: Canvas) -> None:
        """What signs, letters and lines mean, in two rows."""
        words, top = self.words, _LEGEND
        whole = Rect(_ROOM.left, _ROOM.width, top, 44)
        group = canvas.group(whole, "Legend", ", ".join(words.sensitivities.values()))
        left = _ROOM.left
        for name in SENSITIVITIES:
            self._sign(group, name, Rect(left, 14, top + 2, 14))
            left = _word(group, words.sensitivities[name], left + 20, top)
        for severity in sorted(Severity, reverse=True):
            rect = Rect(left, 24, top + 2, 14)
            self._pill(group, severity, words.letters[severity], rect)
            left = _word(group, words.severities[severity], left + 30, top)
        left, top = _ROOM.left, top + 22
        for style in _ORDER:
            pen = Pen(LIGHT.ink, 1.25, _DASHES[style], arrow=True)
            group.line((left, top + 9), (left + 34, top + 9), pen)
            left = _word(group, words.styles[style], left + 40, top)
        pen = Pen(LIGHT.gap, 2.25, "sysDot", arrow=True, round=True)
        group.line((left, top + 9), (left + 34, top + 9), pen)
        left = _word(group, words.missing, left + 40, top)
        _word(group, f"⇄ {words.carries}", left, top)


def _word(canvas: Canvas, text: str, left: float, top: float) -> float:
    """A word of the legend; returns where the next may begin."""
    width = fit.wide(visible(text), 10) + 4
    canvas.label(Rect(left, width, top, 18), Text(text, 10, color=LIGHT.faint), anchor="ctr")
    return left + width + 12


def _importance(link: Link) -> tuple[object, ...]:
    """Broken ones first, then the most sensitive data, then the most flows."""
    rank = SENSITIVITIES.index(link.sensitivity)
    return (link.style != "broken", rank, -len(link.flows), link.source, link.target)


def numbers_of(found: LaneMap, gaps: tuple[Gap, ...]) -> Mapping[tuple[str, str], int]:
    """From the ends of each missing flow between tools to its number in the map that is drawn."""
    home = {tool: chip.id for chip in found.chips for tool in chip.tools}
    known = {(each.source, each.target): each.number for each in found.gaps}
    ends = ((gap.source, gap.target) for gap in gaps)
    pairs = {(a, b): (home.get(a, ""), home.get(b, "")) for a, b in ends}
    return {pair: known[homes] for pair, homes in pairs.items() if homes in known}
