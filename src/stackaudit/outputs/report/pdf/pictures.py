"""The pictures of the report for the PDF: the same SVG, in the font that ships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.drawings import MOST_GAPS, Pictures
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.pdf import paper

FONT: Final = "Stackaudit Sans"
_SVG: Final = "http://www.w3.org/2000/svg"
_ON_PAPER: Final[Mapping[str, Callable[[Pictures], list[str]]]] = {
    "lanes": paper.lanes,
    "matrix": paper.matrix,
    "overlap": paper.overlap,
    "quadrant": paper.quadrant,
    "renewals": paper.renewals,
}
"""Pictures that are drawn in another way than on screens."""


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Signs that no font has."""

    texts: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    """Labels there are drawn with one font beside our own."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws pictures by the key of their block."""

    book: Book
    language: Language
    undrawn: frozenset[str]

    def parts(self, key: str) -> list[tuple[str, float, float]]:
        """The picture, in as many parts as pages are needed; each with its size in its units."""
        return [self._prepared(each) for each in self._drawn(key)]

    def is_upright(self, key: str) -> bool:
        """Whether a picture needs the height of an upright page."""
        if key == "overlap":
            return paper.is_upright(self._pictures.overlap_map())
        return key == "matrix"

    def undrawn_gaps(self) -> str:
        """That the lane map shows only some of what is missing; empty if it shows all."""
        if len(self.book.lanes.map.gaps) <= MOST_GAPS:
            return ""
        return self.language.count("lane_map.gaps_drawn", MOST_GAPS)

    @property
    def _pictures(self) -> Pictures:
        return Pictures(self.book, self.language)

    def _drawn(self, key: str) -> list[str]:
        kind, _, dataset = key.partition("/")
        if kind in _ON_PAPER:
            return _ON_PAPER[kind](self._pictures)
        if kind == "lineage":
            ways = {way.dataset.id: way for way in self.book.lineage.ways}
            return [self._pictures.lineage(ways[dataset])]
        drawn: str = getattr(self._pictures, kind)()
        return [drawn]

    def _prepared(self, text: str) -> tuple[str, float, float]:
        if self.undrawn:
            text = "".join("?" if each in self.undrawn else each for each in text)
        ET.register_namespace("", _SVG)
        root = ET.fromstring(text)  # noqa: S314 - we drew it a moment ago
        root.set("font-family", FONT)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        root.set("width", f"{width:g}")
        root.set("height", f"{height:g}")
        return ET.tostring(root, encoding="unicode"), width, height
