"""The presentation: its theme and layouts, and the slides with title, notes, footer and number."""

from __future__ import annotations

import copy
import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import Reason
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import ACCENT, EMU, Canvas, Text
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

WIDTH: Final = 1280.0
HEIGHT: Final = 720.0
MARGIN: Final = 48.0
TITLE: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 22.0, 84.0)
BODY: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 144.0, 526.0)
"""Where the content of a slide stands; the caption is above it, the footer below."""
_CAPTION: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 108.0, 30.0)
_FOOTER: Final = Rect(MARGIN, 980.0, 684.0, 24.0)
_NUMBER: Final = Rect(WIDTH - MARGIN - 120, 120.0, 684.0, 24.0)
_SIZES: Final = (28.0, 26.0, 24.0, 22.0, 20.0)
_FONT: Final = "Arial"
"""On every computer, or one of the same widths (Liberation Sans); other scripts have theirs in the
theme."""
_SPACES: Final = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("a", "drawingml/2006/main"),
        ("p", "presentationml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
    )
)
_MOST_NOTES: Final = 60
"""More lines of what was cut nobody reads in notes."""


@dataclass(slots=True)
class Page:
    """A slide while it is made."""

    slide: Any
    canvas: Canvas
    language: Language
    notes: list[str] = field(default_factory=list)
    """Paragraphs that say how its figures were made."""

    def caption(self, text: str) -> None:
        """What the slide shows, in a line below its title."""
        shown = Text(text, 13, color=LIGHT.faint)
        self.canvas.label(_CAPTION, shown, anchor="ctr")

    def empty(self, reason: Reason, rect: Rect = BODY) -> None:
        """Why there is nothing to show."""
        self.message(self.language.reason(reason), rect)

    def message(self, text: str, rect: Rect = BODY) -> None:
        """A sentence in place of a picture."""
        at = Rect(rect.left, rect.width, rect.top + 12, min(rect.height - 12, 120.0))
        self.canvas.box(
            at, Text(text, 20, lines=3), fill=LIGHT.lane, anchor="ctr", inset=(24, 12, 24),
            form="roundRect",
        )  # fmt: skip

    def say(self, *lines: str) -> None:
        """Add to the notes."""
        self.notes.extend(lines)

    def flush(self) -> None:
        """Put what was drawn on the slide; later shapes come after it in reading order."""
        tree = self.slide.shapes._spTree
        for element in _parsed(self.canvas.elements):
            tree.append(element)
        ids = [int(each) for each in tree.xpath(".//p:cNvPr/@id")]
        self.canvas = Canvas(self.canvas.lang, ids=count(max(ids) + 1), cut=self.canvas.cut)


class Deck:
    """The presentation while it is made."""

    def __init__(self, book: Book, language: Language, look: Look) -> None:
        from pptx import Presentation

        self.book = book
        self.language = language
        self.look = look
        self.presentation: Any = Presentation()
        self._prepare()

    @property
    def title(self) -> str:
        """What the report is called."""
        return self.look.title or self.language.word("report.title")

    @property
    def client(self) -> str:
        """For whom it is."""
        none = self.language.word("report.no_organization")
        return self.look.client or self.book.organization or none

    def page(self, title: str) -> Page:
        """A new slide with a title."""
        return self._page(title, 1, TITLE.width, 2)

    def cover(self, title: str) -> Page:
        """The first slide."""
        return self._page(title, 0, 900.0, 3)

    def _page(self, title: str, layout: int, room: float, lines: int) -> Page:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[layout])
        lang = self.language.locale.replace("_", "-")
        page = Page(slide, Canvas(lang), self.language)
        sizes = _SIZES if layout else (44.0, 40.0, 36.0, 32.0, 28.0)
        size = fit.size_for(title, room, sizes, lines, bold=True)
        shown = fit.fitted(title, room, size, lines, bold=True)
        if shown != visible(title):
            page.canvas.left_out(title)
        _write(slide.shapes.title, shown, lang, size)
        return page

    def finish(self, page: Page) -> None:
        """What stands on every slide, and its notes."""
        page.flush()
        self._foot(page)
        full = list(page.canvas.cut)
        if full:
            page.say("", self.language.word("slides.notes.in_full"))
            page.say(*(f"– {each}" for each in full[:_MOST_NOTES]))
            if len(full) > _MOST_NOTES:
                page.say(self.language.count("more", len(full) - _MOST_NOTES))
        frame = page.slide.notes_slide.notes_text_frame
        frame.text = "\n".join(map(visible, page.notes))
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", page.canvas.lang)

    def _foot(self, page: Page) -> None:
        """The footer and the number of the slide, as placeholders of the layout."""
        parts = (self.look.confidentiality, self.title, self.client)
        text = " · ".join(each for each in parts if each)
        shown = fit.fitted(text, _FOOTER.width - 16, 11)
        number = len(self.presentation.slides)
        for placeholder in page.slide.slide_layout.placeholders:
            kind = placeholder.element.xpath(".//p:ph/@type")[0]
            if kind not in ("ftr", "sldNum"):
                continue
            element = copy.deepcopy(placeholder.element)
            page.slide.shapes._spTree.append(element)
            element.xpath(".//p:cNvPr")[0].set("id", str(next(page.canvas.ids)))
            if kind == "ftr":
                _write(page.slide.shapes[-1], shown, page.canvas.lang, None)
            else:
                element.xpath(".//a:t")[0].text = str(number)

    def _prepare(self) -> None:
        presentation = self.presentation
        presentation.slide_width, presentation.slide_height = (
            round(WIDTH * EMU), round(HEIGHT * EMU),
        )  # fmt: skip
        for name, layout in [(each.name, each) for each in presentation.slide_layouts]:
            if name not in ("Title Slide", "Title Only"):
                presentation.slide_layouts.remove(layout)
        _leave_out(presentation.part.package._rels, "thumbnail")
        _leave_out(presentation.part._rels, "printerSettings")
        master = presentation.slide_master
        self._theme(master)
        _lay_out(master.placeholders, {"title": TITLE, "body": BODY})
        for layout in presentation.slide_layouts:
            _lay_out(layout.placeholders, {})
        cover, plain = presentation.slide_layouts
        _lay_out(cover.placeholders, {"ctrTitle": Rect(120, 900, 210, 170),
                                      "subTitle": Rect(120, 900, 392, 90)})  # fmt: skip
        _band(cover, Rect(0, 32, 0, HEIGHT))
        _band(plain, Rect(0, 16, TITLE.top + 8, TITLE.height - 16))
        self._properties()

    def _theme(self, master: Any) -> None:
        """The color of the configuration, ink instead of black, one font, titles to the left."""
        from pptx.opc.constants import RELATIONSHIP_TYPE as RT  # noqa: N814

        theme = master.part.part_related_by(RT.THEME)
        text = theme.blob.decode("utf-8")
        accent, ink = self.look.accent.lstrip("#").upper(), LIGHT.ink[1:].upper()
        text = re.sub(r"(<a:accent1>).*?(</a:accent1>)", _color(accent), text, flags=re.DOTALL)
        text = re.sub(r"(<a:dk1>).*?(</a:dk1>)", _color(ink), text, flags=re.DOTALL)
        text = re.sub(r'(<a:latin typeface=")[^"]+(")', rf"\g<1>{_FONT}\g<2>", text)
        theme._blob = text.encode("utf-8")
        style = master.element.xpath(".//p:titleStyle/a:lvl1pPr")[0]
        style.set("algn", "l")
        style.xpath("a:defRPr")[0].set("sz", "2800")
        style.xpath("a:defRPr")[0].set("b", "1")

    def _properties(self) -> None:
        """What the file says of itself; its day is that of the audit."""
        properties, day = self.presentation.core_properties, self.book.as_of
        moment = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - midnight, nowhere
        properties.title = visible(f"{self.title}: {self.client}")[:255]
        properties.author = visible(self.look.author or "stackaudit")[:255]
        properties.last_modified_by = properties.author
        properties.subject = self.language.word("report.as_of", date=self.language.date(day))
        properties.language = self.language.locale.replace("_", "-")
        properties.created = properties.modified = moment
        properties.revision = 1
        if self.look.confidentiality:
            properties.category = visible(self.look.confidentiality)[:255]


def _color(value: str) -> str:
    return rf'\g<1><a:srgbClr val="{value}"/>\g<2>'


def _leave_out(relations: Any, kind: str) -> None:
    """Without parts of the library's template that say something about another presentation."""
    for number, each in list(relations.items()):
        if each.reltype.endswith(kind):
            relations.pop(number)


def _lay_out(placeholders: Any, rects: dict[str, Rect]) -> None:
    """Where placeholders stand; those of the date go, which nobody fills in."""
    everywhere = {"ftr": _FOOTER, "sldNum": _NUMBER}
    for each in list(placeholders):
        kind = each.element.xpath(".//p:ph/@type")[0]
        rect = rects.get(kind, everywhere.get(kind))
        if kind == "dt":
            each.element.getparent().remove(each.element)
        elif rect is not None:
            each.left, each.top = round(rect.left * EMU), round(rect.top * EMU)
            each.width, each.height = round(rect.width * EMU), round(rect.height * EMU)
            _plain(each, kind)


def _plain(placeholder: Any, kind: str) -> None:
    """No margins, and letters that are never shrunk behind our back."""
    frame = placeholder.text_frame
    frame.margin_left = frame.margin_right = 0
    body = placeholder.element.xpath(".//a:bodyPr")[0]
    for each in list(body):
        body.remove(each)
    body.set("anchor", "b" if kind == "ctrTitle" else "ctr" if kind != "subTitle" else "t")
    for style in placeholder.element.xpath(".//a:lstStyle/a:lvl1pPr"):
        style.set("algn", "r" if kind == "sldNum" else "l")
        for run in style.xpath("a:defRPr"):
            run.set("sz", {"ftr": "1100", "sldNum": "1100"}.get(kind, run.get("sz", "2000")))


def _band(layout: Any, rect: Rect) -> None:
    """A mark in the accent color, on the layout: nobody has to read it."""
    canvas = Canvas("en", ids=count(900))
    canvas.box(rect, name="Accent", fill=ACCENT)
    for element in _parsed(canvas.elements):
        layout.shapes._spTree.insert(2, element)


def _parsed(elements: list[ET.Element]) -> list[Any]:
    """Elements as the library has them."""
    from pptx.oxml import parse_xml

    root = ET.Element("root")
    root.extend(elements)
    text = ET.tostring(root, encoding="unicode").replace("<root", f"<root {_SPACES}", 1)
    return list(parse_xml(text))


def _write(placeholder: Any, text: str, lang: str, size: float | None) -> None:
    """One paragraph in a placeholder."""
    from pptx.util import Pt

    frame = placeholder.text_frame
    frame.text = text
    for run in frame.paragraphs[0].runs:
        run._r.get_or_add_rPr().set("lang", lang)
        if size is not None:
            run.font.size = Pt(size)
