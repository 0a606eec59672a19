"""What a slide is drawn with: boxes, texts, lines, connectors, groups and tables as DrawingML.

Lengths are pixels of a slide of 1280 × 720. Shapes are made as plain elements, and put on the slide
together (:meth:`Canvas.elements`). All text passes :func:`stackaudit.outputs.sanitize.visible`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import count
from typing import Final, Literal
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.reading_order import kept_in_order
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.parts import (
    Pen,
    color_of,
    corner,
    emu,
    fill_with,
    named,
    outlined,
    placed,
)
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_FIRST_ID: Final = 1000
"""Above the ids of the placeholders that a slide gets from its layout."""

Anchor = Literal["t", "ctr", "b"]
Align = Literal["l", "ctr", "r"]
Form = Literal["rect", "roundRect", "ellipse"]
Inset = tuple[float, float, float]
"""Room between a shape and its text: left, above and below, right."""
Side = Literal["left", "right", "top", "bottom"]
_SITES: Final[dict[Side, str]] = {"top": "0", "left": "1", "bottom": "2", "right": "3"}
"""The places of a rectangle at which connectors are glued."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    text: str
    size: float
    """In points."""
    bold: bool = False
    color: str = LIGHT.ink
    align: Align = "l"
    lines: int = 1
    """So many at most; what does not fit is cut."""
    after: float = 0.0
    """Room below it, in points."""
    ending: bool | None = None
    """Whether its end is kept if it has to be cut; None: if it is on one line."""


@dataclass(frozen=True, slots=True)
class Glue:
    """Where a line is held: at one side of a shape."""

    shape: int
    side: Side


@dataclass(slots=True)
class Canvas:
    """A slide, or a group on it, while it is drawn."""

    lang: str
    """The language of the text, as in `en-GB`."""
    elements: list[ET.Element] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(_FIRST_ID))
    cut: dict[str, None] = field(default_factory=dict)
    """The full texts of those that did not fit, in their order."""

    def box(  # noqa: PLR0913 - what a box is made of
        self,
        rect: Rect,
        *texts: Text,
        name: str = "",
        says: str = "",
        form: Form = "rect",
        fill: str | None = None,
        edge: Pen | None = None,
        anchor: Anchor = "t",
        inset: Inset = (0.0, 0.0, 0.0),
        upright: bool = False,
    ) -> int:
        """A shape, with text that is cut to its width; returns its id.

        `upright`: the text runs from the bottom to the top.
        """
        number = next(self.ids)
        sp = ET.Element("p:sp")
        named(sp, ("p:nvSpPr", "p:cNvSpPr"), number, name or _first(texts) or form, says)
        look = ET.SubElement(sp, "p:spPr")
        placed(look, rect)
        geometry = ET.SubElement(look, "a:prstGeom", prst=form)
        guides = ET.SubElement(geometry, "a:avLst")
        if form == "roundRect":
            ET.SubElement(guides, "a:gd", name="adj", fmla=f"val {corner(rect)}")
        fill_with(look, fill)
        outlined(look, edge)
        room = (rect.height if upright else rect.width) - inset[0] - inset[2]
        body = self._body(sp, texts, room, anchor, inset)
        if upright:
            body.set("vert", "vert270")
        self.elements.append(sp)
        return number

    def label(self, rect: Rect, *texts: Text, anchor: Anchor = "t", says: str = "") -> int:
        """Text without a ground."""
        return self.box(rect, *texts, anchor=anchor, says=says)

    def line(self, start: tuple[float, float], end: tuple[float, float], pen: Pen) -> int:
        """A straight line."""
        return self.connector(start, end, pen, name="Line")

    def connector(  # noqa: PLR0913 - what a connector is made of
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        pen: Pen,
        *,
        name: str,
        says: str = "",
        glue: tuple[Glue | None, Glue | None] = (None, None),
        bulge: float | None = None,
        curved: bool = False,
    ) -> int:
        """A line that stays at the shapes it is glued to; returns its id.

        With a `bulge` both ends are at the same height from the left, and the line swings out so
        far to the right.
        """
        number = next(self.ids)
        found = ET.Element("p:cxnSp")
        holder = named(found, ("p:nvCxnSpPr", "p:cNvCxnSpPr"), number, name, says)
        for tag, held in zip(("a:stCxn", "a:endCxn"), glue, strict=True):
            if held is not None:
                ET.SubElement(holder, tag, id=str(held.shape), idx=_SITES[held.side])
        look = ET.SubElement(found, "p:spPr")
        (x1, y1), (x2, y2) = start, end
        if bulge is not None:
            x2 = x1 - 1  # a width of 0 would have no sides
        flips = {"flipH": "1"} if x2 < x1 else {}
        flips |= {"flipV": "1"} if y2 < y1 else {}
        placed(look, Rect(min(x1, x2), abs(x2 - x1), min(y1, y2), abs(y2 - y1)), **flips)
        bent = curved or bulge is not None
        geometry = ET.SubElement(look, "a:prstGeom", prst="curvedConnector3" if bent else "line")
        guides = ET.SubElement(geometry, "a:avLst")
        if bulge is not None:
            ET.SubElement(guides, "a:gd", name="adj1", fmla=f"val {round(-100000 * bulge)}")
        outlined(look, pen)
        self.elements.append(found)
        return number

    def group(self, rect: Rect, name: str, says: str) -> Canvas:
        """A group to draw in, at the same coordinates; it is one thing, with one description."""
        found = ET.Element("p:grpSp")
        named(found, ("p:nvGrpSpPr", "p:cNvGrpSpPr"), next(self.ids), name, says)
        look = ET.SubElement(found, "p:grpSpPr")
        transform = placed(look, rect)
        whole = {"x": emu(rect.left), "y": emu(rect.top)}
        ET.SubElement(transform, "a:chOff", whole)
        ET.SubElement(transform, "a:chExt", cx=emu(rect.width), cy=emu(rect.height))
        self.elements.append(found)
        inner = _Inside(found)
        return Canvas(self.lang, inner, self.ids, self.cut)

    def left_out(self, text: str) -> None:
        """Keep a text that the slide does not show, for the notes."""
        self.cut[visible(text)] = None

    def paragraphs(self, parent: ET.Element, texts: Sequence[Text], most: float) -> None:
        """Texts as paragraphs, each cut to what fits on its lines."""
        for each in texts:
            shown = fit.fitted(
                each.text, most, each.size, each.lines, bold=each.bold, ending=each.ending
            )
            if shown != visible(each.text):
                self.left_out(each.text)
            self._paragraph(parent, replace(each, text=shown))
        if not texts:
            empty = ET.SubElement(parent, "a:p")
            ET.SubElement(empty, "a:endParaRPr", lang=self.lang, sz="1200")

    def _paragraph(self, parent: ET.Element, text: Text) -> None:
        found = ET.SubElement(parent, "a:p")
        style = ET.SubElement(found, "a:pPr", algn=text.align)
        if text.after:
            space = ET.SubElement(style, "a:spcAft")
            ET.SubElement(space, "a:spcPts", val=str(round(text.after * 100)))
        run = ET.SubElement(found, "a:r")
        look = {"lang": self.lang, "sz": str(round(text.size * 100)), "b": str(int(text.bold))}
        color_of(ET.SubElement(run, "a:rPr", look, dirty="0"), text.color)
        ET.SubElement(run, "a:t").text = kept_in_order(text.text)

    def _body(
        self,
        parent: ET.Element,
        texts: Sequence[Text],
        most: float,
        anchor: Anchor,
        inset: Inset,
    ) -> ET.Element:
        body = ET.SubElement(parent, "p:txBody")
        one = len(texts) == 1 and texts[0].lines == 1
        left, above, right = map(emu, inset)
        look = ET.SubElement(body, "a:bodyPr", {
            "wrap": "none" if one and texts[0].align == "l" else "square", "anchor": anchor,
            "lIns": left, "rIns": right, "tIns": above, "bIns": above, "rtlCol": "0",
        })  # fmt: skip
        ET.SubElement(body, "a:lstStyle")
        self.paragraphs(body, texts, most)
        return look


class _Inside(list[ET.Element]):
    """The elements of a group: what is added goes into the group's own element."""

    def __init__(self, parent: ET.Element) -> None:
        super().__init__()
        self._parent = parent

    def append(self, element: ET.Element, /) -> None:
        super().append(element)
        self._parent.append(element)


def _first(texts: Sequence[Text]) -> str:
    return texts[0].text if texts else ""
