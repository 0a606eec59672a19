"""The pictures of the report for the PDF: the same SVG, in the font that ships."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.report.language import Language

FONT: Final = "Stackaudit Sans"
_SVG: Final = "http://www.w3.org/2000/svg"


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

    def svg(self, key: str) -> tuple[str, float, float]:
        """The picture, and its size in its own units."""
        text = self._drawn(key)
        if self.undrawn:
            text = "".join("?" if each in self.undrawn else each for each in text)
        ET.register_namespace("", _SVG)
        root = ET.fromstring(text)  # noqa: S314 - we drew it a moment ago
        root.set("font-family", FONT)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        root.set("width", f"{width:g}")
        root.set("height", f"{height:g}")
        return ET.tostring(root, encoding="unicode"), width, height

    def _drawn(self, key: str) -> str:
        pictures = Pictures(self.book, self.language)
        kind, _, dataset = key.partition("/")
        if kind == "lineage":
            ways = {way.dataset.id: way for way in self.book.lineage.ways}
            return pictures.lineage(ways[dataset])
        drawn: str = getattr(pictures, kind)()
        return drawn
