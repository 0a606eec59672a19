"""The presentation: its theme and layouts, and the slides with title, notes, footer and number."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import field
from itertools import count
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import Reason
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.slides import fit
from stackaudit.outputs.report.slides.canvas import Canvas, Text
from stackaudit.outputs.report.slides.chart import rgb
from stackaudit.outputs.report.slides.ground import (
    BODY,
    COVER_WIDTH,
    FOOTER,
    MARGIN,
    TITLE,
    WIDTH,
    nodes,
    parsed,
    prepare,
)
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_CAPTION: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 98.0, 42.0)
_SIZES: Final = ((28.0, 26.0, 24.0), (24.0, 22.0, 20.0))
"""Of the letters of a title on one line, and on two."""
_FOOT_LETTERS: Final = 44
"""Of each part of a footer, where it is too long."""
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
        size = fit.size_for(text, _CAPTION.width, (13.0, 12.0), 1, bold=False)
        long = fit.count(text, _CAPTION.width, size) > 1
        shown = Text(text, size, color=LIGHT.faint, lines=2 if long else 1)
        self.canvas.label(_CAPTION, shown, anchor="ctr")

    def empty(self, reason: Reason, rect: Rect = BODY, *, fill: str = "") -> None:
        """Why there is nothing to show, and what to state so that there is."""
        more = self.language.word(f"slides.fill.{fill}") if fill else ""
        self.message(self.language.reason(reason), rect, more)

    def message(self, text: str, rect: Rect = BODY, more: str = "") -> None:
        """A sentence in place of a picture."""
        height = min(rect.height - 12, 180.0 if more else 120.0)
        at = Rect(rect.left, rect.width, rect.top + 12, height)
        texts = [Text(text, 20, lines=3, after=8)]
        if more:
            texts.append(Text(more, 15, color=LIGHT.faint, lines=3))
        self.canvas.box(
            at, *texts, name=text, fill=LIGHT.lane, anchor="ctr", inset=(24, 12, 24),
            form="roundRect",
        )  # fmt: skip

    def say(self, *lines: str) -> None:
        """Add to the notes."""
        self.notes.extend(lines)

    def flush(self) -> None:
        """Put what was drawn on the slide; later shapes come after it in reading order."""
        tree = self.slide.shapes._spTree
        for element in parsed(self.canvas.elements):
            tree.append(element)
        ids = [int(each) for each in nodes(tree, ".//p:cNvPr/@id")]
        self.canvas = Canvas(self.canvas.lang, ids=count(max(ids) + 1), cut=self.canvas.cut)


class Deck:
    """The presentation while it is made."""

    def __init__(self, book: Book, language: Language, look: Look) -> None:
        from pptx import Presentation

        self.book = book
        self.language = language
        self.look = look
        self.presentation: Any = Presentation()
        prepare(self.presentation, look.accent)
        self._properties()

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
        return self._page(title, 1, TITLE.width, *_SIZES)

    def cover(self, title: str) -> Page:
        """The first slide."""
        return self._page(title, 0, COVER_WIDTH, (44.0, 40.0), (40.0, 36.0, 32.0, 28.0), most=3)

    def _page(
        self,
        title: str,
        layout: int,
        room: float,
        one: tuple[float, ...],
        two: tuple[float, ...],
        most: int = 2,
    ) -> Page:
        """A slide; its title on one line if it fits in one of these sizes, else on two.

        On `most` lines, if it is too long for two.
        """
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[layout])
        lang = self.language.locale.replace("_", "-")
        page = Page(slide, Canvas(lang), self.language)
        single = fit.count(title, room, one[-1], bold=True) == 1
        lines, sizes = (1, one) if single else (2, two)
        size = fit.size_for(title, room, sizes, lines, bold=True)
        if fit.count(title, room, size, bold=True) > lines:
            lines = most
        shown = fit.fitted(title, room, size, lines, bold=True)
        if shown != visible(title):
            page.canvas.left_out(title)
        write(slide.shapes.title, shown, lang, size, LIGHT.ink)
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
        hidden = self.language.word("report.anonymized") if self.look.anonymous else None
        named = (self.look.confidentiality, self.title, self.client, hidden)
        parts = [each for each in named if each]
        text = " · ".join(parts)
        if fit.count(text, FOOTER.width - 16, 11) > 1:
            text = " · ".join(fit.short(each, _FOOT_LETTERS) for each in parts)
        shown = fit.fitted(text, FOOTER.width - 16, 11)
        number = len(self.presentation.slides)
        for placeholder in page.slide.slide_layout.placeholders:
            kind = nodes(placeholder.element, ".//p:ph/@type")[0]
            if kind not in ("ftr", "sldNum"):
                continue
            element = copy.deepcopy(placeholder.element)
            page.slide.shapes._spTree.append(element)
            nodes(element, ".//p:cNvPr")[0].set("id", str(next(page.canvas.ids)))
            if kind == "ftr":
                write(page.slide.shapes[-1], shown, page.canvas.lang, None)
            else:
                nodes(element, ".//a:t")[0].text = str(number)

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


def write(
    placeholder: Any, text: str, lang: str, size: float | None, color: str = LIGHT.faint
) -> None:
    """One paragraph in a placeholder."""
    from pptx.util import Pt

    frame = placeholder.text_frame
    frame.text = text
    for run in frame.paragraphs[0].runs:
        run._r.get_or_add_rPr().set("lang", lang)
        run.font.color.rgb = rgb(color)
        if size is not None:
            run.font.size = Pt(size)
