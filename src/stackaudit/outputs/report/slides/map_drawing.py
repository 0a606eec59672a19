"""The lane map as shapes: boxes, chips, and connectors that are glued to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.model import Chip, Link
from stackaudit.figures.lanes.place import LANE_HEAD, Placed, PlacedBox, PlacedGap, PlacedLink
from stackaudit.figures.lanes.route import Path, Rect
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.slides import fit, map_parts
from stackaudit.outputs.report.slides.canvas import Canvas, Glue, Text
from stackaudit.outputs.report.slides.map_choice import MERGED, MOST_GAPS
from stackaudit.outputs.report.slides.map_numbers import MARK, apart, places
from stackaudit.outputs.report.slides.map_scale import ROOM, SIDE, Inside, Scale
from stackaudit.outputs.report.slides.parts import Dashes, Pen
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.lanes.words import Words
from stackaudit.outputs.svg.palette import LIGHT

_MOST_LINES: Final = 70
_MOST_BUNDLES: Final = 40
"""With more lines than that the most important ones are drawn; fewer of those between capabilities,
of which nearly every two are connected where there are many tools."""


@dataclass(slots=True)
class Drawing:
    """The lane map of a slide while it is drawn."""

    placed: Placed
    language: Language
    words: Words
    scale: Scale
    links: tuple[PlacedLink, ...]
    """Those that are drawn."""
    gaps: tuple[PlacedGap, ...]
    """Those that are drawn."""
    rects: Mapping[str, Rect]
    """Of the chips, in units of the picture."""
    shown: dict[str, Rect] = field(default_factory=dict)
    """Of the chips, on the slide."""
    shapes: dict[str, int] = field(default_factory=dict)
    """The id of the outline of every chip: what lines are glued to."""

    @classmethod
    def of(cls, whole: Placed, language: Language) -> Drawing:
        links = whole.links
        most = _MOST_BUNDLES if whole.found.bundled else _MOST_LINES
        if len(links) > most:
            ranked = sorted(links, key=lambda each: _importance(each.link))[:most]
            kept = {id(each) for each in ranked}
            links = tuple(each for each in links if id(each) in kept)
        gaps = whole.gaps[:MOST_GAPS]
        rects = {each.chip.id: each.rect for each in whole.chips}
        words = language.lane_words()
        return cls(whole, language, words, Scale.of(whole), links, gaps, rects)

    def draw(self, canvas: Canvas) -> None:
        """Lines lie below the chips, and above the boxes."""
        bottom = max((self._lane_rect(rect).bottom for _, rect in self.placed.lanes), default=0.0)
        whole = Rect(ROOM.left, ROOM.width, ROOM.top, bottom - ROOM.top)
        group = canvas.group(whole, self.words.title, self._says())
        for name, rect in self.placed.lanes:
            self._lane(group, name, self._lane_rect(rect))
        # the ids of the chips come first, so that lines can name them; they are drawn later
        chips = Canvas(canvas.lang, ids=canvas.ids, cut=canvas.cut)
        for each in self.placed.boxes:
            self._box(group, chips, each)
        for link in self.links:
            self._link(group, link)
        for gap in self.gaps:
            self._gap(group, gap)
        for element in chips.elements:
            group.elements.append(element)
        self._numbers(group)
        map_parts.legend(canvas, self.words)

    def _lane_rect(self, rect: Rect) -> Rect:
        at = self.scale.rect(rect)
        lowest = min(at.bottom, ROOM.bottom)
        return Rect(at.left - SIDE, at.width + 2 * SIDE, at.top, lowest - at.top)

    def _says(self) -> str:
        found, words = self.placed.found, self.words
        lanes = [
            f"{words.lanes.get(lane.id, lane.id)}: "
            + ", ".join(chip.name for box in lane.boxes for chip in box.chips)
            for lane in found.lanes
            if lane.boxes
        ]
        return f"{words.description} {'; '.join(lanes)}"

    def _lane(self, group: Canvas, name: str, at: Rect) -> None:
        group.box(at, name=f"Lane {name}", form="roundRect", fill=LIGHT.lane)
        title = self.words.lanes.get(name, name)
        head = Rect(at.left + SIDE, at.width - 2 * SIDE, at.top + 2, LANE_HEAD * self.scale.down)
        sizes = map_parts.sizes(min(16.0, head.height / fit.PX / fit.LINE), 0.7)
        size = fit.size_for(title, head.width, sizes, 1, bold=True)
        group.label(head, Text(title, size, bold=True), anchor="ctr")

    def _box(self, group: Canvas, chips: Canvas, placed: PlacedBox) -> None:
        """A capability; one tool's findings stand beside its name, so that the tool has room."""
        box, inside = placed.box, self.scale.inside(placed, self.rects)
        name = box.name or self.words.no_capability
        if box.capability == MERGED:
            name = self.language.count("slides.lanes.rest", int(box.name))
        at, head = self.scale.box(placed.rect), inside.head
        group.box(at, name=name, form="roundRect", fill=LIGHT.box)
        above = self._stands_above(box.chips, name, inside)
        for chip, rect in zip(box.chips, inside.chips, strict=True):
            self._chip(chips, chip, rect, head if above else None)
        taken = self._pill_width(box.chips[0], head) + 8 if above else 4.0
        sizes = map_parts.sizes(min(13.0, head.height * 0.95 / fit.PX / fit.LINE), 0.7)
        size, lines = map_parts.fitting(name, head.width - 8 - taken, head.height, sizes)
        text = Text(name, size, True, LIGHT.faint, lines=lines, ending=False)
        group.box(head, text, name=name, anchor="ctr", inset=(8, 0, taken))

    def _stands_above(self, chips: Sequence[Chip], name: str, inside: Inside) -> bool:
        """Whether the findings of a tool stand beside the name of its capability.

        That is where there is room; else beside its own name, if there is room.
        """
        if len(chips) != 1 or self.placed.found.bundled:
            return False
        (chip,), (at,), head = chips, inside.chips, inside.head
        pill = self._pill_width(chip, head) + 8
        title = fit.wide(visible(name), map_parts.SMALLEST, bold=True) + 8
        own = fit.wide(visible(self._name(chip)), map_parts.SMALLEST) + _sign(at) + 9
        return title + pill <= head.width or own + pill > at.width

    def _pill_width(self, chip: Chip, place: Rect) -> float:
        """Of the findings of a chip in a place; nothing if there are none."""
        if chip.worst is None:
            return 0.0
        size = map_parts.pill_size(_sign(place))
        return max(fit.wide(self._counted(chip), size, bold=True) + 6, 20.0)

    def _chip(self, canvas: Canvas, chip: Chip, at: Rect, head: Rect | None) -> None:
        whole = at if head is None else Rect(at.left, at.width, head.top, at.bottom - head.top)
        group = canvas.group(
            whole, f"Chip {chip.name}", self.words.said_of(chip, bundled=self.placed.found.bundled)
        )
        place = at if head is None else head
        pill = self._pill_width(chip, place)
        name, sign = self._name(chip), _sign(at)
        left, right = sign + 9, pill + 8 if pill and head is None else 4.0
        sizes = map_parts.sizes(min(14.0, at.height * 0.98 / fit.high(1, 1, name)), 0.64)
        room = at.width - left - right
        size, lines = map_parts.fitting(name, room, at.height, sizes, bold=False)
        dashes: Dashes = "sysDash" if chip.lifecycle == "planned" else ""
        self.shown[chip.id] = at
        self.shapes[chip.id] = group.box(
            at, Text(name, size, lines=lines, ending=True), name=f"Chip {chip.name}",
            form="roundRect", fill=LIGHT.chip, edge=Pen(LIGHT.edge, 0.75, dashes), anchor="ctr",
            inset=(left, 0, right),
        )  # fmt: skip
        map_parts.sign(group, chip.sensitivity, Rect(at.left + 4, sign, at.middle - sign / 2, sign))
        if chip.worst is not None:
            high = _sign(place)
            rect = Rect(at.right - pill - (4 if head is None else 0), pill,
                        place.middle - high / 2, high)  # fmt: skip
            map_parts.pill(group, chip.worst, self._counted(chip), rect)

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
        plain, most = replace(pen, arrow=False), len(path)
        for number, curve in enumerate(path, 1):
            start, end = self._point(*curve.start), self._point(*curve.end)
            if number == 1:
                start = (start[0], self._height(ends[0], curve.start.y))
            if number == most:
                end = (end[0], self._height(ends[1], curve.end.y))
            glue = (first if number == 1 else None, last if number == most else None)
            both = all(each is not None and each.side == "right" for each in glue)
            out = self.scale.x(curve.first.x) - start[0]
            canvas.connector(
                start, end, pen if number == most else plain, name=name,
                says=says if number == 1 else "", glue=glue,
                curved=abs(start[1] - end[1]) > 0.5, bulge=out if both else None,
            )  # fmt: skip

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return self.scale.x(x), self.scale.y(y)

    def _height(self, chip: str, y: float) -> float:
        """At which height a line meets its chip, which stands elsewhere than in the picture."""
        planned, shown = self.rects[chip], self.shown[chip]
        return shown.top + (y - planned.top) / planned.height * shown.height

    def _held(self, path: Path, ends: tuple[str, str]) -> tuple[Glue, Glue]:
        """The sides of the two chips at which a line is held."""
        start, end = path[0].start, path[-1].end
        right_out = start.x >= self.rects[ends[0]].right
        right_in = end.x >= self.rects[ends[1]].right
        return (
            Glue(self.shapes[ends[0]], "right" if right_out else "left"),
            Glue(self.shapes[ends[1]], "right" if right_in else "left"),
        )

    def _numbers(self, group: Canvas) -> None:
        """The numbers of the missing flows, none upon another or upon a name."""
        boxes = [self.scale.box(each.rect) for each in self.placed.boxes]
        ways = [[self._point(*each) for each in places(gap.path)] for gap in self.gaps]
        for gap, (x, y) in zip(self.gaps, apart(ways, boxes, ROOM), strict=True):
            number = str(gap.gap.number)
            group.box(
                Rect(x - MARK / 2, MARK, y - MARK / 2, MARK),
                Text(number, 10 if len(number) == 1 else 9, True, LIGHT.paper, "ctr"),
                name=f"{self.words.missing} {number}", form="ellipse", fill=LIGHT.gap, anchor="ctr",
            )  # fmt: skip


def _sign(place: Rect) -> float:
    """How high signs and numbers of findings are in a place."""
    return min(place.height * 0.9, 20.0)


def _importance(link: Link) -> tuple[object, ...]:
    """Broken ones first, then the most sensitive data, then the most flows."""
    rank = SENSITIVITIES.index(link.sensitivity)
    return (link.style != "broken", rank, -len(link.flows), link.source, link.target)
