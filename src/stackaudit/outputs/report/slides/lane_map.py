"""The lane map as shapes: boxes, chips, and connectors that are glued to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from stackaudit.figures.lanes.model import Box, Chip, LaneMap, Link
from stackaudit.figures.lanes.place import (
    BOX_HEAD,
    LANE_HEAD,
    LEGEND,
    Placed,
    PlacedChip,
    PlacedGap,
    PlacedLink,
    placed,
)
from stackaudit.figures.lanes.place import WIDTH as WHOLE
from stackaudit.figures.lanes.route import Curve, Path, Rect
from stackaudit.figures.report.book import Book
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.slides import fit, map_parts
from stackaudit.outputs.report.slides.canvas import Canvas, Dashes, Glue, Pen, Text
from stackaudit.outputs.report.slides.deck import Deck
from stackaudit.outputs.report.slides.map_choice import ROOM
from stackaudit.outputs.report.slides.numbers import figure_headline, figure_notes
from stackaudit.outputs.svg.lane_map import Words
from stackaudit.outputs.svg.palette import LIGHT

_MOST_LINES: Final = 70
"""With more lines than that the most important ones are drawn."""
_MOST_GAPS: Final = 12
"""Of missing flows the first ones: those of the worst findings."""
_MOST_NOTES: Final = 40
_Glues = tuple[Glue | None, Glue | None]


def lane_map_slide(deck: Deck, found: LaneMap) -> None:
    """The slide with the map."""
    book, language = deck.book, deck.language
    page = deck.page(figure_headline(book, language, "apart"))
    if book.lanes.empty is not None:
        page.empty(book.lanes.empty, fill="lanes")
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
    if len(drawing.gaps) < len(found.gaps):
        number = language.number(len(drawing.gaps))
        parts.append(language.word("slides.lanes.most_gaps", shown=number))
    return "; ".join(each.rstrip(".") for each in parts) + "."


def _connections(found: LaneMap, language: Language) -> list[str]:
    """The missing flows in words, as many as anybody reads."""
    names = {chip.id: chip.name for chip in found.chips}
    lines = [
        f"{gap.number}. {names[gap.source]} → {names[gap.target]}: {'; '.join(gap.why)}"
        for gap in found.gaps[:_MOST_NOTES]
    ]
    if len(found.gaps) > _MOST_NOTES:
        lines.append(language.count("more", len(found.gaps) - _MOST_NOTES))
    return lines


@dataclass(slots=True)
class _Drawing:
    placed: Placed
    words: Words
    across: float
    """Pixels of the slide to a unit of the picture."""
    down: float
    links: tuple[PlacedLink, ...]
    """Those that are drawn."""
    gaps: tuple[PlacedGap, ...]
    """Those that are drawn."""
    rects: Mapping[str, Rect]
    """Of the chips, in units of the picture."""
    shapes: dict[str, int] = field(default_factory=dict)
    """The id of the outline of every chip: what lines are glued to."""

    @classmethod
    def of(cls, whole: Placed, language: Language) -> _Drawing:
        down = min(ROOM.height / (whole.height - LEGEND), 1.0)
        links = whole.links
        if len(links) > _MOST_LINES:
            ranked = sorted(links, key=lambda each: _importance(each.link))[:_MOST_LINES]
            kept = {id(each) for each in ranked}
            links = tuple(each for each in links if id(each) in kept)
        gaps = whole.gaps[:_MOST_GAPS]
        rects = {each.chip.id: each.rect for each in whole.chips}
        return cls(whole, language.lane_words(), ROOM.width / WHOLE, down, links, gaps, rects)

    def draw(self, canvas: Canvas) -> None:
        """Lines lie below the chips, and above the boxes."""
        bottom = ROOM.top + (self.placed.height - LEGEND) * self.down
        whole = Rect(ROOM.left - 8, ROOM.width + 16, ROOM.top, bottom - ROOM.top)
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
        for gap in self.gaps:
            self._gap(group, gap)
        for element in chips.elements:
            group.elements.append(element)
        for gap in self.gaps:
            self._number(group, gap)
        map_parts.legend(canvas, self.words)

    def _at(self, rect: Rect) -> Rect:
        return Rect(
            ROOM.left + rect.left * self.across,
            rect.width * self.across,
            ROOM.top + rect.top * self.down,
            rect.height * self.down,
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return ROOM.left + x * self.across, ROOM.top + y * self.down

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
        highest = min(14.0, head.height / fit.PX / fit.LINE)
        sizes = (highest, highest * 0.85, highest * 0.7)
        size = fit.size_for(title, head.width, sizes, 1, bold=True)
        group.label(head, Text(title, size, bold=True), anchor="ctr")

    def _box(self, group: Canvas, box: Box, at: Rect) -> None:
        name = box.name or self.words.no_capability
        height = BOX_HEAD * self.down
        size = min(11.0, 0.88 * height / fit.PX / fit.LINE)
        group.box(
            at, Text(name, size, bold=True, color=LIGHT.faint), name=name, form="roundRect",
            fill=LIGHT.box, inset=(6, 0, 4),
        )  # fmt: skip

    def _chip(self, canvas: Canvas, placed: PlacedChip) -> None:
        chip, at = placed.chip, self._at(placed.rect)
        group = canvas.group(
            at, f"Chip {chip.name}", self.words.said_of(chip, bundled=self.placed.found.bundled)
        )
        sign = min(at.height * 0.62, 18.0)
        counted = self._counted(chip)
        pill = (
            max(fit.wide(counted, map_parts.pill_size(sign), bold=True) + 6, 20.0)
            if counted
            else 0.0
        )
        name = self._name(chip)
        left, right = sign + 9, pill + (8 if pill else 4)
        size = min(13.0, at.height * 0.62 / fit.PX)
        if fit.wide(name, size) > at.width - left - right:
            size = max(size * 0.88, 7.0)
        lines = 2 if at.height >= fit.high(2, size) else 1
        dashes: Dashes = "sysDash" if chip.lifecycle == "planned" else ""
        self.shapes[chip.id] = group.box(
            at, Text(name, size, lines=lines), name=f"Chip {chip.name}", form="roundRect",
            fill=LIGHT.chip, edge=Pen(LIGHT.edge, 0.75, dashes), anchor="ctr",
            inset=(left, 0, right),
        )  # fmt: skip
        map_parts.sign(group, chip.sensitivity, Rect(at.left + 4, sign, at.middle - sign / 2, sign))
        if chip.worst is not None:
            rect = Rect(at.right - pill - 4, pill, at.middle - sign / 2, sign)
            map_parts.pill(group, chip.worst, counted, rect)

    def _counted(self, chip: Chip) -> str:
        """How many findings, after the letter of the worst; empty if there are none."""
        worst = chip.worst
        if worst is None:
            return ""
        return f"{self.words.letters[worst]}{chip.count if chip.count < 1000 else '999+'}"

    def _name(self, chip: Chip) -> str:
        if not self.placed.found.bundled:
            return f"{chip.name} ⇄{chip.carries}" if chip.carries else chip.name
        return self.words.counted(chip)

    def _link(self, group: Canvas, placed: PlacedLink) -> None:
        link = placed.link
        data = ", ".join(link.data) or self.words.sensitivities["unknown"]
        ends = f"{link.source} → {link.target}"
        says = f"{ends}: {data}; {self.words.styles[link.style]}"
        pen = Pen(
            LIGHT.sensitivity[link.sensitivity], 1.25, map_parts.DASHES[link.style], arrow=True
        )
        self._connect(group, placed.path, (link.source, link.target), pen, ends, says)

    def _gap(self, group: Canvas, placed: PlacedGap) -> None:
        gap = placed.gap
        says = f"{self.words.missing} {gap.number}: {'; '.join(gap.why)}"
        name = f"{self.words.missing} {gap.number}"
        self._connect(group, placed.path, (gap.source, gap.target), map_parts.GAP_PEN, name, says)

    def _connect(
        self, canvas: Canvas, path: Path, ends: tuple[str, str], pen: Pen, name: str, says: str
    ) -> None:
        """A line along its way, glued to both chips; past other lanes it has several parts.

        These are no group of their own: LibreOffice forgets what is glued to a deeper group.
        """
        first, last = self._held(path, ends)
        plain = replace(pen, arrow=False)
        for number, curve in enumerate(path, 1):
            glue = (first if number == 1 else None, last if number == len(path) else None)
            found = pen if number == len(path) else plain
            self._curve(canvas, curve, found, name, says if number == 1 else "", glue)

    def _held(self, path: Path, ends: tuple[str, str]) -> tuple[Glue, Glue]:
        """The sides of the two chips at which a line is held."""
        start, end = path[0].start, path[-1].end
        right_out = start.x >= self.rects[ends[0]].right
        right_in = end.x >= self.rects[ends[1]].right
        return (
            Glue(self.shapes[ends[0]], "right" if right_out else "left"),
            Glue(self.shapes[ends[1]], "right" if right_in else "left"),
        )

    def _curve(
        self, canvas: Canvas, curve: Curve, pen: Pen, name: str, says: str, glue: _Glues
    ) -> None:
        """One part of a way; it leaves and arrives level."""
        start, end = self._point(*curve.start), self._point(*curve.end)
        both = all(each is not None and each.side == "right" for each in glue)
        canvas.connector(
            start, end, pen, name=name, says=says, glue=glue,
            curved=abs(start[1] - end[1]) > 0.5,
            bulge=(curve.first.x - curve.start.x) * self.across if both else None,
        )  # fmt: skip

    def _number(self, group: Canvas, placed: PlacedGap) -> None:
        x, y = self._point(*placed.label)
        text = Text(str(placed.gap.number), 9, True, LIGHT.paper, "ctr")
        group.box(
            Rect(x - 9, 18, y - 9, 18), text, name=f"{self.words.missing} {placed.gap.number}",
            form="ellipse", fill=LIGHT.gap, anchor="ctr",
        )  # fmt: skip


def _importance(link: Link) -> tuple[object, ...]:
    """Broken ones first, then the most sensitive data, then the most flows."""
    rank = SENSITIVITIES.index(link.sensitivity)
    return (link.style != "broken", rank, -len(link.flows), link.source, link.target)
